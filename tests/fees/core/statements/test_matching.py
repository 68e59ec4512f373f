"""Three sides held against each other: what pairs, what is proposed, and each difference's name."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fees.core.statements.matching import (
    Difference,
    Found,
    Item,
    Pair,
    match_closing,
    match_items,
    match_reports,
    references_in,
)

FIRST, BEFORE = date(2026, 11, 1), date(2026, 12, 1)


def item(key, fen, day=2, ref="", **more):
    return Item(key, date(2026, 11, day), fen, references_in(ref), **more)


def match(bank, ledger):
    return match_items(bank, ledger, first=FIRST, before=BEFORE)


def found(done):
    return [(one.code, one.bank, one.ledger) for one in done.differences]


def test_a_reference_and_an_amount_make_a_pair_within_five_days():
    done = match([item(1, 100, 2, "R-100")], [item(7, 100, 7, "回单 r-100")])
    assert (done.pairs, done.differences) == ([Pair((1,), (7,))], [])
    late = match([item(1, 100, 2, "R-100")], [item(7, 100, 8, "R-100")])
    assert (late.pairs, found(late)) == ([], [(Difference.DATE_DIFFERS, 1, 7)])


def test_the_same_reference_with_one_fen_more_is_a_difference_of_amount():
    done = match([item(1, 101, 2, "R-100")], [item(7, 100, 2, "R-100")])
    assert done.pairs == []
    assert done.differences == [Found(Difference.AMOUNT_DIFFERS, date(2026, 11, 2), 1, 7, 101, 100)]


def test_money_in_is_never_money_out():
    done = match([item(1, 100, 2, "R-100")], [item(7, -100, 2, "R-100")])
    assert (done.pairs, done.suggestions) == ([], [])
    assert found(done) == [
        (Difference.NOT_IN_LEDGER, 1, None), (Difference.NOT_AT_BANK, None, 7),
    ]  # fmt: skip


def test_one_movement_for_several_postings_and_the_other_way():
    parts = [item(7, -60, 2, "P-2026"), item(8, -40, 3, "P-2026")]
    assert match([item(1, -100, 2, "P-2026")], parts).pairs == [Pair((1,), (7, 8))]
    assert match(parts, [item(1, -100, 2, "P-2026")]).pairs == [Pair((7, 8), (1,))]


def test_amount_and_day_alone_are_proposed_where_nothing_else_fits():
    done = match([item(1, 100, 2)], [item(7, 100, 7)])
    assert (done.pairs, done.suggestions) == ([], [Pair((1,), (7,))])
    assert len(done.differences) == 2  # until a person agrees
    twins = match([item(1, 100, 2)], [item(7, 100, 2), item(8, 100, 3)])
    assert twins.suggestions == []
    assert match([item(1, 100, 2)], [item(7, 100, 8)]).suggestions == []


def test_a_days_postings_of_one_rule_are_proposed_together():
    ledger = [item(7, -60, 2, group="payout"), item(8, -40, 2, group="payout"),
              item(9, -40, 2, group="refund")]  # fmt: skip
    assert match([item(1, -100, 4)], ledger).suggestions == [Pair((1,), (7, 8))]


def test_a_movement_twice_in_a_file_is_a_duplicate():
    done = match(
        [item(1, 100, 2, "R-100"), item(2, 100, 2, "R-100", is_repeated=True)],
        [item(7, 100, 2, "R-100")],
    )
    assert (done.pairs, found(done)) == ([Pair((1,), (7,))], [(Difference.DUPLICATE, 2, None)])


def test_a_posting_outside_the_statements_days_is_not_missing_at_the_bank():
    ledger = [
        Item(1, FIRST - timedelta(days=1), 5), Item(2, FIRST, 6),
        Item(3, BEFORE - timedelta(days=1), 7), Item(4, BEFORE, 8),
    ]  # fmt: skip
    assert [one.ledger for one in match([], ledger).differences] == [2, 3]


def test_what_the_institution_reported():
    days = [date(2026, 11, day) for day in range(1, 6)]
    received = {days[0]: 100, days[1]: 100, days[2]: 100, days[3]: 100}
    reported = {days[1]: 100, days[2]: 101, days[3]: 99, days[4]: 1}
    codes = [(one.day.day, one.code) for one in match_reports(
        received, reported, first=FIRST, before=BEFORE)]  # fmt: skip
    assert codes == [
        (1, Difference.REPORT_MISSING), (3, Difference.REPORT_HIGHER),
        (4, Difference.REPORT_LOWER), (5, Difference.REPORT_HIGHER),
    ]  # fmt: skip


def test_closing_balances():
    assert match_closing(day=FIRST, bank_fen=None, ledger_fen=5) == []
    assert match_closing(day=FIRST, bank_fen=5, ledger_fen=5) == []
    (one,) = match_closing(day=FIRST, bank_fen=5, ledger_fen=6)
    assert (one.code, one.key) == (
        Difference.CLOSING_DIFFERS, "day:2026-11-01:closing_differs",
    )  # fmt: skip


_ITEMS = st.lists(
    st.tuples(
        st.integers(-3, 3).filter(bool), st.integers(1, 20), st.sampled_from(["", "R-1", "R-2"])
    ),
    max_size=12,
)


@given(_ITEMS, _ITEMS)
def test_nothing_is_used_twice_and_nothing_is_lost(bank, ledger):
    banked = [item(n, *one) for n, one in enumerate(bank)]
    booked = [item(n, *one) for n, one in enumerate(ledger)]
    done = match(banked, booked)
    used = [("b", key) for pair in done.pairs for key in pair.bank]
    used += [("l", key) for pair in done.pairs for key in pair.ledger]
    used += [("b", one.bank) for one in done.differences if one.bank is not None]
    used += [("l", one.ledger) for one in done.differences if one.ledger is not None]
    assert sorted(used) == sorted(
        [("b", one.key) for one in banked] + [("l", one.key) for one in booked]
    )
    sums = {one.key: one.fen for one in banked}, {one.key: one.fen for one in booked}
    for pair in done.pairs:
        assert sum(sums[0][key] for key in pair.bank) == sum(sums[1][key] for key in pair.ledger)
