"""Terms and breaks: entered, corrected, removed; a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from regulator.audit.models import Event
from regulator.calendars.core.school import Stage
from regulator.calendars.models import SchoolPeriod
from regulator.calendars.selectors import school_calendar
from regulator.calendars.selectors.calendars import history_of_year
from regulator.calendars.services import PeriodDraft, add_year
from regulator.calendars.services.periods import change_period, enter_period, remove_period
from regulator.kernel.outcomes import Refused

pytestmark = pytest.mark.django_db
SOURCE = "市教育局2026-27学年校历"
TERM = PeriodDraft(
    kind="term",
    title="第一学期",
    starts_on=date(2026, 9, 1),
    ends_before=date(2027, 1, 23),
    stages=frozenset({Stage.PRIMARY, Stage.JUNIOR}),
    term=1,
    source=SOURCE,
)


@pytest.fixture
def reviewer(make_actor):
    return make_actor("filing_reviewer")


@pytest.fixture
def entry(reviewer, at):
    return add_year(
        division=reviewer.division, kind="school", year=2026, source=SOURCE, actor=reviewer, at=at
    )


def state_on(actor, day, stage=Stage.JUNIOR) -> str:
    return str(school_calendar(actor.division).stage_day(day, stage).state)


def test_an_entered_term_is_known_at_once(reviewer, entry, at):
    assert state_on(reviewer, date(2026, 11, 2)) == "unknown"
    enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    assert state_on(reviewer, date(2026, 11, 2)) == "term"
    assert state_on(reviewer, date(2026, 11, 2), Stage.SENIOR) == "unknown"


def test_a_correction_keeps_old_and_new_in_the_history(reviewer, entry, at):
    period = enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    later = replace(TERM, ends_before=date(2027, 1, 30))
    change_period(period, later, reason="市局调整放假日期", actor=reviewer, at=at)
    assert state_on(reviewer, date(2027, 1, 25)) == "term"
    newest = history_of_year(entry)[0]
    assert (newest.kind, newest.reason) == ("calendar.period_changed", "市局调整放假日期")
    assert (newest.old["ends_on"], newest.new["ends_on"]) == ("2027-01-22", "2027-01-29")


def test_a_removed_term_leaves_its_days_unknown_and_its_trace_in_the_history(reviewer, entry, at):
    period = enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    remove_period(period, reason="录错学年", actor=reviewer, at=at)
    assert state_on(reviewer, date(2026, 11, 2)) == "unknown"
    newest = history_of_year(entry)[0]
    assert (newest.kind, newest.old["title"], newest.new) == (
        "calendar.period_removed",
        "第一学期",
        None,
    )


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"ends_before": date(2026, 9, 1)}, ["calendar.dates_reversed"]),
        ({"ends_before": date(2027, 3, 21)}, ["calendar.period_too_long"]),
        ({"stages": frozenset()}, ["calendar.stages_missing"]),
        ({"grades": frozenset({12})}, ["calendar.grades_outside_stages"]),
        ({"term": 0}, ["calendar.term_number_missing"]),
        ({"source": " "}, ["calendar.source_missing"]),
        (
            {"starts_on": date(2025, 9, 1), "ends_before": date(2026, 1, 31)},
            ["calendar.period_outside_year"],
        ),
        (
            {"ends_before": date(2026, 9, 1), "stages": frozenset(), "term": 3, "source": ""},
            [
                "calendar.dates_reversed",
                "calendar.stages_missing",
                "calendar.term_number_missing",
                "calendar.source_missing",
            ],
        ),
    ],
)
def test_every_fault_is_named_and_nothing_is_entered(reviewer, entry, at, change, codes):
    with pytest.raises(Refused) as refused:
        enter_period(entry, replace(TERM, **change), reason="录入", actor=reviewer, at=at)
    assert [refusal.code for refusal in refused.value.refusals] == codes
    assert SchoolPeriod.objects.count() == 0
    assert not Event.objects.filter(kind="calendar.period_entered").exists()


def test_a_change_needs_a_reason(reviewer, entry, at):
    period = enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    later = replace(TERM, ends_before=date(2027, 1, 30))
    for act in (
        lambda: change_period(period, later, reason=" ", actor=reviewer, at=at),
        lambda: remove_period(period, reason="", actor=reviewer, at=at),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [one.code for one in refused.value.refusals] == ["calendar.reason_missing"]
    period.refresh_from_db()
    assert period.ends_before == TERM.ends_before


def test_the_same_again_is_no_change(reviewer, entry, at):
    period = enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    with pytest.raises(Refused) as refused:
        change_period(period, TERM, reason="再存一次", actor=reviewer, at=at)
    assert [one.code for one in refused.value.refusals] == ["calendar.no_change"]


def test_a_break_may_not_overlap_its_term_but_may_override_it(reviewer, entry, at):
    enter_period(entry, TERM, reason="录入新学年", actor=reviewer, at=at)
    early = PeriodDraft(
        kind="winter_break",
        title="提前放假",
        starts_on=date(2027, 1, 11),
        ends_before=date(2027, 2, 22),
        stages=frozenset({Stage.JUNIOR}),
        grades=frozenset({7, 8}),
        source=SOURCE,
    )
    with pytest.raises(Refused) as refused:
        enter_period(entry, early, reason="提前放假", actor=reviewer, at=at)
    (overlap,) = refused.value.refusals
    assert (overlap.code, dict(overlap.params)) == (
        "calendar.period_overlaps",
        {"title": "第一学期", "starts_on": "2026-09-01", "ends_on": "2027-01-22"},
    )
    enter_period(entry, replace(early, overrides=True), reason="提前放假", actor=reviewer, at=at)
    calendar = school_calendar(reviewer.division)
    states = {grade: str(calendar.grade_day(date(2027, 1, 12), grade).state) for grade in (7, 9)}
    assert states == {7: "winter_break", 9: "term"}


def test_naming_every_grade_of_the_stages_is_naming_none(reviewer, entry, at):
    whole = replace(TERM, grades=frozenset(range(1, 10)))
    period = enter_period(entry, whole, reason="录入新学年", actor=reviewer, at=at)
    assert period.grades == []


@pytest.mark.parametrize("role", ["expert", "fee_supervisor", "city_supervisor"])
def test_who_may_not_edit_calendars_enters_nothing(make_actor, entry, at, role):
    with pytest.raises(Refused) as refused:
        enter_period(entry, TERM, reason="录入", actor=make_actor(role), at=at)
    assert refused.value.refusals[0].code == "policy.not_granted"
    assert SchoolPeriod.objects.count() == 0
