"""An abnormal closure over many contracts, signed and about to be paid."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from fees.models import (
    ClosurePlan,
    Contract,
    EscrowAccount,
    LedgerAccount,
    LedgerCommand,
    Posting,
)
from fees.services.closures import prepare_closure, sign_closure
from fees.services.movements import record_movement
from fees.services.posting import open_ledger
from regulator.jobs.models import Job
from regulator.kernel.actors import SYSTEM, Actor
from tests.audited import unaudited
from tests.district import DIVISION
from tests.fees.ground import active_account, approved_class
from tests.killing.harness import lose_messages
from tests.killing.ledger import AT, DAY, PER_CONTRACT, contract_of

OWED_FEN = 1000_00
TAKEN_FEN = 400_00
DEPOSIT_FEN = 5_000_00
_DRAWN = re.compile(
    r"\('(?:occurred_at|code|sha256)', '[^']*'\), |'(?:code|facts_digest|sha256)': '[^']*'"
)


def closure_of(contracts: int) -> tuple[ClosurePlan, Job]:
    """A signed plan: each is owed 1,000 yuan, a court took 400 of each, a deposit helps."""
    escrow = active_account(on=DAY)
    with unaudited():
        _paid(escrow, contracts)
        deposit = _deposit_of(escrow)
    _moved(escrow, "seizure", contracts * TAKEN_FEN)
    _moved(deposit, "lesson_deposit_in", DEPOSIT_FEN)
    supervisor = Actor(1, "何倩", "fee_supervisor", DIVISION, "education")
    leader = Actor(2, "高远", "district_leader", DIVISION, "education")
    plan = prepare_closure(escrow=escrow, reason="负责人失联", actor=supervisor, at=AT)
    lose_messages()
    plan = sign_closure(plan, actor=leader, at=AT)
    assert plan.job is not None
    return plan, Job.objects.get(public_id=plan.job)


def timeless(state: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """An end state without the moments of events, the drawn codes of papers and their hashes."""
    found: dict[str, Counter[str]] = {}
    for label, rows in state.items():
        found[label] = Counter()
        for row, times in rows.items():
            found[label][_DRAWN.sub("", row)] += times
    return found


def _paid(escrow: EscrowAccount, contracts: int) -> None:
    filing = approved_class(escrow.institution, 0, lesson_count=PER_CONTRACT)
    made = Contract.objects.bulk_create(
        contract_of(escrow, filing, place) for place in range(contracts)
    )
    accounts = LedgerAccount.objects.bulk_create(
        LedgerAccount(escrow=escrow, kind="contract", contract=one, side=-1) for one in made
    )
    command = LedgerCommand.objects.create(
        escrow=escrow, key="ground", kind="ground", digest="0" * 64, booked_on=DAY, posted_at=AT
    )
    bank = LedgerAccount.objects.get(escrow=escrow, kind="bank")
    Posting.objects.bulk_create(
        Posting(
            command=command, position=place, debit=bank, credit=account, amount_fen=OWED_FEN,
            rule="payment", cause=f"contract:{account.contract_id}", booked_on=DAY,
        )
        for place, account in enumerate(accounts, start=1)
    )  # fmt: skip


def _deposit_of(escrow: EscrowAccount) -> EscrowAccount:
    deposit = EscrowAccount.objects.create(
        institution=escrow.institution, kind="lesson_deposit", bank_name="城东农商银行",
        state="active", opened_on=DAY, active_on=date(2026, 10, 1),
    )  # fmt: skip
    open_ledger(deposit)
    return deposit


def _moved(escrow: EscrowAccount, rule: str, amount_fen: int) -> None:
    record_movement(
        escrow=escrow, rule=rule, amount_fen=amount_fen, reference="法院文书1", key=rule,
        booked_on=DAY, actor=SYSTEM, at=AT,
    )  # fmt: skip
