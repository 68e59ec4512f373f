"""A sale as it is entered: sold, or refused and on record; money that came in anyway goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fees.models import Contract, EscrowAccount, RefusedSale
from fees.services.contract_entry import ContractDraft
from fees.services.contracts import sign_contract
from fees.services.movements import record_movement
from fees.services.records import day_of, require_edit
from institutions.models import Institution
from regulator.audit.services import EventDraft, Subject, append_event, append_events
from regulator.calendars.selectors import workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.kernel.workdays import add_workdays

SALE_SUBJECT = "refused_sale"
# 成都 2023 charging notice: what was paid before the class starts goes back in five working days.
_RETURN_WORKDAYS = 5
_LOAN_CODE = "sale.training_loan"
_JUDGED = ("sale.", "escrow.held", "ledger.account_not_active")


def enter_contract(
    *, escrow: EscrowAccount, draft: ContractDraft, actor: Actor, at: datetime
) -> Contract:
    """Sign a contract, or keep on record why it was not sold. Raises Refused with every reason.

    A form that is merely incomplete is no sale and is not kept. A training loan becomes a finding.
    """
    try:
        return sign_contract(escrow=escrow, draft=draft, actor=actor, at=at)
    except Refused as refused:
        if is_judged(refused.refusals):
            _record_refused(escrow, draft, refused.refusals, actor, at)
        raise


def receive_irregular(
    sale: RefusedSale,
    *,
    amount_fen: int,
    reference: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> RefusedSale:
    """Book money that came in for a refused sale; it is due back in five working days.

    Raises Refused: booked before, no amount, no reference of the bank.
    """
    require_edit(actor, sale.institution)
    with transaction.atomic():
        locked = _locked(sale)
        if locked.received_on is not None:
            raise Refused(Refusal("irregular.received_already"))
        _move(locked, "irregular_receipt", amount_fen, reference, booked_on, actor, at)
        table = workday_table(locked.institution.division_id)
        locked.received_fen, locked.received_on = amount_fen, booked_on
        locked.reference = reference.strip()[:80]
        locked.refund_due_on = add_workdays(booked_on, _RETURN_WORKDAYS, table).due_on
        locked.save(update_fields=["received_fen", "received_on", "reference", "refund_due_on"])
        new = {"amount_fen": amount_fen, "refund_due_on": locked.refund_due_on}
        _tell(locked, "sale.money_arrived", new, actor, at)
    return locked


def return_irregular(
    sale: RefusedSale, *, reference: str, booked_on: date, actor: Actor, at: datetime
) -> RefusedSale:
    """Book that the money went back the way it came. Raises Refused."""
    require_edit(actor, sale.institution)
    with transaction.atomic():
        locked = _locked(sale)
        if locked.received_on is None:
            raise Refused(Refusal("irregular.nothing_received"))
        if locked.refunded_on is not None:
            raise Refused(Refusal("irregular.refunded_already"))
        amount_fen = locked.received_fen
        _move(locked, "irregular_refund", amount_fen, reference, booked_on, actor, at)
        locked.refunded_on = booked_on
        locked.save(update_fields=["refunded_on"])
        _tell(locked, "sale.money_returned", {"amount_fen": amount_fen}, actor, at)
    return locked


def is_judged(refusals: Sequence[Refusal]) -> bool:
    """Whether a sale was refused, and not only a form left incomplete."""
    return any(one.code.startswith(_JUDGED) for one in refusals)


def keep_refused_sale(
    *,
    escrow: EscrowAccount,
    draft: ContractDraft,
    refusals: Sequence[Refusal],
    actor: Actor,
    at: datetime,
) -> EventDraft | None:
    """Keep a refused sale, and what the chain is told; None where the same is kept already.

    Inside the caller's transaction, under the institution's lock.
    """
    reasons: list[Any] = [[one.code, _as_json(one)] for one in refusals]
    number, by_loan = draft.number.strip()[:60], any(one.code == _LOAN_CODE for one in refusals)
    before = RefusedSale.objects.filter(institution=escrow.institution_id, number=number)
    if number and reasons in before.values_list("reasons", flat=True):
        return None
    sale = RefusedSale.objects.create(
        institution_id=escrow.institution_id,
        escrow=escrow,
        filing=draft.filing,
        number=number,
        price_fen=draft.price_fen,
        lesson_count=max(0, draft.lesson_count),
        means=draft.means,
        by_loan=by_loan,
        reasons=reasons,
        refused_on=day_of(at),
        refused_at=at,
        entered_by=actor.name,
    )
    kind = "sale.loan_found" if by_loan else "sale.refused"
    new = {"filing": draft.filing.number, "reasons": [one.code for one in refusals]}
    subject = Subject(SALE_SUBJECT, str(sale.public_id), escrow.institution.name)
    return EventDraft(kind, subject, new=new)


def _record_refused(
    escrow: EscrowAccount,
    draft: ContractDraft,
    refusals: Sequence[Refusal],
    actor: Actor,
    at: datetime,
) -> None:
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=escrow.institution_id)
        told = keep_refused_sale(escrow=escrow, draft=draft, refusals=refusals, actor=actor, at=at)
        drafts = [] if told is None else [told]
        append_events(division=institution.division_id, actor=actor, drafts=drafts, occurred_at=at)


def _as_json(refusal: Refusal) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in refusal.params.items()
    }


def _locked(sale: RefusedSale) -> RefusedSale:
    rows = RefusedSale.objects.select_for_update(of=("self",))
    return rows.select_related("institution", "escrow__institution").get(pk=sale.pk)


def _move(
    sale: RefusedSale,
    rule: str,
    amount_fen: int,
    reference: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> None:
    record_movement(
        escrow=sale.escrow,
        rule=rule,
        amount_fen=amount_fen,
        reference=reference,
        key=f"{rule}:{sale.pk}",
        booked_on=booked_on,
        actor=actor,
        at=at,
    )


def _tell(
    sale: RefusedSale, kind: str, new: Mapping[str, object], actor: Actor, at: datetime
) -> None:
    append_event(
        division=sale.institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SALE_SUBJECT, str(sale.public_id), sale.institution.name),
        new=new,
        occurred_at=at,
    )
