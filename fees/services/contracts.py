"""A contract: signed, paid, corrected, read, erased. Its money is the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fees.core.escrow_states import AccountKind
from fees.core.ledger.accounts import SIDES, LedgerKind
from fees.core.ledger.commands import simple_entry
from fees.core.sale_limits import sale_refusals
from fees.models import Contract, EscrowAccount, LedgerAccount
from fees.selectors.contracts import CONTRACT_SUBJECT, account_money
from fees.selectors.sales import sale_facts
from fees.services.movements import account_faults, amount_faults
from fees.services.posting import Claim, Order, Telling, claim_command, open_ledger, post_entries
from fees.services.records import day_of, require_edit
from institutions.core.notice_contacts import contact_refusals, plain_mobile
from institutions.core.notice_deliveries import masked_mobile
from institutions.core.papers.handing import masked
from institutions.models import Filing, Institution
from institutions.selectors.filings_screening import screening_context
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index, erase_subject, open_text, seal_texts
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused
from regulator.kernel.workdays import add_months

INVOICE = LegalBasis("中华人民共和国发票管理办法", "", "第十八条")
CONSENT = LegalBasis("中华人民共和国个人信息保护法", "", "第三十一条")
_PUPIL_PURPOSE = "fees.pupil"
# 民法典 art. 188: claims expire after three years; until then both sides may need the record.
_KEPT_MONTHS = 36
_MOST_LESSONS = 1000


@dataclass(frozen=True)
class ContractDraft:
    """What is entered of a contract; amounts in fen, `ends_on` is the last day."""

    number: str
    filing: Filing
    pupil_name: str
    guardian_name: str
    guardian_phone: str
    consent_version: str
    consented_on: date | None
    lesson_count: int
    price_fen: int
    signed_on: date
    gift_count: int = 0
    list_price_fen: int = 0
    gift_terms: str = "free"
    charging: str = "lesson"
    cooling_off_days: int = 7


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
        faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,))
        faults += _draft_faults(institution, draft, on=day_of(at))
        faults += _sale_faults(institution, draft)
        if faults:
            raise Refused(faults)
        contract = _entered(institution, escrow, draft)
        contract.save()
        open_ledger(escrow)
        LedgerAccount.objects.create(
            escrow=escrow,
            contract=contract,
            kind=LedgerKind.CONTRACT.value,
            side=SIDES[LedgerKind.CONTRACT],
        )
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="contract.signed",
            subject=contract_subject(contract),
            new=_as_recorded(contract),
            occurred_at=at,
        )
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
        faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,))
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
    texts = (contract.pupil_name, contract.guardian_name, contract.guardian_phone)
    return PersonalPart(*map(open_text, texts))


def erase_personal_part(contract: Contract, *, reason: str, actor: Actor, at: datetime) -> None:
    """Delete names and telephone for good; the money's record stays. Raises Refused.

    Not while money of the contract is held or the retention runs, unless the guardian asks for it
    (a reason is given); the key of the contract is what is deleted.
    """
    require_keep(actor, contract.institution)
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        faults = []
        if account_money(locked).balance_fen:
            faults.append(Refusal("contract.money_held"))
        if not reason.strip() and day_of(at) < locked.delete_on:
            faults.append(Refusal("contract.kept_until", {"day": locked.delete_on.isoformat()}))
        if faults:
            raise Refused(faults)
        locked.pupil_name = locked.guardian_name = locked.guardian_phone = ""
        locked.pupil_shown = locked.phone_shown = locked.pupil_index = ""
        locked.save(
            update_fields=[
                "pupil_name",
                "guardian_name",
                "guardian_phone",
                "pupil_shown",
                "phone_shown",
                "pupil_index",
            ]
        )
        erase_subject(locked.public_id)
        _tell(locked, "contract.personal_erased", reason, actor, at)


def pupil_key(institution: Institution, pupil_name: str, phone: str) -> str:
    """The keyed digest by which one pupil's contracts of an institution are found."""
    text = f"{institution.pk}|{pupil_name.strip()}|{plain_mobile(phone)}"
    return blind_index(text, purpose=_PUPIL_PURPOSE)


def contract_subject(contract: Contract) -> Subject:
    """How the chain names a contract: by its number, never by a person."""
    return Subject(CONTRACT_SUBJECT, str(contract.public_id), contract.number)


def _tell(contract: Contract, kind: str, reason: str, actor: Actor, at: datetime) -> None:
    append_event(
        division=contract.institution.division_id,
        actor=actor,
        kind=kind,
        subject=contract_subject(contract),
        reason=reason.strip(),
        occurred_at=at,
    )


def _entered(institution: Institution, escrow: EscrowAccount, draft: ContractDraft) -> Contract:
    phone = plain_mobile(draft.guardian_phone)
    contract = Contract(
        institution=institution,
        escrow=escrow,
        filing=draft.filing,
        number=draft.number.strip(),
        pupil_index=pupil_key(institution, draft.pupil_name, phone),
        pupil_shown=masked(draft.pupil_name),
        phone_shown=masked_mobile(phone),
        consent_version=draft.consent_version.strip(),
        consented_on=draft.consented_on or draft.signed_on,  # refused before where it is missing
        delete_on=add_months(draft.filing.ends_on, _KEPT_MONTHS),
        charging=draft.charging,
        lesson_count=draft.lesson_count,
        gift_count=draft.gift_count,
        price_fen=draft.price_fen,
        list_price_fen=draft.list_price_fen,
        gift_terms=draft.gift_terms,
        cooling_off_days=draft.cooling_off_days,
        signed_on=draft.signed_on,
        starts_on=draft.filing.starts_on,
        ends_on=draft.filing.ends_on,
    )
    contract.pupil_name, contract.guardian_name, contract.guardian_phone = seal_texts(
        [draft.pupil_name.strip(), draft.guardian_name.strip(), phone], subject=contract.public_id
    )
    return contract


def _draft_faults(institution: Institution, draft: ContractDraft, *, on: date) -> list[Refusal]:
    faults = []
    for text, code in (
        (draft.number, "contract.number_missing"),
        (draft.pupil_name, "contract.pupil_missing"),
        (draft.guardian_name, "contract.guardian_missing"),
    ):
        if not text.strip():
            faults.append(Refusal(code))
    phone = plain_mobile(draft.guardian_phone)
    if not phone or contact_refusals(email="", mobile=phone):
        faults.append(Refusal("contract.phone_unreadable"))
    if not draft.consent_version.strip() or draft.consented_on is None or draft.consented_on > on:
        faults.append(Refusal("contract.consent_missing", {}, CONSENT, "contract.remedy_consent"))
    if draft.filing.institution_id != institution.pk:
        faults.append(Refusal("contract.other_institution"))
    if not 0 < draft.lesson_count <= _MOST_LESSONS or not 0 <= draft.gift_count <= _MOST_LESSONS:
        faults.append(Refusal("contract.lessons_unreadable", {"most": _MOST_LESSONS}))
    faults += amount_faults(draft.price_fen)
    taken = Contract.objects.filter(institution=institution, number=draft.number.strip())
    if taken.exists():
        faults.append(Refusal("contract.number_taken", {"number": draft.number.strip()}))
    return faults


def _sale_faults(institution: Institution, draft: ContractDraft) -> tuple[Refusal, ...]:
    """What the limits of a sale say, by the law of the day it is charged."""
    facts = sale_facts(
        institution,
        draft.filing,
        charged_on=draft.signed_on,
        lessons=draft.lesson_count,
        gifts=draft.gift_count,
        price_fen=draft.price_fen,
        pupil_index=pupil_key(institution, draft.pupil_name, draft.guardian_phone),
        by_lesson=draft.charging == "lesson",
    )
    return sale_refusals(facts, screening_context(institution.division_id, draft.signed_on).limits)


def _payment_faults(contract: Contract, amount_fen: int, invoice_number: str) -> list[Refusal]:
    faults = amount_faults(amount_fen)
    if not invoice_number.strip():
        faults.append(Refusal("ledger.invoice_missing", {}, INVOICE))
    if contract.closed_on:
        faults.append(Refusal("contract.closed"))
    if account_money(contract).paid_fen + amount_fen > contract.price_fen:
        faults.append(Refusal("contract.overpaid", {}, None, "contract.remedy_overpaid"))
    return faults


def _as_recorded(contract: Contract) -> dict[str, object]:
    """What the chain keeps: terms and consent, and the pupil only as a keyed digest."""
    return {
        "number": contract.number,
        "pupil": contract.pupil_index,
        "consent_version": contract.consent_version,
        "consented_on": contract.consented_on,
        "filing": contract.filing.number,
        "lesson_count": contract.lesson_count,
        "gift_count": contract.gift_count,
        "price_fen": contract.price_fen,
        "list_price_fen": contract.list_price_fen,
        "delete_on": contract.delete_on,
    }
