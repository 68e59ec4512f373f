"""The result of an appraisal: made when everybody has voted and no challenge is open."""

from __future__ import annotations

from datetime import datetime

from institutions.core.appraisal_states import MOVES, refusals, tally
from institutions.core.filing_states import Verdict
from institutions.models import Appraisal
from institutions.selectors.appraisals import facts_of, seats_of
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import (
    record_appraisal_event,
    tell_decider,
    tell_institution,
)
from institutions.services.review_notices import resume_review
from regulator.audit.services import Subject
from regulator.calendars.selectors.settings import division_settings
from regulator.calendars.services import close_deadline, start_deadline
from regulator.kernel.actors import Actor

DISPUTE_KIND = "filing.appraisal_dispute"
_GROUND = "专家组已经作出结论"


def conclude_if_all_voted(locked: Appraisal, *, actor: Actor, at: datetime) -> bool:
    """Inside a command: make the result once nothing stands against it."""
    seats = seats_of(locked)
    if refusals(MOVES["conclude"], facts_of(locked, seats)):
        return False
    on = local_day(at)
    counted = tally([Verdict(seat.vote.verdict) for seat in seats if seat.counts])
    close_deadline(locked.deadline, closed_on=max(on, locked.deadline.starts_on))
    resume_review(locked, ground=_GROUND, at=at)
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
    tell_decider(appraisal, "concluded", actor=actor, at=at)
