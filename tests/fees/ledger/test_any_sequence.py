"""Any sequence of commands over the real services conserves money and equals the ten-line model.

Each command may be sent again under its key, and commands of two contracts are interleaved.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fees.core.refunds import Cause
from fees.models import Contract, LedgerAccount, Lesson, Posting
from fees.selectors.reconciling import differences
from fees.services.contracts import sign_contract
from fees.services.lessons import confirm_lesson, release_lesson, reserve_lesson, void_lesson
from fees.services.movements import record_movement
from fees.services.release_runs import release_due
from fees.services.settlements import settle_contract
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.core.ledger.reference import Pots
from tests.fees.ledger.conftest import DAY, draft_of, pay

MOVEMENTS = [
    "irregular_receipt", "irregular_refund", "payout", "bank_fee", "bank_fee_repaid",
    "bank_fee_from_payable", "interest", "interest_paid", "seizure", "shortfall_repaid",
]  # fmt: skip
AMOUNTS = st.sampled_from([1, 79_99, 80_00, 400_00, 3200_00])


class Ledger(RuleBasedStateMachine):
    """The services on one side, pots of money on the other."""

    contracts: tuple[Contract, ...]
    played: list[int]  # postings at the end of each run

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.pots, self.keys = Pots(), count(1)
        self.escrow = self.contracts[0].escrow

    @initialize()
    def begin(self):
        for place in (0, 1):
            self.pay(place, 3200_00)

    def teardown(self) -> None:
        assert list(differences()) == []
        self.played.append(Posting.objects.count())
        transaction.savepoint_rollback(self.point)

    def twice(self, work) -> bool:
        """Whether the command was carried out; sent again it must say and change the same."""
        key = f"key-{next(self.keys)}"
        try:
            with transaction.atomic():
                work(key)
        except Refused:
            return False
        work(key)
        return True

    @rule(place=st.integers(0, 1), amount_fen=AMOUNTS)
    def pay(self, place, amount_fen):
        contract = self.contracts[place]
        if self.twice(lambda key: pay(contract, amount_fen, key)):
            assert self.pots.do("payment", amount_fen, contract=contract.pk)

    @rule(name=st.sampled_from(MOVEMENTS), amount_fen=AMOUNTS)
    def move(self, name, amount_fen):
        done = self.twice(
            lambda key: record_movement(
                escrow=self.escrow, rule=name, amount_fen=amount_fen, reference="回单", key=key,
                booked_on=DAY, actor=SYSTEM, at=AT,
            )
        )  # fmt: skip
        assert self.pots.do(name, amount_fen) is done

    @rule(place=st.integers(0, 1), number=st.integers(1, 3))
    def reserve(self, place, number):
        contract = self.contracts[place]
        done = self.twice(
            lambda key: reserve_lesson(
                contract=contract, number=number, taught_on=date(2026, 9, 12), key=key,
                actor=SYSTEM, at=AT,
            )
        )  # fmt: skip
        if done:
            assert self.pots.do("lesson_reserve", 80_00, contract=contract.pk)

    @rule(pick=st.integers(0, 5))
    def confirm(self, pick):
        for lesson in Lesson.objects.filter(state="reserved").order_by("pk")[pick : pick + 1]:
            confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)

    @rule(pick=st.integers(0, 5), move=st.sampled_from(["release", "void"]))
    def settle_lesson(self, pick, move):
        for lesson in Lesson.objects.order_by("pk")[pick : pick + 1]:
            if move == "release":
                work = partial(release_lesson, lesson=lesson)
            else:
                work = partial(void_lesson, lesson=lesson, reason="未上课")
            done = self.twice(partial(_keyed, work))
            if done:
                assert self.pots.do(f"lesson_{move}", 80_00, contract=lesson.contract_id)

    @rule()
    def release_all(self):
        for _ in range(2):
            chunk = release_due(escrow=self.escrow, on=DAY, after=0, actor=SYSTEM, at=AT)
            if chunk.amount_fen:
                assert self.pots.do("lesson_release", chunk.amount_fen)

    @rule(place=st.integers(0, 1), cause=st.sampled_from(Cause))
    def settle(self, place, cause):
        contract, found = self.contracts[place], []
        done = self.twice(
            lambda key: found.append(
                settle_contract(
                    contract=contract, cause=cause, had_service_before=False, requested_on=DAY,
                    key=key, booked_on=DAY, actor=SYSTEM, at=AT,
                )
            )
        )  # fmt: skip
        if done:
            refund, repeated = found
            assert repeated is None
            for name, fen in (
                ("forfeit", refund.forfeit_fen),
                ("refund", refund.refund_fen - refund.interest_fen),
                ("interest_paid", refund.interest_fen),
            ):
                if fen:
                    assert self.pots.do(name, fen, contract=contract.pk)

    @invariant()
    def the_database_equals_the_model(self):
        rows = LedgerAccount.objects.filter(balance_fen__gt=0)
        book = {f"{row.kind}{row.contract_id or ''}": row.balance_fen for row in rows}
        assert book == {name: fen for name, fen in self.pots.fen.items() if fen}


def _keyed(work, key):
    return work(key=key, actor=SYSTEM, at=AT)


def test_any_sequence_repeated_and_interleaved_equals_the_model(contract, active, filing):
    from_draft = second_contract(active, filing)
    machine = type("ThisLedger", (Ledger,), {"contracts": (contract, from_draft), "played": []})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert min(machine.played) > 0, "every run booked the two first payments at least"
    assert Posting.objects.count() == 0


def second_contract(active, filing) -> Contract:
    return sign_contract(escrow=active, draft=draft_of(filing, "HT-2"), actor=SYSTEM, at=AT)
