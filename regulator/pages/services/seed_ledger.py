"""The fictional ledger: a few contracts of classes that run now, paid, taught, partly settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from fees.core.refunds import Cause
from fees.models import Contract, EscrowAccount
from fees.selectors.accounts import accounts_of
from fees.services.contract_entry import ContractDraft
from fees.services.contracts import receive_payment, sign_contract
from fees.services.lessons import (
    confirm_lesson,
    notify_parents,
    object_to_lesson,
    reserve_lesson,
)
from fees.services.movements import record_movement
from fees.services.release_runs import release_due
from fees.services.settlements import settle_contract
from institutions.models import Filing
from institutions.selectors.filings import approved_filings
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.pages.core.demo_institutions import person_name
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_INSTITUTIONS, _CONTRACTS, _TAUGHT = 6, 4, 3
_CONSENT = "2026-1"


def seed_ledger(seeded: Iterable[Seeded], *, staff: Staff, today: date, random: Random) -> int:
    """Contracts under some accounts, their lessons in every state; returns how many there are."""
    supervisor = staff.actor("fee_supervisor")
    signed = done = 0
    for one in seeded:
        escrow = next(iter(accounts_of(one.institution).filter(state="active")), None)
        filing = _running_class(one, today)
        if escrow is None or filing is None or escrow.kind != "custody":
            continue
        contracts = _sell(escrow, filing, supervisor, random)
        if not contracts:
            continue
        _teach(contracts, supervisor, today)
        _settle(escrow, contracts, supervisor, today)
        signed += len(contracts)
        done += 1
        if done == _INSTITUTIONS:
            break
    return signed


def _running_class(one: Seeded, today: date) -> Filing | None:
    classes = approved_filings(one.institution).filter(starts_on__lte=today)
    return classes.filter(ends_on__gte=today - timedelta(days=120)).order_by("-starts_on").first()


def _sell(
    escrow: EscrowAccount, filing: Filing, supervisor: Actor, random: Random
) -> list[Contract]:
    signed_on = filing.starts_on - timedelta(days=3)
    contracts = []
    for number in range(1, _CONTRACTS + 1):
        name = person_name(random)
        draft = ContractDraft(
            number=f"{filing.number}-{number:02d}",
            filing=filing,
            pupil_name=name,
            guardian_name=f"{name[:1]}家长",
            guardian_phone=f"139{random.randint(0, 99999999):08d}",
            consent_version=_CONSENT,
            consented_on=signed_on,
            lesson_count=filing.lesson_count,
            price_fen=filing.fee_fen,
            list_price_fen=filing.fee_fen * 5 // 4 // filing.lesson_count,
            signed_on=signed_on,
        )
        try:
            contract = sign_contract(
                escrow=escrow, draft=draft, actor=supervisor, at=moment(signed_on)
            )
        except Refused:  # a class beyond the limits sells nothing, here too
            return []
        receive_payment(
            contract=contract,
            amount_fen=contract.price_fen,
            invoice_number=f"2651{contract.pk:016d}",
            key=f"seed:pay:{contract.pk}",
            booked_on=signed_on,
            actor=supervisor,
            at=moment(signed_on),
        )
        contracts.append(contract)
    return contracts


def _teach(contracts: list[Contract], supervisor: Actor, today: date) -> None:
    """Lessons once a week; the first is confirmed, one is objected to, the rest wait."""
    for place, contract in enumerate(contracts):
        for number in range(1, min(_TAUGHT, contract.lesson_count) + 1):
            taught_on = contract.starts_on + timedelta(days=7 * (number - 1))
            if taught_on > today:
                break
            lesson = reserve_lesson(
                contract=contract,
                number=number,
                taught_on=taught_on,
                key=f"seed:lesson:{contract.pk}:{number}",
                actor=supervisor,
                at=moment(taught_on),
            )
            notify_parents(lessons=[lesson], actor=supervisor, at=moment(taught_on))
            if number == 1:
                confirm_lesson(lesson=lesson, actor=supervisor, at=moment(taught_on))
            elif place == 0 and number == 2:
                object_to_lesson(
                    lesson=lesson,
                    reason="孩子当天没有上课",
                    actor=supervisor,
                    at=moment(taught_on),
                )


def _settle(
    escrow: EscrowAccount, contracts: list[Contract], supervisor: Actor, today: date
) -> None:
    """What is due is released and paid out; the last parent asked for a refund."""
    at = moment(today)
    done = release_due(escrow=escrow, on=today, after=0, actor=supervisor, at=at)
    if done.amount_fen:
        record_movement(
            escrow=escrow,
            rule="payout",
            amount_fen=done.amount_fen,
            reference=f"划款{today:%Y%m%d}",
            key=f"seed:payout:{escrow.pk}",
            booked_on=today,
            actor=supervisor,
            at=at,
        )
    settle_contract(
        contract=contracts[-1],
        cause=Cause.CONSUMER,
        had_service_before=False,
        requested_on=today,
        key=f"seed:settle:{contracts[-1].pk}",
        booked_on=today,
        actor=supervisor,
        at=at,
    )
