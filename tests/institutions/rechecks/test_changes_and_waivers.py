"""A signed change of calendar or setting, and a waiver that ended, ask for a second look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from institutions.core.filing_states import Verdict
from institutions.models import FilingRecheck
from institutions.services.filings_review import approve_filing, decide_finding
from institutions.services.filings_submission import submit_rows
from institutions.services.rescreening import RESCREENING_JOB
from institutions.services.trials import TrialDraft, ask_trial
from institutions.services.waivers import WaiverDraft, approve_waiver, end_waivers, propose_waiver
from regulator.calendars.models import DivisionSetting
from regulator.calendars.selectors.calendars import year_entry
from regulator.calendars.services import (
    HolidayDraft,
    holiday_entry,
    propose_change,
    setting_change,
)
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.processes.calendar_signing import sign_calendar_change
from tests.institutions.filings.conftest import AT, UNNAMED_ROW
from tests.institutions.rechecks.conftest import CHANGED_AT, rescreened

RULE = "FILING-NAME"


@pytest.fixture
def admin(make_actor):
    return make_actor("administrator")


@pytest.fixture
def leader(make_actor):
    return make_actor("district_leader")


def asked(admin, *, code="school_hours", text="08:00-19:00", starts_on=date(2026, 6, 1)):
    draft = setting_change(
        division=admin.division, code=code, text=text, starts_on=starts_on, basis="区教育局通知"
    )
    return propose_change(draft, reason="延时", actor=admin, at=CHANGED_AT)


def test_a_signed_setting_opens_what_it_newly_breaches(approved, admin, leader):
    filing = approved()[0]
    change = asked(admin)
    assert Job.objects.filter(kind=RESCREENING_JOB).count() == 0
    sign_calendar_change(change, actor=leader, at=CHANGED_AT)
    recheck = rescreened()[0]
    assert (recheck.filing_id, recheck.cause_kind, recheck.rules) == (
        filing.pk,
        "calendar",
        ["TIME-SCHOOL-HOURS"],
    )
    assert recheck.cause_label == "改设置：中小学教学时间"
    assert recheck.cause_key == f"calendar:{change.public_id}"
    filing.refresh_from_db()
    assert filing.state == "approved"


def test_a_signed_holiday_opens_the_classes_that_have_lessons_on_it(approved, admin, leader):
    filing = approved()[0]
    year = year_entry(division=admin.division, kind="holiday", year=2026)
    tuesday = HolidayDraft("临时放假", date(2026, 5, 26), date(2026, 5, 27))
    draft = holiday_entry(year, [tuesday])
    change = propose_change(draft, reason="通知", actor=admin, at=CHANGED_AT)
    sign_calendar_change(change, actor=leader, at=CHANGED_AT)
    assert [(one.filing_id, one.rules) for one in rescreened()] == [(filing.pk, ["TIME-HOLIDAY"])]


def test_a_setting_that_classes_are_not_screened_by_queues_nothing(approved, admin, leader):
    approved()
    change = asked(admin, code="review_workdays", text="15")
    sign_calendar_change(change, actor=leader, at=CHANGED_AT)
    assert Job.objects.filter(kind=RESCREENING_JOB).count() == 0


@pytest.mark.parametrize(("first_day", "jobs"), [(date(2026, 6, 18), 1), (date(2026, 6, 19), 0)])
def test_only_classes_that_still_run_on_its_first_day_are_asked(
    approved, admin, leader, first_day, jobs
):
    approved()
    sign_calendar_change(asked(admin, starts_on=first_day), actor=leader, at=CHANGED_AT)
    assert Job.objects.filter(kind=RESCREENING_JOB).count() == jobs


def test_a_change_is_tried_before_it_is_signed(approved, admin, reviewer):
    approved()
    change = asked(admin)
    draft = TrialDraft(
        label="改设置",
        period_label="2026年春",
        starts_from=date(2026, 2, 1),
        starts_before=date(2026, 9, 1),
        table_key=str(change.public_id),
    )
    trial = ask_trial(division="510116", draft=draft, actor=reviewer, at=CHANGED_AT)
    run_here(trial.job)
    made = trial.changes.get()
    assert (made.rule, made.kind) == ("TIME-SCHOOL-HOURS", "newly_breach")
    change.refresh_from_db()
    assert (change.state, DivisionSetting.objects.count()) == ("proposed", 0)
    assert FilingRecheck.objects.count() == 0


def test_a_waiver_that_ended_lays_the_breach_before_a_person_once(
    upload, manager, reviewer, leader
):
    made = upload(UNNAMED_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    decide_finding(
        filing=filing, rule=RULE, verdict=Verdict.BREACH, reason="看不出。", actor=reviewer, at=AT
    )
    last_day = (AT + timedelta(days=60)).date()
    draft = WaiverDraft(rule=RULE, reason="已告知家长。", documents="纪要", until_on=last_day)
    waiver = propose_waiver(filing=filing, draft=draft, actor=reviewer, at=AT)
    approve_waiver(waiver=waiver, actor=leader, at=AT)
    approve_filing(filing=filing, actor=reviewer, at=AT)
    night = AT + timedelta(days=61)
    assert end_waivers(actor=SYSTEM, at=night) == 1
    recheck = rescreened()[0]
    assert (recheck.cause_kind, recheck.rules, recheck.cause_label) == (
        "waiver",
        [RULE],
        f"豁免到期：{RULE}",
    )
    filing.refresh_from_db()
    assert filing.state == "approved"
    assert end_waivers(actor=SYSTEM, at=night) == 0
    assert len(rescreened()) == 1
