"""Sending a finding to the expert group, deciding on the result, and the level above.

Source: 教监管厅函〔2021〕16号. The result is a proposal: an officer of the education department
decides by name. A dispute goes up to the city, and what the city answers binds.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from institutions.choices.appraisals import verdict_labels
from institutions.core.appraisal_states import opening_refusals
from institutions.core.filing_states import FilingState, Verdict
from institutions.models import Appraisal, Filing
from institutions.selectors.appraisals import department_of, facts_of, open_appraisals, seats_of
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import (
    appraisal_subject,
    end_terms,
    lock_appraisal,
    record_appraisal_event,
    refuse,
    tell_decider,
    tell_institution,
    tell_secretary,
)
from institutions.services.filings_review import record_decision
from institutions.services.notices import notify_desk
from institutions.services.review_notices import issue_stop_notice, resume_review
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import Subject
from regulator.calendars.selectors.settings import division_settings
from regulator.calendars.services import close_deadline, start_deadline
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

APPRAISAL_KIND = "filing.appraisal"


def open_appraisal(
    *, filing: Filing, rule: str, question: str, actor: Actor, at: datetime
) -> Appraisal:
    """Send an undetermined finding to the expert group. Raises Refused with every reason.

    The institution is told in writing; from the service of that notice the review's term stands
    still.
    """
    department = department_of(rule, filing)
    require(actor, Action.FILING_REVIEW, Target(filing.division_id, department))
    on = local_day(at)
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).select_related("institution")
        current = locked.get(pk=filing.pk)
        reasons = opening_refusals(
            in_review=current.state == FilingState.SUBMITTED.value,
            rule=rule,
            undetermined=current.rules_with("undetermined"),
            has_open=rule in open_appraisals(current),
            question=question,
        )
        if reasons:
            raise Refused(reasons)
        number = f"{current.number}-J{current.appraisals.count() + 1}"
        deadline = start_deadline(
            division=current.division_id,
            kind=APPRAISAL_KIND,
            subject=Subject("appraisal", number),
            starts_on=on,
            amount=division_settings(current.division_id, on).appraisal_workdays,
        )
        appraisal = Appraisal.objects.create(
            division_id=current.division_id,
            department_id=department,
            filing=current,
            version=current.version,
            number=number,
            rule=rule,
            question=question.strip(),
            deadline=deadline,
            opened_by_user=actor.user_id,
            opened_by=actor.name,
            opened_at=at,
        )
        issue_stop_notice(appraisal, actor=actor, at=at)
        record_appraisal_event(
            appraisal,
            kind="opened",
            actor=actor,
            at=at,
            new={"filing": current.number, "rule": rule, "version": current.version},
            reason=appraisal.question,
        )
        tell_institution(
            appraisal,
            kind="appraisal_opened",
            actor=actor,
            at=at,
            rule=rule,
            due_on=deadline.due_on.isoformat(),
        )
        tell_secretary(appraisal, "to_seat", actor=actor, at=at)
    return appraisal


def cancel_appraisal(*, appraisal: Appraisal, reason: str, actor: Actor, at: datetime) -> Appraisal:
    """Take a finding back from the expert group, with a reason. Raises Refused."""
    _require_decider(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        refuse("cancel", facts_of(locked, seats_of(locked), reason=reason))
        end_terms(locked, local_day(at))
        resume_review(locked, ground="鉴别已经撤销", at=at)
        locked.cancel(at=at, by=actor.name, reason=reason.strip())
        locked.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
        record_appraisal_event(
            locked, kind="cancelled", actor=actor, at=at, reason=locked.end_reason
        )
        tell_institution(
            locked, kind="appraisal_cancelled", actor=actor, at=at, reason=locked.end_reason
        )
    return locked


def adopt_result(
    *, appraisal: Appraisal, verdict: Verdict, reason: str, actor: Actor, at: datetime
) -> Appraisal:
    """Decide the finding by name, on the group's result or, with reasons, against it.

    What the city answered binds. A breach waits until the term for a dispute is over. Raises
    Refused with every reason.
    """
    _require_decider(appraisal, actor)
    on = local_day(at)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        facts = facts_of(
            locked,
            seats_of(locked),
            verdict=verdict,
            reason=reason,
            dispute_open=dispute_is_open(locked, on),
        )
        refuse("adopt", facts)
        end_terms(locked, on)
        resume_review(locked, ground="这一项已经作出认定", at=at)
        locked.adopt(at=at, by=actor.name)
        locked.save(update_fields=["state", "ended_at", "ended_by"])
        record_decision(
            filing=Filing.objects.get(pk=locked.filing_id),
            rule=locked.rule,
            verdict=verdict,
            reason=f"{reason.strip()}（鉴别 {locked.number}）",
            actor=actor,
            at=at,
        )
        new = {"verdict": verdict.value, "result": locked.result}
        record_appraisal_event(
            locked, kind="closed", actor=actor, at=at, new=new, reason=reason.strip()
        )
        answer = str(verdict_labels(locked.rule)[verdict.value])
        tell_institution(locked, kind="appraisal_closed", actor=actor, at=at, answer=answer)
    return locked


def dispute_is_open(appraisal: Appraisal, on: date) -> bool:
    """Whether the institution may still dispute the result on a day."""
    deadline = appraisal.dispute_deadline
    if deadline is None or appraisal.disputed_at or appraisal.accepted_at:
        return False
    return appraisal.state == "concluded" and on <= deadline.due_on


def dispute_result(*, appraisal: Appraisal, reason: str, actor: Actor, at: datetime) -> Appraisal:
    """The institution disputes a result against it, in time and with reasons. Raises Refused."""
    _require_own(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        found = []
        if not dispute_is_open(locked, local_day(at)):
            found.append(Refusal("appraisal.dispute_late"))
        if not reason.strip():
            found.append(Refusal("appraisal.dispute_reason_missing"))
        if found:
            raise Refused(found)
        locked.dispute, locked.disputed_at = reason.strip(), at
        locked.save(update_fields=["dispute", "disputed_at"])
        record_appraisal_event(locked, kind="disputed", actor=actor, at=at, reason=locked.dispute)
        tell_decider(locked, "disputed", actor=actor, at=at)
    return locked


def accept_result(*, appraisal: Appraisal, actor: Actor, at: datetime) -> Appraisal:
    """The institution says that it does not dispute the result: nobody has to wait. Refused."""
    _require_own(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        if not dispute_is_open(locked, local_day(at)):
            raise Refused(Refusal("appraisal.dispute_late"))
        locked.accepted_at = at
        locked.save(update_fields=["accepted_at"])
        record_appraisal_event(locked, kind="accepted", actor=actor, at=at)
    return locked


def escalate_appraisal(
    *, appraisal: Appraisal, document: str, actor: Actor, at: datetime
) -> Appraisal:
    """Put a disputed result before the city, under the number of the letter. Raises Refused."""
    _require_decider(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        refuse("escalate", facts_of(locked, seats_of(locked), document=document))
        locked.escalate(at=at, document=document.strip())
        locked.save(update_fields=["state", "escalated_at", "escalation_document"])
        issue_stop_notice(locked, actor=actor, at=at)
        new = {"document": locked.escalation_document}
        record_appraisal_event(locked, kind="escalated", actor=actor, at=at, new=new)
        tell_institution(
            locked,
            kind="appraisal_escalated",
            actor=actor,
            at=at,
            document=locked.escalation_document,
        )
        notify_desk(
            division=f"{locked.division_id[:4]}00",
            role=Role.CITY_SUPERVISOR,
            kind="appraisal_to_answer",
            params={"appraisal": locked.number, "document": locked.escalation_document},
            cause=f"appraisal:{locked.public_id}:to_answer",
            page=f"/desk/appraisals/{locked.public_id}/",
            about=appraisal_subject(locked),
            actor=actor,
            at=at,
        )
    return locked


def answer_escalation(
    *,
    appraisal: Appraisal,
    verdict: Verdict,
    document: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Appraisal:
    """The city's answer, under its own number: it replaces the result. Raises Refused."""
    require(actor, Action.APPRAISAL_ANSWER, Target(appraisal.division_id))
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        given = {"verdict": verdict, "document": document, "reason": reason}
        refuse("answer", facts_of(locked, seats_of(locked), **given))
        resume_review(locked, ground="市级教育部门已经答复", at=at)
        if locked.dispute_deadline is not None:
            on = max(local_day(at), locked.dispute_deadline.starts_on)
            close_deadline(locked.dispute_deadline, closed_on=on)
        locked.answer(
            at=at,
            result=verdict.value,
            document=document.strip(),
            reason=reason.strip(),
            by=actor.name,
        )
        fields = ["state", "answered_at", "result", "city_document", "city_reason", "city_by"]
        locked.save(update_fields=fields)
        new = {"result": locked.result, "document": locked.city_document}
        record_appraisal_event(
            locked, kind="answered", actor=actor, at=at, new=new, reason=locked.city_reason
        )
        tell_decider(locked, "answered", actor=actor, at=at)
    return locked


def _require_decider(appraisal: Appraisal, actor: Actor) -> None:
    target = Target(appraisal.division_id, appraisal.department_id)
    require(actor, Action.FILING_REVIEW, target)


def _require_own(appraisal: Appraisal, actor: Actor) -> None:
    institution = str(appraisal.filing.institution.public_id)
    require(actor, Action.FILING_FILE, Target(appraisal.division_id, institution=institution))
