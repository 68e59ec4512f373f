"""The result of an appraisal: made when everybody has voted and no challenge is open."""

from __future__ import annotations

from datetime import datetime

from institutions.core.appraisal_states import MOVES, refusals, tally
from institutions.core.filing_states import Verdict
from institutions.models import Appraisal
from institutions.selectors.appraisals import facts_of, seats_of
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import (
    appraisal_subject,
    record_appraisal_event,
    tell_institution,
)
from institutions.services.notices import notify_desk
from institutions.services.review_clocks import resume_review_clock
from regulator.accounts.core.roles import Role
from regulator.audit.services import Subject
from regulator.calendars.selectors.settings import division_settings
from regulator.calendars.services import close_deadline, start_deadline
from regulator.kernel.actors import Actor

DISPUTE_KIND = "filing.appraisal_dispute"


def conclude_if_all_voted(locked: Appraisal, *, actor: Actor, at: datetime) -> bool:
    """Inside a command: make the result once nothing stands against it."""
    seats = seats_of(locked)
    if refusals(MOVES["conclude"], facts_of(locked, seats)):
        return False
    on = local_day(at)
    counted = tally([Verdict(seat.vote.verdict) for seat in seats if seat.counts])
    close_deadline(locked.deadline, closed_on=max(on, locked.deadline.starts_on))
    resume_review_clock(locked.filing, on=on)
    locked.conclude(
        at=at, result=counted.result.value, breach=counted.breach, cleared=counted.cleared
    )
    if counted.result is Verdict.BREACH:
        locked.dispute_deadline = start_deadline(
            division=locked.division_id,
            kind=DISPUTE_KIND,
            subject=Subject("appraisal", locked.number),
            starts_on=on,
            amount=division_settings(locked.division_id, on).dispute_workdays,
        )
    fields = ["state", "concluded_at", "result", "breach_votes", "cleared_votes"]
    locked.save(update_fields=[*fields, "dispute_deadline"])
    new = {"result": locked.result, "breach": counted.breach, "cleared": counted.cleared}
    record_appraisal_event(locked, kind="concluded", actor=actor, at=at, new=new)
    _tell_result(locked, actor=actor, at=at)
    return True


def _tell_result(appraisal: Appraisal, *, actor: Actor, at: datetime) -> None:
    until = appraisal.dispute_deadline.due_on if appraisal.dispute_deadline else local_day(at)
    tell_institution(
        appraisal,
        kind="appraisal_concluded",
        actor=actor,
        at=at,
        answer=appraisal.result_label,
        until_on=until.isoformat(),
    )
    notify_desk(
        division=appraisal.division_id,
        role=Role.FILING_REVIEWER,
        department=appraisal.department_id,
        kind="appraisal_to_decide",
        params={"appraisal": appraisal.number, "answer": appraisal.result_label},
        cause=f"appraisal:{appraisal.public_id}:concluded",
        page=f"/desk/appraisals/{appraisal.public_id}/",
        about=appraisal_subject(appraisal),
        actor=actor,
        at=at,
    )
