"""A contract: signed, paid, corrected, read, erased. Its money is the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fees.core.erasure import erasure_refusals
from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.core.ledger.commands import simple_entry
from fees.models import Contract, EscrowAccount
from fees.selectors.contracts import account_money
from fees.selectors.retention import erasure_facts
from fees.services.contract_entry import (
    AFTER,
    ContractDraft,
    contract_subject,
    entry_faults,
    keep_contract,
)
from fees.services.movements import account_faults, amount_faults
from fees.services.posting import Claim, Order, Telling, claim_command, post_entries
from fees.services.records import day_of, require_edit
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import append_event, append_events
from regulator.database.sealing import erase_subject, open_text
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

INVOICE = LegalBasis("中华人民共和国发票管理办法", "", "第十八条")


@dataclass(frozen=True)
class PersonalPart:
    """The names and the telephone in full; never stored, never logged."""

    pupil_name: str
    guardian_name: str
    guardian_phone: str


def require_keep(actor: Actor, institution: Institution) -> None:
    """Raise Refused unless the actor may enter contracts and lessons of the institution."""
    target = Target(division=institution.division_id, institution=str(institution.public_id))
    require(actor, Action.CONTRACT_KEEP, target)


def require_answer(actor: Actor, contract: Contract) -> None:
    """Raise Refused unless the actor is the contract's guardian, or takes down what one says."""
    if actor.role == Role.PARENT and is_guardian(actor, contract):
        return
    require_edit(actor, contract.institution)


def is_guardian(actor: Actor, contract: Contract) -> bool:
    """Whether the actor is a guardian of the contract's pupil today."""
    return contract.guardians.filter(user=actor.user_id, ended_at=None).exists()


def sign_contract(
    *, escrow: EscrowAccount, draft: ContractDraft, actor: Actor, at: datetime
) -> Contract:
    """Enter a contract under a custody account, with its own account in the ledger.

    No pupil without the guardian's recorded consent, and nothing beyond the limits of a sale. Money
    that comes in for a refused sale is booked as an irregular receipt. Raises Refused with every
    reason.
    """
    require_keep(actor, escrow.institution)
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=escrow.institution_id)
        faults = entry_faults(institution=institution, escrow=escrow, draft=draft, on=day_of(at))
        if faults:
            raise Refused(faults)
        contract, told = keep_contract(institution=institution, escrow=escrow, draft=draft)
        append_events(division=institution.division_id, actor=actor, drafts=[told], occurred_at=at)
    return contract


def receive_payment(
    *,
    contract: Contract,
    amount_fen: int,
    invoice_number: str,
    key: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> Claim:
    """Book what a parent paid into the account; every receipt carries its invoice's number.

    Not more than the contract's price is taken: the rest is an irregular receipt. Raises Refused.
    """
    escrow = contract.escrow
    require_edit(actor, escrow.institution)
    request: dict[str, str | int] = {
        "contract": contract.pk,
        "amount_fen": amount_fen,
        "invoice": invoice_number.strip(),
    }
    order = Order(key, "payment", escrow, booked_on, request)
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,), states=SUPERVISED)
        faults += _payment_faults(locked, amount_fen, invoice_number)
        if faults:
            raise Refused(faults)
        entry = simple_entry(
            "payment",
            escrow=escrow.pk,
            contract=contract.pk,
            amount_fen=amount_fen,
            cause=f"contract:{contract.pk}",
        )
        values = {"invoice": invoice_number.strip()}
        telling = Telling(contract_subject(contract), actor, at, "", values)
        post_entries(order, claim, [entry], telling=telling)
    return claim


def read_personal_part(
    contract: Contract, *, reason: str, actor: Actor, at: datetime
) -> PersonalPart:
    """The names and the telephone, for a named purpose that the chain keeps. Raises Refused."""
    require_keep(actor, contract.institution)
    if not reason.strip():
        raise Refused(Refusal("escrow.reason_missing"))
    with transaction.atomic():
        _tell(contract, "contract.personal_read", reason, actor, at)
    return open_personal_part(contract)


def open_personal_part(contract: Contract) -> PersonalPart:
    """The names and the telephone in full, for a caller that told the chain who reads them."""
    texts = (contract.pupil_name, contract.guardian_name, contract.guardian_phone)
    return PersonalPart(*map(open_text, texts))


def erase_personal_part(contract: Contract, *, reason: str, actor: Actor, at: datetime) -> None:
    """Delete names and telephone for good; the money's record stays. Raises Refused.

    Not while money of the contract is held, a lesson waits for an answer or is disputed, a request
    is open, or the retention runs, unless the guardian asks for it (a reason is given); the key of
    the contract is what is deleted. The guardian may do it too.
    """
    if actor.role == Role.PARENT:
        require_answer(actor, contract)
    else:
        require_keep(actor, contract.institution)
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        faults = erasure_faults(locked)
        if not reason.strip() and day_of(at) < locked.delete_on:
            faults.append(Refusal("contract.kept_until", {"day": locked.delete_on.isoformat()}))
        if faults:
            raise Refused(faults)
        locked.pupil_name = locked.guardian_name = locked.guardian_phone = ""
        locked.pupil_shown = locked.phone_shown = locked.pupil_index = ""
        locked.erased_on = day_of(at)
        locked.save(
            update_fields=[
                "pupil_name",
                "guardian_name",
                "guardian_phone",
                "pupil_shown",
                "phone_shown",
                "pupil_index",
                "erased_on",
            ]
        )
        erase_subject(locked.public_id)
        _tell(locked, "contract.personal_erased", reason, actor, at)


def erasure_faults(contract: Contract) -> list[Refusal]:
    """Why names and telephone are still needed: money, an open lesson, an open request."""
    return erasure_refusals(erasure_facts([contract])[contract.pk])


def _tell(contract: Contract, kind: str, reason: str, actor: Actor, at: datetime) -> None:
    append_event(
        division=contract.institution.division_id,
        actor=actor,
        kind=kind,
        subject=contract_subject(contract),
        reason=reason.strip(),
        occurred_at=at,
    )


def _payment_faults(contract: Contract, amount_fen: int, invoice_number: str) -> list[Refusal]:
    faults = amount_faults(amount_fen)
    if contract.charging == AFTER:
        faults.append(Refusal("contract.paid_after", {}, None, "contract.remedy_paid_after"))
    if not invoice_number.strip():
        faults.append(Refusal("ledger.invoice_missing", {}, INVOICE))
    if contract.closed_on:
        faults.append(Refusal("contract.closed"))
    if account_money(contract).paid_fen + amount_fen > contract.price_fen:
        faults.append(Refusal("contract.overpaid", {}, None, "contract.remedy_overpaid"))
    return faults
