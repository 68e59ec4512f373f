"""Rectification: every state with every move, against a matrix written by hand; and its term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.journeys.facts import ClockFacts
from tests.institutions.journeys.core.life import (
    accepted,
    against,
    against_beginning,
    assert_whole,
    every_pair,
    expected_pairs,
    facts,
)

ALLOWED = {
    "ordered": ("report", "extend", "find_not_done", "call_off"),
    "reported": ("verify", "extend", "find_not_done", "call_off"),
    "done": (),
    "not_done": (),
    "dropped": (),
}
BASIS = "《中华人民共和国行政处罚法》第二十八条"
BASES = dict.fromkeys(("report", "verify", "extend", "find_not_done", "call_off"), BASIS)
GOOD = facts(
    documents=accepted("rectification_report"),
    stated={
        "report": "已改",
        "verified_on": date(2026, 3, 2),
        "findings": "属实",
        "term_workdays": 10,
        "reason": "理由",
    },
    clocks={"rectifying": ClockFacts(date(2026, 3, 1))},
)


def test_the_table_holds_the_states_and_moves_of_the_matrix() -> None:
    assert_whole("rectification", tuple(ALLOWED), tuple(BASES))


def test_every_pair_is_as_the_matrix_says() -> None:
    assert every_pair("rectification", tuple(ALLOWED), tuple(BASES), GOOD) == expected_pairs(
        ALLOWED, BASES
    )


@pytest.mark.parametrize(
    ("due", "codes"),
    [
        (date(2026, 3, 1), []),
        (date(2026, 3, 2), ["journey.term_still_runs"]),
        (date(2026, 3, 3), ["journey.term_still_runs"]),
    ],
)
def test_nobody_is_found_not_to_have_put_it_right_within_the_term(
    due: date, codes: list[str]
) -> None:
    given = replace(GOOD, state="ordered", clocks={"rectifying": ClockFacts(due)})
    assert against("rectification", "find_not_done", given) == codes
    reported = replace(given, state="reported")
    assert against("rectification", "find_not_done", reported) == []


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (0, ["journey.stated_term"]),
        (1, []),
        (250, []),
        (251, ["journey.stated_term"]),
        (None, ["journey.ask_missing"]),
    ],
)
def test_the_term_is_the_officers_in_working_days(days: int | None, codes: list[str]) -> None:
    begun = facts(state="ordered", stated={"items": "补齐消防证明", "term_workdays": days})
    assert against_beginning("rectification", begun) == codes
    longer = replace(GOOD, state="ordered", stated={"reason": "理由", "term_workdays": days})
    assert against("rectification", "extend", longer) == codes


def test_an_extension_says_why() -> None:
    given = replace(GOOD, state="reported", stated={"term_workdays": 5})
    assert against("rectification", "extend", given) == ["journey.ask_missing"]


def test_verifying_needs_the_report_found_in_order_and_a_day_that_has_come() -> None:
    unchecked = replace(GOOD, state="reported", documents={"rectification_report": "uploaded"})
    assert against("rectification", "verify", unchecked) == ["journey.document_unchecked"]
    ahead = {**GOOD.stated, "verified_on": date(2026, 3, 3)}
    assert against("rectification", "verify", replace(GOOD, state="reported", stated=ahead)) == [
        "journey.stated_in_future"
    ]
