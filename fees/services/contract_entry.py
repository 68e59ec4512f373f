"""Entering a contract: what was drafted, every reason against it, and the rows that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fees.core.escrow_states import AccountKind
from fees.core.ledger.accounts import SIDES, LedgerKind
from fees.core.sale_limits import sale_refusals
from fees.models import Contract, EscrowAccount, LedgerAccount
from fees.selectors.contracts import CONTRACT_SUBJECT
from fees.selectors.sales import sale_facts
from fees.services.movements import account_faults, amount_faults
from fees.services.posting import open_ledger
from institutions.core.notice_contacts import contact_refusals, plain_mobile
from institutions.core.notice_deliveries import masked_mobile
from institutions.core.papers.handing import masked
from institutions.core.screening.engine import ScreeningContext
from institutions.models import Filing, Institution
from institutions.selectors.filings_screening import screening_context
from regulator.audit.services import EventDraft, Subject, append_event
from regulator.database.sealing import blind_index, seal_texts
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import add_months

CONSENT = LegalBasis("中华人民共和国个人信息保护法", "", "第三十一条")
AFTER = "after"
_PUPIL_PURPOSE = "fees.pupil"
# 民法典 art. 188: claims expire after three years; until then both sides may need the record.
_KEPT_MONTHS = 36
_MOST_LESSONS = 1000
ContextOn = Callable[[str, date], ScreeningContext]


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
    means: str = "transfer"


def entry_faults(
    *,
    institution: Institution,
    escrow: EscrowAccount,
    draft: ContractDraft,
    on: date,
    context_on: ContextOn = screening_context,
) -> list[Refusal]:
    """Everything against a contract: the account, the draft itself, the limits of a sale.

    `context_on` gives the division's law of a day; many contracts are held against one reading.
    """
    faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,))
    faults += _draft_faults(institution, draft, on=on)
    faults += _sale_faults(institution, draft, context_on(institution.division_id, draft.signed_on))
    return faults


def keep_contract(
    *, institution: Institution, escrow: EscrowAccount, draft: ContractDraft
) -> tuple[Contract, EventDraft]:
    """Save a contract without faults with its account in the ledger, and what the chain is told.

    Inside the caller's transaction, under the institution's lock.
    """
    contract = _entered(institution, escrow, draft)
    contract.save()
    open_ledger(escrow)
    LedgerAccount.objects.create(
        escrow=escrow,
        contract=contract,
        kind=LedgerKind.CONTRACT.value,
        side=SIDES[LedgerKind.CONTRACT],
    )
    told = EventDraft("contract.signed", contract_subject(contract), new=_as_recorded(contract))
    return contract, told


def pupil_key(institution: Institution, pupil_name: str, phone: str) -> str:
    """The keyed digest by which one pupil's contracts of an institution are found."""
    text = f"{institution.pk}|{pupil_name.strip()}|{plain_mobile(phone)}"
    return blind_index(text, purpose=_PUPIL_PURPOSE)


def contract_subject(contract: Contract) -> Subject:
    """How the chain names a contract: by its number, never by a person."""
    return Subject(CONTRACT_SUBJECT, str(contract.public_id), contract.number)


def record_contract_event(
    contract: Contract, kind: str, new: Mapping[str, str | int], actor: Actor, at: datetime
) -> None:
    """Append what was done about a contract."""
    append_event(
        division=contract.institution.division_id,
        actor=actor,
        kind=kind,
        subject=contract_subject(contract),
        new=new,
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
        means=draft.means,
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
    if (draft.means == AFTER) != (draft.charging == AFTER):
        faults.append(Refusal("sale.after_means"))
    if draft.filing.institution_id != institution.pk:
        faults.append(Refusal("contract.other_institution"))
    if not 0 < draft.lesson_count <= _MOST_LESSONS or not 0 <= draft.gift_count <= _MOST_LESSONS:
        faults.append(Refusal("contract.lessons_unreadable", {"most": _MOST_LESSONS}))
    faults += amount_faults(draft.price_fen)
    taken = Contract.objects.filter(institution=institution, number=draft.number.strip())
    if taken.exists():
        faults.append(Refusal("contract.number_taken", {"number": draft.number.strip()}))
    return faults


def _sale_faults(
    institution: Institution, draft: ContractDraft, context: ScreeningContext
) -> tuple[Refusal, ...]:
    """What the limits of a sale say, by the law of the day it is charged."""
    facts = sale_facts(
        institution,
        draft.filing,
        charged_on=draft.signed_on,
        lessons=draft.lesson_count,
        gifts=draft.gift_count,
        price_fen=draft.price_fen,
        pupil_index=pupil_key(institution, draft.pupil_name, draft.guardian_phone),
        charging=draft.charging,
        means=draft.means,
        context=context,
    )
    return sale_refusals(facts, context.limits)


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
