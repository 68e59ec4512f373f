"""Double entry: any sequence of commands conserves money and equals the reference model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.ledger.accounts import LedgerKind, Ref
from fees.core.ledger.commands import (
    SIMPLE,
    correction_entry,
    lesson_share_fen,
    pro_rata,
    refund_entries,
    simple_entry,
    transfer_entries,
)
from fees.core.ledger.entries import Entry, is_balanced, moved_by, posted, refs_of, shortages
from regulator.kernel.outcomes import InvariantError
from tests.fees.core.ledger.reference import EFFECTS, Pots

BANK, PARENT = Ref(1, LedgerKind.BANK), Ref(1, LedgerKind.CONTRACT, 7)


def pay(amount_fen: int = 100_00) -> Entry:
    return simple_entry("payment", escrow=1, contract=7, amount_fen=amount_fen, cause="contract:7")


def test_a_payment_grows_the_bank_and_what_is_owed_to_the_parent():
    assert pay() == Entry(BANK, PARENT, 100_00, "payment", "contract:7")
    assert posted({}, [pay()]) == {BANK: 100_00, PARENT: 100_00}


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_an_entry_without_an_amount_is_a_bug(amount_fen):
    with pytest.raises(InvariantError):
        pay(amount_fen)


def test_an_entry_from_an_account_to_itself_is_a_bug():
    with pytest.raises(InvariantError):
        Entry(BANK, BANK, 1, "payment", "contract:7")


def test_what_a_book_lacks_is_named_account_by_account():
    refund = simple_entry("refund", escrow=1, contract=7, amount_fen=30, cause="contract:7")
    found = shortages({BANK: 20, PARENT: 10}, [refund])
    assert [(one.code, one.params["ledger_kind"], one.params["lacks"]) for one in found] == [
        ("ledger.not_enough", "contract", "0.20"),
        ("ledger.not_enough", "bank", "0.10"),
    ]
    with pytest.raises(InvariantError):
        posted({BANK: 20, PARENT: 10}, [refund])


def test_a_balance_that_is_short_in_between_is_short():
    out = simple_entry("refund", escrow=1, contract=7, amount_fen=5, cause="contract:7")
    assert shortages({}, [pay(5), out]) == ()
    assert [one.params["ledger_kind"] for one in shortages({}, [out, pay(5)])] == [
        "contract",
        "bank",
    ]


@pytest.mark.parametrize("rule", sorted(SIMPLE))
def test_each_rule_moves_what_the_reference_model_says(rule):
    entry = simple_entry(rule, escrow=1, contract=7, amount_fen=1, cause="contract:7")
    assert {ref.kind.value: fen for ref, fen in moved_by(entry)} == EFFECTS[rule]


def test_every_rule_is_in_the_reference_model():
    assert sorted(EFFECTS) == sorted(SIMPLE)


STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(SIMPLE)), st.integers(1, 9), st.sampled_from([7, 8])),
    max_size=40,
)


@given(steps=STEPS)
def test_any_sequence_conserves_money_and_equals_the_reference_model(steps):
    book: dict[Ref, int] = {}
    pots = Pots()
    for rule, amount_fen, contract in steps:
        entry = simple_entry(
            rule, escrow=1, contract=contract, amount_fen=amount_fen, cause=f"contract:{contract}"
        )
        is_refused = bool(shortages(book, [entry]))
        assert pots.do(rule, amount_fen, contract=contract) is not is_refused
        if not is_refused:
            book = posted(book, [entry])
        assert is_balanced(book)
    named = {f"{ref.kind.value}{ref.contract or ''}": fen for ref, fen in book.items() if fen}
    assert named == {name: fen for name, fen in pots.fen.items() if fen}


@given(steps=STEPS)
def test_a_transfer_takes_everything_along_and_leaves_nothing(steps):
    book: dict[Ref, int] = {}
    for rule, amount_fen, contract in steps:
        entry = simple_entry(rule, escrow=1, contract=contract, amount_fen=amount_fen, cause="x:1")
        if not shortages(book, [entry]):
            book = posted(book, [entry])
    entries = transfer_entries(book, source=1, target=2)
    after = posted(book, entries)
    assert {ref: fen for ref, fen in after.items() if ref.escrow == 1 and fen} == {}
    assert {(ref.kind, ref.contract): fen for ref, fen in after.items() if fen} == {
        (ref.kind, ref.contract): fen for ref, fen in book.items() if fen
    }
    assert is_balanced(after)


def test_a_correction_undoes_the_posting_it_names():
    entry = correction_entry(pay(), posting=12)
    assert (entry.rule, entry.cause) == ("correction", "posting:12")
    assert posted(posted({}, [pay()]), [entry]) == {BANK: 0, PARENT: 0}


def test_the_accounts_of_entries_come_in_one_order():
    entries = refund_entries(escrow=1, contract=7, forfeit_fen=3, refund_fen=4, cause="contract:7")
    assert [entry.rule for entry in entries] == ["forfeit", "refund"]
    assert refs_of(reversed(entries)) == refs_of(entries)
    assert [ref.kind.value for ref in refs_of(entries)] == ["bank", "contract", "payable"]


def test_a_settlement_of_nothing_makes_no_entry():
    assert refund_entries(escrow=1, contract=7, forfeit_fen=0, refund_fen=0, cause="x:1") == ()


@given(total_fen=st.integers(0, 10**9), count=st.integers(1, 60))
def test_the_shares_of_all_lessons_are_the_price(total_fen, count):
    shares = [lesson_share_fen(total_fen, number=n, count=count) for n in range(1, count + 1)]
    assert sum(shares) == total_fen
    assert max(shares) - min(shares) <= 1


@given(available_fen=st.integers(0, 10**9), owed=st.lists(st.integers(0, 10**7), max_size=30))
def test_a_split_pro_rata_gives_everything_and_nobody_more_than_owed(available_fen, owed):
    shares = pro_rata(available_fen, owed)
    assert sum(shares) == min(available_fen, sum(owed))
    assert all(0 <= share <= each for share, each in zip(shares, owed, strict=True))


def test_the_fen_that_rounding_leaves_go_to_the_largest_remainders():
    assert pro_rata(10, [5, 5, 5]) == (4, 3, 3)
    assert pro_rata(100, [1, 99, 100]) == (1, 49, 50)
