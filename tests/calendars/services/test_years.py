"""Adding a year and declaring a holiday year complete."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.audit.models import Event
from regulator.calendars.core.school import Stage
from regulator.calendars.models import CalendarYear, DivisionCalendar
from regulator.calendars.selectors import school_calendar, workday_table
from regulator.calendars.selectors.calendars import (
    holiday_year_rows,
    school_year_rows,
    year_entry,
)
from regulator.calendars.selectors.shipped import shipped_calendar
from regulator.calendars.services import (
    HolidayDraft,
    add_year,
    enter_holidays,
    load_shipped_calendars,
)
from regulator.calendars.services.years import complete_year
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused

pytestmark = pytest.mark.django_db
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
NEW_YEAR = HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4))


@pytest.fixture
def admin(make_actor):
    return make_actor("administrator")


def codes_of(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_year_is_added_with_its_source_and_an_event(admin, at):
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    assert (entry.kind, entry.year, entry.source, entry.completed_at) == (
        "holiday",
        2027,
        SOURCE,
        None,
    )
    event = Event.objects.get(kind="calendar.year_added")
    assert event.new == {"kind": "holiday", "year": 2027, "source": SOURCE}
    assert event.subject_key == str(entry.public_id)


@pytest.mark.parametrize(
    ("year", "source", "codes"),
    [
        (2014, SOURCE, ["calendar.year_out_of_range"]),
        (2029, SOURCE, ["calendar.year_out_of_range"]),
        (2027, "  ", ["calendar.source_missing"]),
        (2029, "", ["calendar.year_out_of_range", "calendar.source_missing"]),
    ],
)
def test_a_year_without_sense_or_source_is_refused_and_nothing_is_added(
    admin, at, year, source, codes
):
    with pytest.raises(Refused) as refused:
        add_year(
            division=admin.division, kind="school", year=year, source=source, actor=admin, at=at
        )
    assert codes_of(refused) == codes
    assert CalendarYear.objects.count() == 0


def test_a_year_is_added_once(admin, at):
    facts = {"division": admin.division, "kind": "school", "year": 2026, "source": SOURCE}
    add_year(**facts, actor=admin, at=at)
    with pytest.raises(Refused) as refused:
        add_year(**facts, actor=admin, at=at)
    assert codes_of(refused) == ["calendar.year_exists"]
    assert CalendarYear.objects.count() == 1


@pytest.mark.parametrize("role", ["licensing_officer", "district_leader", "institution_manager"])
def test_who_may_not_edit_calendars_adds_none(make_actor, at, role):
    actor = make_actor(role, institution="00000000-0000-7000-8000-000000000001")
    with pytest.raises(Refused) as refused:
        add_year(
            division=actor.division, kind="school", year=2026, source=SOURCE, actor=actor, at=at
        )
    assert codes_of(refused) == ["policy.not_granted"]
    assert CalendarYear.objects.count() == 0


def test_another_divisions_year_is_not_mine_to_add(admin, district, at):
    with pytest.raises(Refused) as refused:
        add_year(
            division=district.other_division,
            kind="school",
            year=2026,
            source=SOURCE,
            actor=admin,
            at=at,
        )
    assert codes_of(refused) == ["policy.other_division"]
    assert CalendarYear.objects.count() == 0


def test_a_half_entered_notice_is_not_known_until_it_is_complete(admin, leader, at):
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    enter_holidays(entry, [NEW_YEAR], reason="通知发布", actor=admin, at=at)
    assert school_calendar(admin.division).holiday(date(2027, 1, 1)).known is False
    complete_year(entry, actor=leader, at=at)
    answer = school_calendar(admin.division).holiday(date(2027, 1, 1))
    assert (answer.known, answer.name) == (True, "元旦")
    assert workday_table(admin.division).known_years == frozenset({2027})


def test_an_empty_year_and_a_complete_one_cannot_be_completed(admin, leader, at):
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    with pytest.raises(Refused) as refused:
        complete_year(entry, actor=leader, at=at)
    assert codes_of(refused) == ["calendar.year_empty"]
    enter_holidays(entry, [NEW_YEAR], reason="通知发布", actor=admin, at=at)
    complete_year(entry, actor=leader, at=at)
    with pytest.raises(Refused) as refused:
        complete_year(entry, actor=leader, at=at)
    assert codes_of(refused) == ["calendar.year_complete"]


def test_a_school_year_needs_no_completing(admin, leader, at):
    entry = add_year(
        division=admin.division, kind="school", year=2026, source=SOURCE, actor=admin, at=at
    )
    with pytest.raises(Refused) as refused:
        complete_year(entry, actor=leader, at=at)
    assert codes_of(refused) == ["calendar.year_not_holiday"]


def test_a_division_without_entries_knows_nothing(district):
    calendar = school_calendar(district.division)
    assert calendar.periods == ()
    assert calendar.workdays.known_years == frozenset()


def test_rows_of_years_show_the_ones_nobody_entered(admin, at):
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    rows = school_year_rows(admin.division, first=2023, last=2026)
    assert [(row.year, str(row.state), row.entry is not None) for row in rows] == [
        (2026, "blank", False),
        (2025, "entered", True),
        (2024, "partly", True),
        (2023, "partly", True),
        (2022, "partly", True),
        (2021, "blank", False),
        (2020, "partly", True),
    ]
    rows = holiday_year_rows(admin.division, first=2025, last=2027)
    assert [(row.year, str(row.state)) for row in rows][:3] == [
        (2027, "blank"),
        (2026, "entered"),
        (2025, "entered"),
    ]


def test_the_shipped_calendar_is_loaded_once_and_overwrites_nothing(admin, at):
    own = add_year(
        division=admin.division, kind="school", year=2025, source="本区通知", actor=admin, at=at
    )
    added = load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    again = load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    assert (added, again) == (10, 0)
    kept = year_entry(division=admin.division, kind="school", year=2025)
    assert (kept, kept.source, kept.periods.count()) == (own, "本区通知", 0)
    assert Event.objects.filter(kind="calendar.shipped_loaded").count() == 1


def test_a_loaded_calendar_answers_as_the_shipped_one(admin, at):

    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    shipped, loaded = shipped_calendar(admin.division), school_calendar(admin.division)
    days = [date.fromordinal(date(2021, 1, 1).toordinal() + n) for n in range(2190)]
    assert [loaded.holiday(day) for day in days] == [shipped.holiday(day) for day in days]
    for stage in Stage:
        assert [loaded.stage_day(day, stage) for day in days] == [
            shipped.stage_day(day, stage) for day in days
        ]


def test_the_calendar_is_read_again_only_after_a_write(admin, at, django_assert_num_queries):
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    first = school_calendar(admin.division)
    with django_assert_num_queries(1):
        assert school_calendar(admin.division) is first
    add_year(division=admin.division, kind="school", year=2026, source=SOURCE, actor=admin, at=at)
    assert school_calendar(admin.division) is not first


def test_without_names_every_valid_division_gets_the_shipped_years(district, at):
    added = load_shipped_calendars(actor=SYSTEM, at=at)
    calendars = DivisionCalendar.objects.count()
    assert (added, calendars) == (calendars * 11, 24)
