"""What every move of an appraisal shares: its lock, its event, its notices, the review's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from institutions.core.appraisal_states import (
    MOVES,
    AppraisalFacts,
    AppraisalState,
    refusals,
)
from institutions.models import Appraisal, AppraisalSeat, Filing, PanelMember
from institutions.selectors.appraisals import OPEN
from institutions.selectors.filings_screening import local_day
from institutions.services.notices import notify_desk, notify_institution
from institutions.services.papers import lock_counters
from institutions.services.review_clocks import hold_review_clocks, resume_review_clock
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment
from regulator.audit.services import Subject, append_event
from regulator.calendars.services import close_deadline
from regulator.database.sealing import blind_index
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused

_PURPOSE = "appraisal.member"


def lock_appraisal(appraisal: Appraisal) -> Appraisal:
    """The appraisal, locked after its filing; its clocks and numbers before any event."""
    Filing.objects.select_for_update().get(pk=appraisal.filing_id)
    hold_review_clocks(appraisal.division_id)
    locked = (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("filing__institution", "deadline", "dispute_deadline")
        .get(pk=appraisal.pk)
    )
    lock_counters(appraisal.division_id)
    return locked


def refuse(move: str, facts: AppraisalFacts) -> None:
    """Raise Refused with every reason against the move."""
    found = refusals(MOVES[move], facts)
    if found:
        raise Refused(found)


def appraisal_subject(appraisal: Appraisal) -> Subject:
    """The appraisal as events name it."""
    return Subject("appraisal", str(appraisal.public_id), appraisal.number)


def record_appraisal_event(
    appraisal: Appraisal,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append the event of a move; `new` always tells the state."""
    append_event(
        division=appraisal.division_id,
        actor=actor,
        kind=f"appraisal.{kind}",
        subject=appraisal_subject(appraisal),
        new={"state": appraisal.state, **(new or {})},
        reason=reason,
        basis=MOVES["adopt"].basis,
        occurred_at=at,
    )


def expert_under_number(actor: Actor, seat: AppraisalSeat) -> Actor:
    """The expert as the chain names them: by the chair, never by name or user.

    Who it was stands in `member_digest`, which only the key can compare.
    """
    return Actor(user_id=None, name=f"专家{seat.number}", role=actor.role, division=actor.division)


def member_digest(member: PanelMember) -> str:
    """A keyed digest of the person, for the chain."""
    user = Appointment.objects.values_list("user_id", flat=True).get(pk=member.appointment_id)
    return blind_index(str(user), purpose=_PURPOSE)


def tell_institution(
    appraisal: Appraisal, *, kind: str, actor: Actor, at: datetime, **params: Any
) -> None:
    """Tell the institution of its filing's appraisal, once per kind and result."""
    filing = appraisal.filing
    notify_institution(
        institution=filing.institution,
        kind=kind,
        params={"number": filing.number, "class_name": filing.class_name, **params},
        cause=f"appraisal:{appraisal.public_id}:{kind}:{'2' if appraisal.answered_at else '1'}",
        page=f"/portal/appraisals/{appraisal.public_id}/",
        about=appraisal_subject(appraisal),
        actor=actor,
        at=at,
    )


def tell_secretary(appraisal: Appraisal, what: str, *, actor: Actor, at: datetime) -> None:
    """Tell whoever seats the panel that chairs are empty, once per `what`."""
    notify_desk(
        division=appraisal.division_id,
        role=Role.ADMINISTRATOR,
        kind="appraisal_to_seat",
        params={
            "appraisal": appraisal.number,
            "due_on": appraisal.deadline.due_on.isoformat(),
        },
        cause=f"appraisal:{appraisal.public_id}:{what}",
        page=f"/desk/appraisals/{appraisal.public_id}/",
        about=appraisal_subject(appraisal),
        actor=actor,
        at=at,
    )


def tell_decider(appraisal: Appraisal, what: str, *, actor: Actor, at: datetime) -> None:
    """Tell the reviewers of the department that an answer waits for them, once per `what`."""
    notify_desk(
        division=appraisal.division_id,
        role=Role.FILING_REVIEWER,
        department=appraisal.department_id,
        kind="appraisal_to_decide",
        params={"appraisal": appraisal.number, "answer": appraisal.result_label},
        cause=f"appraisal:{appraisal.public_id}:{what}",
        page=f"/desk/appraisals/{appraisal.public_id}/",
        about=appraisal_subject(appraisal),
        actor=actor,
        at=at,
    )


def end_terms(appraisal: Appraisal, on: date) -> None:
    """The appraisal's own terms end."""
    for deadline in (appraisal.deadline, appraisal.dispute_deadline):
        if deadline is not None:
            close_deadline(deadline, closed_on=max(on, deadline.starts_on))


def cancel_appraisals(*, filing: Filing, reason: str, actor: Actor, at: datetime) -> int:
    """End every running appraisal of a filing that leaves the review, inside its command.

    The review's term ends with it: no notice says that it runs again.
    """
    running = Appraisal.objects.select_for_update(of=("self",)).filter(
        filing=filing, state__in=OPEN
    )
    found = list(running.select_related("filing__institution", "deadline", "dispute_deadline"))
    for appraisal in found:
        end_terms(appraisal, local_day(at))
        resume_review_clock(appraisal.filing, on=local_day(at))
        appraisal.cancel(at=at, by=actor.name, reason=reason)
        appraisal.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
        record_appraisal_event(appraisal, kind="cancelled", actor=actor, at=at, reason=reason)
    return len(found)


def is_running(appraisal: Appraisal) -> bool:
    """Whether it still stands against an approval."""
    return AppraisalState(appraisal.state).value in OPEN
