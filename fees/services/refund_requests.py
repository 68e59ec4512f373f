"""A request for a refund: asked for, and what both sides say of it. Its money is `refund_payment`.

What people write is sealed under the contract's key: the chain learns that it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fees.core.refund_states import (
    ANSWER_WORKDAYS,
    OPEN,
    SILENCE,
    TRANSITIONS,
    MoveFacts,
    RefundState,
    refusals,
)
from fees.core.refunds import Cause, Refund
from fees.models import Contract, RefundRequest
from fees.selectors.proposals import propose_refund
from fees.selectors.refunds import REFUND_SUBJECT, unanswered_requests
from fees.services.contracts import is_guardian
from fees.services.records import day_of
from institutions.services.notices import notify_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.services import close_deadline, start_deadline
from regulator.database.sealing import open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused
from regulator.kernel.workdays import Unit

ANSWER_KIND, PAYMENT_KIND = "refund.answer", "refund.payment"
_SIDES = {"parent": "parent", "institution_manager": "institution"}


def ask_for_refund(*, contract: Contract, reason: str, actor: Actor, at: datetime) -> RefundRequest:
    """Ask for a contract's money back: for the parent by their own link, or written down for them.

    Starts the institution's term to answer and, from the same day, the term to pay that its source
    gives. One open request per contract. Raises Refused with every reason.
    """
    require_of(actor, Action.REFUND_ASK, contract)
    on = day_of(at)
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        proposal = proposal_of(locked, asked_on=on)
        faults = [] if reason.strip() else [Refusal("refund.reason_missing")]
        if RefundRequest.objects.filter(contract=locked, state__in=_values(OPEN)).exists():
            faults.append(Refusal("refund.open_already"))
        if proposal is None:
            faults.append(Refusal("refund.never_paid", {}, None, "refund.remedy_never_paid"))
        elif not proposal.refund_fen + proposal.forfeit_fen:
            faults.append(Refusal("refund.nothing_left"))
        if faults or proposal is None:
            raise Refused(faults)
        request = RefundRequest(
            contract=locked,
            asked_on=on,
            asked_by=side_of(actor),
            reason=seal_text(reason.strip(), subject=locked.public_id),
        )
        _start_terms(request, proposal)
        request.save()
        _tell_institution(request, actor=actor, at=at)
        record(request, "asked", actor=actor, at=at, new={"asked_by": request.asked_by})
    return request


def agree_to_refund(request: RefundRequest, *, actor: Actor, at: datetime) -> RefundRequest:
    """The institution agrees; the bureau then fixes the amount. Raises Refused."""
    return _answer(request, "agree", "", actor=actor, at=at)


def dispute_refund(
    request: RefundRequest, *, reason: str, actor: Actor, at: datetime
) -> RefundRequest:
    """The institution does not agree and says why; an officer decides. Raises Refused."""
    return _answer(request, "dispute", reason, actor=actor, at=at)


def lapse_request(request: RefundRequest, *, actor: Actor, at: datetime) -> RefundRequest:
    """What the night does once the institution's term has passed: silence is agreement."""
    return _answer(request, "lapse", "", actor=actor, at=at)


def lapse_silent_requests(*, actor: Actor, at: datetime) -> int:
    """What the night does: every institution whose term passed in silence has agreed.

    Each in a transaction of its own; safe to run twice. Returns how many.
    """
    lapsed = 0
    for request in list(unanswered_requests(day_of(at))):
        with suppress(Refused):  # answered meanwhile, or its term counted anew
            lapse_request(request, actor=actor, at=at)
            lapsed += 1
    return lapsed


def withdraw_request(request: RefundRequest, *, actor: Actor, at: datetime) -> RefundRequest:
    """The parent takes the request back; an officer may write that down. Raises Refused."""
    require_of(actor, Action.REFUND_WITHDRAW, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        refuse(locked, "withdraw", MoveFacts(RefundState(locked.state), on))
        locked.withdraw(on=on, by=side_of(actor))
        locked.save(update_fields=["state", "withdrawn_on", "withdrawn_by"])
        close_deadline(locked.answer_deadline, closed_on=on)
        close_deadline(locked.payment_deadline, closed_on=on)
        record(locked, "withdraw", actor=actor, at=at, new={"withdrawn_by": locked.withdrawn_by})
    return locked


def appeal_decision(
    request: RefundRequest, *, reason: str, actor: Actor, at: datetime
) -> RefundRequest:
    """Parent or institution does not accept the decision: another officer decides again."""
    require_of(actor, Action.REFUND_ASK, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        refuse(locked, "appeal", MoveFacts(RefundState(locked.state), on, reason))
        sealed = seal_text(reason.strip(), subject=locked.contract.public_id)
        locked.appeal(on=on, by=side_of(actor), sealed_reason=sealed)
        locked.save(update_fields=["state", "appealed_on", "appealed_by", "appeal_reason"])
        record(locked, "appeal", actor=actor, at=at, new={"appealed_by": locked.appealed_by})
    return locked


def read_reasons(request: RefundRequest, *, actor: Actor, at: datetime) -> Mapping[str, str]:
    """What parent and institution wrote, by the field's name; the chain keeps that it was read.

    Raises Refused, and Erased where the contract's personal part was deleted.
    """
    require_of(actor, Action.REFUND_HANDLE, request.contract)
    with transaction.atomic():
        record(request, "reason_read", actor=actor, at=at)
    names = ("reason", "answer_reason", "decision_reason", "appeal_reason")
    return {name: open_text(getattr(request, name)) for name in names}


def proposal_of(
    contract: Contract,
    *,
    asked_on: date,
    cause: Cause = Cause.NO_FAULT,
    had_service_before: bool = False,
) -> Refund | None:
    """The calculation as it comes out now; None where nothing was ever paid."""
    return propose_refund(
        contract, cause=cause, had_service_before=had_service_before, requested_on=asked_on
    )


def require_of(actor: Actor, action: Action, contract: Contract) -> None:
    """Raise Refused unless the actor may do this about the contract: a parent, about their own."""
    institution = contract.institution
    target = Target(division=institution.division_id, institution=str(institution.public_id))
    require(actor, action, target)
    if actor.role == Role.PARENT and not is_guardian(actor, contract):
        params = {"action": str(action), "role": actor.role}
        raise Refused(Refusal("policy.not_granted", params))


def side_of(actor: Actor) -> str:
    """For whom the actor speaks: `parent`, `institution`, or the `officer` who writes it down."""
    return _SIDES.get(actor.role, "officer")


def lock_request(request: RefundRequest) -> RefundRequest:
    """The request as it is now, locked after its contract."""
    Contract.objects.select_for_update().get(pk=request.contract_id)
    rows = RefundRequest.objects.select_for_update(of=("self",))
    return rows.select_related(
        "contract__institution", "contract__escrow", "answer_deadline", "payment_deadline"
    ).get(pk=request.pk)


def refuse(request: RefundRequest, move: str, facts: MoveFacts) -> None:
    """Raise Refused with every reason why the move may not be made now."""
    found = refusals(TRANSITIONS[move], facts)
    if found:
        raise Refused(found)


def record(
    request: RefundRequest,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None = None,
    basis: LegalBasis | None = None,
) -> None:
    """Append what was done; what people wrote stays out of the chain."""
    append_event(
        division=request.contract.institution.division_id,
        actor=actor,
        kind=f"refund.{kind}",
        subject=request_subject(request),
        new={"refund_state": request.state, **(new or {})},
        basis=basis,
        occurred_at=at,
    )


def request_subject(request: RefundRequest) -> Subject:
    """How the chain names a request: by its contract's number."""
    return Subject(REFUND_SUBJECT, str(request.public_id), request.contract.number)


def _answer(
    request: RefundRequest, move: str, reason: str, *, actor: Actor, at: datetime
) -> RefundRequest:
    require_of(actor, TRANSITIONS[move].action, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        answer_by = locked.answer_deadline.due_on
        refuse(locked, move, MoveFacts(RefundState(locked.state), on, reason, answer_by))
        if move == "dispute":
            sealed = seal_text(reason.strip(), subject=locked.contract.public_id)
            locked.dispute(on=on, sealed_reason=sealed)
        elif move == "lapse":
            locked.lapse(on=on)
        else:
            locked.agree(on=on)
        locked.save(update_fields=["state", "answer", "answered_on", "answer_reason"])
        close_deadline(locked.answer_deadline, closed_on=on)
        record(locked, move, actor=actor, at=at, new={"answer": locked.answer}, basis=SILENCE)
    return locked


def _start_terms(request: RefundRequest, proposal: Refund) -> None:
    """Both terms begin with the asking; the payment's unit is that of its source."""
    division = request.contract.institution.division_id
    subject = request_subject(request)
    request.answer_deadline = start_deadline(
        division=division,
        kind=ANSWER_KIND,
        subject=subject,
        starts_on=request.asked_on,
        amount=ANSWER_WORKDAYS,
        unit=Unit.WORKDAYS,
    )
    request.payment_deadline = start_deadline(
        division=division,
        kind=PAYMENT_KIND,
        subject=subject,
        starts_on=request.asked_on,
        amount=proposal.term,
        unit=proposal.term_unit,
    )


def _tell_institution(request: RefundRequest, *, actor: Actor, at: datetime) -> None:
    """Silence counts only where the institution was told."""
    notify_institution(
        institution=request.contract.institution,
        kind="refund_asked",
        params={
            "number": request.contract.number,
            "answer_by_on": request.answer_deadline.due_on.isoformat(),
        },
        cause=f"refund:{request.public_id}:asked",
        page=f"/portal/refunds/{request.public_id}/",
        about=request_subject(request),
        actor=actor,
        at=at,
    )


def _values(states: frozenset[RefundState]) -> list[str]:
    return [state.value for state in states]
