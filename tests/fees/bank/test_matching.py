"""Bank, ledger and report: pairs, named differences, who explained what, booking from a line."""

from __future__ import annotations

from datetime import date

import pytest

from fees.models import (
    BankDifference,
    DifferenceNote,
    LineMatch,
    Posting,
    StatementLine,
)
from fees.selectors.bank import open_differences, suggestions_for
from fees.services.bank_matching import (
    accept_match,
    book_line,
    compare_account,
    resolve_difference,
)
from fees.services.movements import record_movement
from fees.services.statements import report_receipts
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.bank.conftest import FEE, PAYMENT
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import held


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def open_codes() -> list[str]:
    return sorted(BankDifference.objects.filter(state="open").values_list("code", flat=True))


def report(escrow, fen, day=1):
    report_receipts(
        escrow=escrow, day=date(2026, 9, day), receipt_count=1, amount_fen=fen, actor=SYSTEM, at=AT
    )


def test_a_payment_with_its_invoice_number_pairs_of_itself(paid, active, read):
    report(active, 3200_00)
    read(PAYMENT + "3200.00")
    match = LineMatch.objects.get()
    assert (match.how, match.posting.rule) == ("reference", "payment")
    assert open_codes() == []


def test_each_difference_has_its_name(paid, active, read):
    record_movement(
        escrow=active, rule="interest", amount_fen=1_00, reference="J-9000", key="i",
        booked_on=date(2026, 9, 2), actor=SYSTEM, at=AT,
    )  # fmt: skip
    record_movement(
        escrow=active, rule="interest", amount_fen=2_00, reference="J-9001", key="j",
        booked_on=date(2026, 9, 2), actor=SYSTEM, at=AT,
    )  # fmt: skip
    report(active, 3200_01)
    twice = "2026-09-02,,王平,学费,100,,"
    read(PAYMENT, twice, twice, "2026-09-02,J-9001,银行,结息,2.01,,", FEE + "9999.00")
    assert open_codes() == [
        "amount_differs", "closing_differs", "duplicate", "not_at_bank", "not_in_ledger",
        "not_in_ledger", "report_higher", "report_missing",
    ]  # fmt: skip
    assert open_differences(active.institution).count() == 8


def test_booking_a_line_once_books_and_matches_it(paid, active, read):
    report(active, 3200_00)
    read(PAYMENT, FEE)
    line = StatementLine.objects.get(reference="B2")
    for _ in range(2):
        book_line(line=line, rule="bank_fee", actor=SYSTEM, at=AT)
    assert held(active) == {"bank": 3194_50, "contract": 3200_00, "bank_fees": 5_50}
    assert LineMatch.objects.get(line=line).how == "booked"
    assert open_codes() == []
    cleared = BankDifference.objects.get(line=line)
    assert (cleared.state, [note.state for note in cleared.notes.all()]) == (
        "cleared", ["cleared"],
    )  # fmt: skip


def test_a_payment_is_booked_to_its_contract_from_the_line(contract, active, read):
    read(PAYMENT)
    line = StatementLine.objects.get()
    with pytest.raises(Refused) as refused:
        book_line(line=line, rule="payment", actor=SYSTEM, at=AT)
    assert codes(refused) == ["statement.contract_needed"]
    book_line(
        line=line, rule="payment", contract=contract, reference="24512000000012345678",
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}
    assert open_codes() == ["report_missing"]


def test_money_that_came_in_is_not_booked_as_paid_out(paid, active, read):
    read(PAYMENT)
    with pytest.raises(Refused) as refused:
        book_line(line=StatementLine.objects.get(), rule="payout", actor=SYSTEM, at=AT)
    assert codes(refused) == ["statement.rule_wrong_way"]
    assert Posting.objects.filter(rule="payout").count() == 0


def test_a_proposal_is_kept_only_when_a_person_agrees(paid, active, read):
    report(active, 3200_00)
    read("2026-09-02,B7,李远,学费,3200.00,,")
    line = StatementLine.objects.get()
    (proposal,) = suggestions_for(line)
    assert (proposal.ledger, LineMatch.objects.count()) == ((Posting.objects.get().pk,), 0)
    accept_match(lines=[line], postings=[Posting.objects.get()], actor=SYSTEM, at=AT)
    assert LineMatch.objects.get().how == "amount"
    with pytest.raises(Refused) as refused:
        accept_match(lines=[line], postings=[Posting.objects.get()], actor=SYSTEM, at=AT)
    assert codes(refused) == ["statement.matched_already", "statement.posting_matched"]


def test_sums_that_differ_by_a_fen_are_not_matched(paid, active, read):
    read("2026-09-02,B7,李远,学费,3200.01,,")
    with pytest.raises(Refused) as refused:
        accept_match(
            lines=[StatementLine.objects.get()], postings=[Posting.objects.get()],
            actor=SYSTEM, at=AT,
        )  # fmt: skip
    assert codes(refused) == ["statement.sums_differ"]
    assert LineMatch.objects.count() == 0


def test_an_explained_difference_stays_explained_and_needs_its_reason(paid, active, read):
    read(PAYMENT)
    difference = BankDifference.objects.get(code="report_missing")
    with pytest.raises(Refused) as refused:
        resolve_difference(difference=difference, reason=" ", actor=SYSTEM, at=AT)
    assert codes(refused) == ["escrow.reason_missing"]
    resolve_difference(difference=difference, reason="机构已书面说明", actor=SYSTEM, at=AT)
    compare_account(escrow=active, actor=SYSTEM, at=AT)
    difference.refresh_from_db()
    note = DifferenceNote.objects.get()
    assert (difference.state, note.reason, note.noted_by) == (
        "resolved", "机构已书面说明", "系统",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        resolve_difference(difference=difference, reason="再说", actor=SYSTEM, at=AT)
    assert codes(refused) == ["statement.difference_closed"]


def test_what_came_back_is_open_again(paid, active, read):
    report(active, 3200_00)
    read(PAYMENT)
    assert open_codes() == []
    report(active, 3199_99)
    compare_account(escrow=active, actor=SYSTEM, at=AT)
    assert open_codes() == ["report_lower"]
    report(active, 3200_00)
    compare_account(escrow=active, actor=SYSTEM, at=AT)
    assert open_codes() == []
    report(active, 3199_99)
    compare_account(escrow=active, actor=SYSTEM, at=AT)
    assert [note.state for note in DifferenceNote.objects.order_by("pk")] == ["cleared", "open"]


def test_a_comparison_that_changes_nothing_tells_nothing(paid, active, read):
    read(PAYMENT)
    before = Event.objects.count()
    assert compare_account(escrow=active, actor=SYSTEM, at=AT) == 1
    assert Event.objects.count() == before
