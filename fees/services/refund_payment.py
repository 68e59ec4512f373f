"""The bureau's part of a request for a refund: its amount is fixed, paid, and the case closed.

An officer names the cause; the calculation follows, frozen with its articles. What is paid is
what was decided: where lessons were taught or voided meanwhile, it has to be decided anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from fees.core.refund_states import TRANSITIONS, MoveFacts, RefundState
from fees.core.refunds import Cause, Line, Refund
from fees.models import RefundRequest
from fees.services.records import day_of
from fees.services.refund_requests import (
    lock_request,
    proposal_of,
    record,
    refuse,
    request_subject,
    require_of,
)
from fees.services.settlements import settle_contract
from institutions.core.papers.kinds import PaperKind
from institutions.services.notices import notify_institution
from institutions.services.papers import issue_paper
from regulator.calendars.services import close_deadline
from regulator.database.sealing import seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import InvariantError

# Papers are printed in Chinese, whatever the officer's language.
_GROUNDS = {
    "before_start": "申请时课程还没有开始，应当全额退还",
    "no_reason": "申请时付款未满七日，适用无理由退款",
    "pro_rata": "申请时课程已经开始，应当扣除已上的课",
}
_PRINTED = {
    "paid": "家长已付 %(amount)s 元",
    "delivered_discounted": "已上 %(quantity)s 课，按实付价格扣除 %(amount)s 元",
    "delivered_list": "已上 %(quantity)s 课，按原价每课 %(unit)s 元扣除 %(amount)s 元",
    "gifts_free": "已用赠课 %(quantity)s 课，不折价",
    "gifts_list": "已用赠课 %(quantity)s 课，按合同约定每课 %(unit)s 元扣除 %(amount)s 元",
    "settled": "此前已经结算 %(amount)s 元",
    "interest": "按专户实际利率计 %(quantity)s 天利息 %(amount)s 元",
    "nothing_owed": "扣除多于已付的 %(amount)s 元，家长不倒找",
}


@dataclass(frozen=True)
class Finding:
    """What the officer found: the cause, whether the same service was had before, and why."""

    cause: Cause | None
    had_service_before: bool
    reason: str


def decide_refund(
    request: RefundRequest, finding: Finding, *, actor: Actor, at: datetime
) -> RefundRequest:
    """Fix cause and amount. After an appeal another person does it. Raises Refused."""
    move = TRANSITIONS["decide"]
    require_of(actor, move.action, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        calculation = proposal_of(
            locked.contract,
            asked_on=locked.asked_on,
            cause=finding.cause or Cause.NO_FAULT,
            had_service_before=finding.had_service_before,
        )
        facts = MoveFacts(
            RefundState(locked.state),
            on,
            finding.reason,
            cause=finding.cause,
            due_fen=None if calculation is None else _due_fen(calculation),
            decided_by=locked.decided_by_user,
            actor=actor.user_id,
        )
        refuse(locked, "decide", facts)
        if calculation is None or finding.cause is None:
            raise InvariantError("核定没有算式。")
        sealed = seal_text(finding.reason.strip(), subject=locked.contract.public_id)
        locked.decide(on=on, by_user=actor.user_id, by=actor.name, sealed_reason=sealed)
        locked.cause = finding.cause.value
        locked.had_service_before = finding.had_service_before
        locked.calculation = frozen(calculation)
        locked.refund_fen, locked.forfeit_fen = calculation.refund_fen, calculation.forfeit_fen
        _issue_notice(locked, calculation, actor=actor, at=at)
        locked.save()
        new = {
            "cause": locked.cause,
            "refund_fen": locked.refund_fen,
            "forfeit_fen": locked.forfeit_fen,
            "ground": calculation.ground,
        }
        record(locked, "decide", actor=actor, at=at, new=new, basis=_last_basis(calculation))
    return locked


def pay_refund(request: RefundRequest, *, actor: Actor, at: datetime) -> RefundRequest:
    """Book the decided amount out of the account under supervision; ends the contract.

    Raises Refused with every reason: among them that the bank's balance does not reach, or that the
    calculation no longer comes out as it was decided.
    """
    move = TRANSITIONS["pay"]
    require_of(actor, move.action, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        facts = MoveFacts(
            RefundState(locked.state),
            on,
            due_fen=due_fen(locked),
            is_same_calculation=locked.state != RefundState.DECIDED or is_as_decided(locked),
        )
        refuse(locked, "pay", facts)
        key = f"refund:{locked.public_id}:{locked.decided_on}"
        locked.pay(on=on, key=key)
        locked.save(update_fields=["state", "paid_on", "payment_key"])
        close_deadline(locked.payment_deadline, closed_on=on)
        settle_contract(
            contract=locked.contract,
            cause=Cause(locked.cause),
            had_service_before=locked.had_service_before,
            requested_on=locked.asked_on,
            key=key,
            booked_on=on,
            actor=actor,
            at=at,
        )
        record(locked, "pay", actor=actor, at=at, new={"refund_fen": locked.refund_fen, "key": key})
    return locked


def close_request(
    request: RefundRequest, *, reference: str, actor: Actor, at: datetime
) -> RefundRequest:
    """End it: the bank's receipt is there, or the decision was that nothing is due."""
    require_of(actor, TRANSITIONS["close"].action, request.contract)
    on = day_of(at)
    with transaction.atomic():
        locked = lock_request(request)
        facts = MoveFacts(
            RefundState(locked.state), on, due_fen=due_fen(locked), reference=reference
        )
        refuse(locked, "close", facts)
        locked.close(on=on, reference=reference.strip())
        locked.save(update_fields=["state", "closed_on", "bank_reference"])
        close_deadline(locked.payment_deadline, closed_on=on)
        record(locked, "close", actor=actor, at=at, new={"bank_reference": reference.strip()})
    return locked


def _issue_notice(
    request: RefundRequest, calculation: Refund, *, actor: Actor, at: datetime
) -> None:
    """The notice of the decision, numbered, its calculation frozen; the institution is told."""
    institution = request.contract.institution
    amount = f"{format_yuan(calculation.refund_fen)} 元"
    facts = {
        "contract": request.contract.number,
        "received_on": request.asked_on.isoformat(),
        "ground": _GROUNDS[calculation.ground],
        "calculation": [_printed(line) for line in calculation.lines],
        "amount": amount,
        "pay_by": request.payment_deadline.due_on.isoformat(),
    }
    paper = issue_paper(
        institution=institution,
        kind=PaperKind.REFUND_DECISION,
        facts=facts,
        issued_on=day_of(at),
        actor=actor,
        at=at,
    )
    request.paper = paper.public_id
    notify_institution(
        institution=institution,
        kind="refund_decided",
        params={
            "number": request.contract.number,
            "amount": amount,
            "pay_by_on": request.payment_deadline.due_on.isoformat(),
        },
        cause=f"refund:{request.public_id}:decided:{paper.public_id}",
        page=f"/portal/refunds/{request.public_id}/",
        about=request_subject(request),
        actor=actor,
        at=at,
    )


def _printed(line: Line) -> dict[str, str]:
    """A line as the notice prints it; papers are in Chinese, whoever issues them."""
    words = _PRINTED[line.code] % {
        "quantity": line.quantity,
        "unit": "" if line.unit_fen is None else format_yuan(line.unit_fen),
        "amount": format_yuan(abs(line.amount_fen)),
    }
    return {"text": words, "basis": line.basis.cite()}


def frozen(calculation: Refund) -> dict[str, Any]:
    """A calculation as JSON: every line with its article, the term with its source."""
    return {
        "lines": [
            {
                "code": line.code,
                "quantity": line.quantity,
                "unit_fen": line.unit_fen,
                "amount_fen": line.amount_fen,
                "basis": _basis(line.basis),
            }
            for line in calculation.lines
        ],
        "refund_fen": calculation.refund_fen,
        "forfeit_fen": calculation.forfeit_fen,
        "ground": calculation.ground,
        "term": calculation.term,
        "term_unit": calculation.term_unit.value,
        "term_basis": _basis(calculation.term_basis),
    } | ({"interest_fen": calculation.interest_fen} if calculation.interest_fen else {})


def due_fen(request: RefundRequest) -> int | None:
    """What the decision gives parent and institution together; None before one."""
    if request.refund_fen is None or request.forfeit_fen is None:
        return None
    return request.refund_fen + request.forfeit_fen


def is_as_decided(request: RefundRequest) -> bool:
    """Whether the calculation still comes out as it was decided."""
    if not request.cause:
        return False
    now = proposal_of(
        request.contract,
        asked_on=request.asked_on,
        cause=Cause(request.cause),
        had_service_before=request.had_service_before,
    )
    return now is not None and frozen(now) == request.calculation


def _last_basis(calculation: Refund) -> LegalBasis:
    """The article that the principal rests on last."""
    return [line for line in calculation.lines if line.code != "interest"][-1].basis


def _due_fen(calculation: Refund) -> int:
    return calculation.refund_fen + calculation.forfeit_fen


def _basis(basis: LegalBasis) -> Mapping[str, str]:
    return {"cite": basis.cite(), "article": basis.article}
