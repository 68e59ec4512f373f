"""Annual check: every state with every move, against a matrix written by hand; and its guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

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
    "preparing": ("submit", "call_off"),
    "reported": ("request_gaps", "order_rectification", "pass_check", "fail_check", "call_off"),
    "gaps": ("submit", "call_off"),
    "rectifying": ("pass_check", "fail_check"),
    "passed": (),
    "failed": (),
    "dropped": (),
}
REGULATION = "《中华人民共和国民办教育促进法实施条例》（国务院令第741号）第四十七条"
BASES = {
    "submit": "《中华人民共和国民办教育促进法》第三十九条",
    "request_gaps": REGULATION,
    "order_rectification": "《中华人民共和国行政处罚法》第二十八条",
    "pass_check": REGULATION,
    "fail_check": REGULATION,
    "call_off": REGULATION,
}
GOOD = facts(
    documents=accepted("annual_report", "audit_report"),
    stated={
        "gaps": "缺审计报告",
        "items": "补齐消防证明",
        "term_workdays": 10,
        "reason": "没有审计",
        "statements": "没有提出",
        "consequences": "限期整改",
    },
    details={"check_year": 2025},
)


def test_the_table_holds_the_states_and_moves_of_the_matrix() -> None:
    assert_whole("annual_check", tuple(ALLOWED), tuple(BASES))


def test_every_pair_is_as_the_matrix_says() -> None:
    assert every_pair("annual_check", tuple(ALLOWED), tuple(BASES), GOOD) == expected_pairs(
        ALLOWED, BASES
    )


@pytest.mark.parametrize(
    ("year", "codes"),
    [
        (2024, ["journey.stated_check_year"]),
        (2025, []),
        (2026, []),
        (2027, ["journey.stated_check_year"]),
        (None, ["journey.ask_missing"]),
    ],
)
def test_last_year_or_this_one_is_checked(year: int | None, codes: list[str]) -> None:
    given = facts(state="preparing", stated={"check_year": year})
    assert against_beginning("annual_check", given) == codes


def test_the_result_waits_for_the_rectification() -> None:
    running = replace(GOOD, state="rectifying", running=("rectification",))
    assert against("annual_check", "pass_check", running) == ["journey.rectification_runs"]
    assert against("annual_check", "fail_check", running) == ["journey.rectification_runs"]


def test_what_was_not_put_right_does_not_pass() -> None:
    not_done = replace(
        GOOD, state="rectifying", latest={"rectification": ("failed", date(2026, 3, 1))}
    )
    assert against("annual_check", "pass_check", not_done) == ["journey.rectification_not_done"]
    assert against("annual_check", "fail_check", not_done) == []
    # An earlier year's failure says nothing of a report that needed no rectification.
    reported = replace(not_done, state="reported")
    assert against("annual_check", "pass_check", reported) == []


@pytest.mark.parametrize("document", ["annual_report", "audit_report"])
def test_nothing_is_examined_without_report_and_audit(document: str) -> None:
    other = {"annual_report": "audit_report", "audit_report": "annual_report"}[document]
    given = replace(GOOD, state="reported", documents=accepted(other))
    assert against("annual_check", "pass_check", given) == ["journey.document_missing"]
    # Who hands nothing in can still be found not to have passed.
    assert against("annual_check", "fail_check", given) == []
