"""A change of a calendar or a setting is proposed by one person and signed by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from regulator.audit.models import Event
from regulator.calendars.core.school import Stage
from regulator.calendars.models import CalendarChange, DivisionSetting, HolidaySpan, SchoolPeriod
from regulator.calendars.selectors import division_settings, school_calendar, workday_table
from regulator.calendars.selectors.calendars import year_entry
from regulator.calendars.selectors.changes import changes_to_sign
from regulator.calendars.services import (
    HolidayDraft,
    PeriodDraft,
    add_year,
    enter_holidays,
    holiday_entry,
    holiday_removal,
    load_shipped_calendars,
    period_correction,
    period_entry,
    period_removal,
    propose_change,
    remove_holiday,
    send_back_change,
    setting_change,
    shipped_years,
    sign_change,
    withdraw_change,
    year_completion,
)
from regulator.calendars.services.changes import effect_of_change
from regulator.calendars.services.settings import set_setting
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
TERM = PeriodDraft(
    kind="term",
    title="第二学期",
    starts_on=date(2027, 2, 22),
    ends_before=date(2027, 7, 10),
    stages=frozenset({Stage.PRIMARY, Stage.JUNIOR}),
    term=2,
    source="区教育局校历",
)
NEW_YEAR = HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4))


@pytest.fixture
def admin(make_actor):
    return make_actor("administrator")


@pytest.fixture
def entry(admin, at):
    return add_year(
        division=admin.division, kind="school", year=2026, source="校历", actor=admin, at=at
    )


def asked(actor, *, text="20", code="review_workdays", starts_on=TODAY):
    return setting_change(
        division=actor.division, code=code, text=text, starts_on=starts_on, basis="2026年第3号"
    )


def proposed(draft, actor, at):
    return propose_change(draft, reason="本区规定", actor=actor, at=at)


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def told(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_proposed_setting_holds_only_from_the_signature_on(admin, leader, at):
    change = proposed(asked(admin, text="15"), admin, at)
    assert division_settings(admin.division, TODAY).review_workdays == 20
    assert not DivisionSetting.objects.exists()
    signed = sign_change(change, actor=leader, at=at)
    assert division_settings(admin.division, TODAY).review_workdays == 15
    assert (signed.state, signed.decided_by, signed.proposed_by_user) == (
        "signed",
        leader.name,
        admin.user_id,
    )
    assert kinds()[-3:] == [
        "calendar.change_proposed",
        "setting.changed",
        "calendar.change_signed",
    ]


def test_the_proposer_cannot_sign_whatever_the_desk(make_actor, at):
    reviewer = make_actor("filing_reviewer")
    entry = add_year(
        division=reviewer.division, kind="school", year=2026, source="校历", actor=reviewer, at=at
    )
    change = proposed(period_entry(entry, TERM), reviewer, at)
    leader_too = replace(reviewer, role="district_leader")
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        sign_change(change, actor=leader_too, at=at)
    assert told(refused) == ["policy.same_person"]
    assert (Event.objects.count(), SchoolPeriod.objects.count()) == (before, 0)


@pytest.mark.parametrize("role", ["administrator", "licensing_officer", "inspector", "expert"])
def test_who_has_no_right_to_sign_is_refused(admin, make_actor, at, role):
    change = proposed(asked(admin), admin, at)
    with pytest.raises(Refused):
        sign_change(change, actor=make_actor(role), at=at)
    change.refresh_from_db()
    assert (change.state, DivisionSetting.objects.count()) == ("proposed", 0)


def test_a_reviewer_of_another_department_does_not_sign(admin, make_actor, at):
    change = proposed(asked(admin), admin, at)
    with pytest.raises(Refused):
        sign_change(change, actor=make_actor("filing_reviewer", department="sport"), at=at)
    assert not DivisionSetting.objects.exists()


def test_one_thing_has_one_open_change(admin, leader, at):
    first = proposed(asked(admin, text="15"), admin, at)
    with pytest.raises(Refused) as refused:
        proposed(asked(admin, text="10"), admin, at)
    assert told(refused) == ["change.one_open"]
    send_back_change(first, because="没有依据", actor=leader, at=at)
    assert proposed(asked(admin, text="10"), admin, at).state == "proposed"


def test_what_could_not_be_signed_is_not_proposed(admin, at):
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        proposed(asked(admin, text="很多"), admin, at)
    assert told(refused) == ["setting.workdays_unreadable"]
    assert (CalendarChange.objects.count(), Event.objects.count()) == (0, before)


def test_a_signature_under_another_base_is_refused_and_changes_nothing(admin, leader, at):
    change = proposed(asked(admin, text="15"), admin, at)
    set_setting(
        division=admin.division,
        code="review_workdays",
        text="12",
        starts_on=date(2026, 1, 1),
        basis="旧通知",
        reason="补录",
        actor=leader,
        at=at,
    )
    with pytest.raises(Refused) as refused:
        sign_change(change, actor=leader, at=at)
    assert told(refused) == ["change.base_moved"]
    assert division_settings(admin.division, TODAY).review_workdays == 12


def test_periods_are_entered_corrected_and_removed_by_two(admin, leader, entry, at):
    sign_change(proposed(period_entry(entry, TERM), admin, at), actor=leader, at=at)
    period = SchoolPeriod.objects.get()
    later = replace(TERM, ends_before=date(2027, 7, 12))
    sign_change(proposed(period_correction(period, later), admin, at), actor=leader, at=at)
    period.refresh_from_db()
    assert (period.starts_on, period.ends_before) == (date(2027, 2, 22), date(2027, 7, 12))
    assert set(period.stages) == {"primary", "junior"}
    removal = proposed(period_removal(period), admin, at)
    assert SchoolPeriod.objects.count() == 1
    sign_change(removal, actor=leader, at=at)
    assert SchoolPeriod.objects.count() == 0


def test_an_incomplete_notice_is_one_persons_draft_and_unknown(admin, at):
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    year = add_year(
        division=admin.division, kind="holiday", year=2027, source="通知", actor=admin, at=at
    )
    enter_holidays(year, [NEW_YEAR], reason="发布", actor=admin, at=at)
    calendar = school_calendar(admin.division)
    assert 2027 not in calendar.workdays.known_years
    assert date(2027, 1, 1) not in workday_table(admin.division).holidays
    remove_holiday(HolidaySpan.objects.get(entry=year), reason="录错", actor=admin, at=at)
    assert not HolidaySpan.objects.filter(entry=year).exists()


def test_a_year_is_known_once_a_second_person_signed_just_these_days(admin, leader, at):
    year = add_year(
        division=admin.division, kind="holiday", year=2027, source="通知", actor=admin, at=at
    )
    enter_holidays(year, [NEW_YEAR], reason="发布", actor=admin, at=at)
    change = proposed(year_completion(year), admin, at)
    enter_holidays(
        year,
        [HolidayDraft("春节", date(2027, 2, 5), date(2027, 2, 12))],
        reason="补录",
        actor=admin,
        at=at,
    )
    with pytest.raises(Refused) as refused:
        sign_change(change, actor=leader, at=at)
    assert told(refused) == ["change.base_moved"]
    withdraw_change(change, actor=admin, at=at)
    again = proposed(year_completion(year), admin, at)
    sign_change(again, actor=leader, at=at)
    assert 2027 in workday_table(admin.division).known_years
    assert date(2027, 2, 5) in workday_table(admin.division).holidays


def test_a_known_year_changes_by_two_persons_only(admin, leader, at):
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[admin.division])
    year = year_entry(division=admin.division, kind="holiday", year=2026)
    extra = HolidayDraft("抗疫放假", date(2026, 12, 30), date(2026, 12, 31))
    with pytest.raises(Refused) as refused:
        enter_holidays(year, [extra], reason="通知", actor=admin, at=at)
    assert told(refused) == ["change.year_known"]
    sign_change(proposed(holiday_entry(year, [extra]), admin, at), actor=leader, at=at)
    assert date(2026, 12, 30) in workday_table(admin.division).holidays
    span = HolidaySpan.objects.get(title="抗疫放假")
    with pytest.raises(Refused) as refused:
        remove_holiday(span, reason="撤销", actor=admin, at=at)
    assert told(refused) == ["change.year_known"]
    sign_change(proposed(holiday_removal(span), admin, at), actor=leader, at=at)
    assert date(2026, 12, 30) not in workday_table(admin.division).holidays


def test_the_shipped_years_are_loaded_by_a_signature(admin, leader, at):
    change = proposed(shipped_years(admin.division), admin, at)
    assert year_entry(division=admin.division, kind="holiday", year=2026) is None
    sign_change(change, actor=leader, at=at)
    assert year_entry(division=admin.division, kind="holiday", year=2026) is not None
    with pytest.raises(Refused) as refused:
        proposed(shipped_years(admin.division), admin, at)
    assert told(refused) == ["change.nothing_missing"]


def test_what_would_stand_is_shown_and_nothing_written(admin, at):
    change = proposed(asked(admin, code="school_hours", text="08:00-17:00"), admin, at)
    before = (Event.objects.count(), CalendarChange.objects.count())
    effect = effect_of_change(change, at=at)
    assert [(one.code, one.value) for one in effect.settings] == [("school_hours", "08:00-17:00")]
    assert (Event.objects.count(), CalendarChange.objects.count()) == before
    assert not DivisionSetting.objects.exists()


def test_ones_own_proposals_do_not_wait_for_oneself(make_actor, at):
    reviewer, other = make_actor("filing_reviewer"), make_actor("filing_reviewer")
    entry = add_year(
        division=reviewer.division, kind="school", year=2026, source="校历", actor=reviewer, at=at
    )
    proposed(period_entry(entry, TERM), reviewer, at)
    assert (changes_to_sign(reviewer).count(), changes_to_sign(other).count()) == (0, 1)
    assert changes_to_sign(make_actor("administrator")).count() == 0


def test_only_the_proposer_takes_it_back(admin, make_actor, at):
    change = proposed(asked(admin), admin, at)
    with pytest.raises(Refused) as refused:
        withdraw_change(change, actor=make_actor("administrator"), at=at)
    assert told(refused) == ["change.not_the_proposer"]
    assert withdraw_change(change, actor=admin, at=at).state == "withdrawn"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calendars_calendarchange SET content = '{}'",
        "UPDATE calendars_calendarchange SET proposed_by_user = 999",
        "DELETE FROM calendars_calendarchange",
        """UPDATE calendars_calendarchange SET state = 'signed', decided_at = proposed_at,
        decided_by_user = proposed_by_user""",
    ],
)
def test_the_database_refuses_to_rewrite_a_change_or_to_sign_ones_own(admin, at, statement):
    proposed(asked(admin), admin, at)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert CalendarChange.objects.get().state == "proposed"
