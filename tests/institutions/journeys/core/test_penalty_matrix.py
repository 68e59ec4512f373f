"""行政处罚: every state and move against a matrix written by hand, and every guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from institutions.core.journeys.facts import ClockFacts, PaperFacts
from tests.institutions.journeys.core.ending_parts import (
    GOOD,
    assert_complete,
    assert_pair,
    cited,
    codes,
    opening_codes,
    with_,
)

KIND = "penalty"
ACT = "《中华人民共和国行政处罚法》"
ALLOWED = {
    "proposed": ["notify", "drop"],
    "noticed": ["serve_notice", "drop"],
    "notified": [
        "record_statement",
        "waive_statement",
        "close_statements",
        "request_hearing",
        "drop",
    ],
    "hearing_requested": ["call_hearing", "give_up_hearing", "drop"],
    "hearing_called": ["hold_hearing", "give_up_hearing", "drop"],
    "heard": ["pass_review", "return_review", "drop"],
    "reviewed": ["decide", "drop"],
    "decided": ["serve", "rescind"],
    "served": [],
    "dropped": [],
}
BASES = {
    "notify": f"{ACT}第四十四条",
    "serve_notice": f"{ACT}第四十四条",
    "record_statement": f"{ACT}第四十五条",
    "waive_statement": f"{ACT}第四十五条",
    "close_statements": f"{ACT}第四十五条",
    "request_hearing": f"{ACT}第六十四条",
    "call_hearing": f"{ACT}第六十四条",
    "hold_hearing": f"{ACT}第六十四条",
    "give_up_hearing": f"{ACT}第六十四条",
    "pass_review": f"{ACT}第五十八条",
    "return_review": f"{ACT}第五十八条",
    "decide": f"{ACT}第五十七条",
    "serve": f"{ACT}第六十一条",
    "drop": f"{ACT}第五十七条",
    "rescind": f"{ACT}第五十七条",
}
FACTS = with_(
    GOOD,
    stated={
        "penalty_kinds": ("fine", "revoke_licence"),
        "fine_fen": 3_000_000,
        "penalty_basis": "民办教育促进法第六十二条",
        "hearing_requested_on": date(2026, 3, 6),
        "hearing_notice_served_on": date(2026, 3, 9),
        "hearing_on": date(2026, 3, 19),
        "hearing_place": "区教育局三楼",
        "hearing_chair": "王某",
        "hearing_held_on": date(2026, 3, 19),
        "hearing_record": "双方陈述。",
        "review_opinion": "事实清楚。",
        "decided_kinds": ("fine", "revoke_licence"),
        "decided_fine_fen": 3_000_000,
        "statement_answer": "不予采纳。",
    },
    details={
        "penalty_kinds": ["fine", "revoke_licence"],
        "fine_fen": 3_000_000,
        "request_hearing_on": "2026-03-06",
        "hearing_notice_served_on": "2026-03-09",
    },
)


def of(state: str, **changes: Any) -> Any:
    return with_(replace(FACTS, state=state), **changes)


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("move", BASES)
def test_the_table_is_the_matrix(state: str, move: str) -> None:
    assert_pair(KIND, state, move, facts=FACTS, allowed=ALLOWED, bases=BASES)


def test_the_matrix_is_complete() -> None:
    assert_complete(KIND, ALLOWED, BASES)


def test_it_begins_with_what_was_done_and_how_it_is_known() -> None:
    assert opening_codes(KIND, FACTS) == ["journey.ask_missing", "journey.ask_missing"]
    stated = {"violations": "以非学科名义教学科。", "evidence": "现场笔录。"}
    assert opening_codes(KIND, with_(FACTS, stated=stated)) == []


@pytest.mark.parametrize(
    ("kinds", "fine", "expected"),
    [
        (("warning",), None, []),
        (("warning",), 100, ["journey.fine_unclear"]),
        (("fine",), None, ["journey.fine_unclear"]),
        (("fine",), 0, ["journey.fine_unclear"]),
        (("fine",), 1, []),
    ],
)
def test_a_fine_has_an_amount_and_an_amount_is_a_fine(
    kinds: tuple[str, ...], fine: int | None, expected: list[str]
) -> None:
    told = of("proposed", stated={"penalty_kinds": kinds, "fine_fen": fine})
    assert codes(KIND, "notify", told) == expected
    details = {"penalty_kinds": ["warning", "fine"], "fine_fen": 100}
    decided = of(
        "reviewed", stated={"decided_kinds": kinds, "decided_fine_fen": fine}, details=details
    )
    assert codes(KIND, "decide", decided) == expected


def test_only_a_standing_licence_is_revoked() -> None:
    for state in ("expired", "revoked", "cancelled", "pending"):
        facts = replace(of("proposed"), licence=PaperFacts(state=state))
        assert codes(KIND, "notify", facts) == ["journey.no_licence_to_end"]
    assert codes(KIND, "notify", replace(of("proposed"), licence=None)) == [
        "journey.no_licence_to_end"
    ]
    warned = of("proposed", stated={"penalty_kinds": ("warning",), "fine_fen": None})
    assert codes(KIND, "notify", replace(warned, licence=None)) == []


def test_a_mere_warning_has_no_hearing() -> None:
    facts = of("notified", details={"penalty_kinds": ["warning"]})
    assert codes(KIND, "request_hearing", facts) == ["journey.no_hearing_right"]
    assert cited(KIND, "request_hearing", facts) == {f"{ACT}第六十三条"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (date(2026, 3, 2), ["journey.stated_too_early"]),
        (date(2026, 3, 3), []),
        (date(2026, 3, 10), []),
        (date(2026, 3, 11), ["journey.hearing_too_late"]),
    ],
)
def test_a_hearing_is_asked_for_within_the_term(asked: date, expected: list[str]) -> None:
    facts = of(
        "notified",
        stated={"hearing_requested_on": asked},
        clocks={"hearing_request": ClockFacts(date(2026, 3, 10))},
    )
    assert codes(KIND, "request_hearing", facts) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (date(2026, 3, 17), ["journey.hearing_too_early"]),
        (date(2026, 3, 18), ["journey.hearing_too_early"]),
        (date(2026, 3, 19), []),
        (date(2026, 3, 21), ["journey.stated_in_future"]),
    ],
)
def test_a_hearing_is_held_after_the_notice_had_its_days(held: date, expected: list[str]) -> None:
    facts = of(
        "hearing_called",
        stated={"hearing_held_on": held},
        clocks={"hearing_notice": ClockFacts(date(2026, 3, 18))},
    )
    assert codes(KIND, "hold_hearing", facts) == expected


def test_nobody_is_cut_short_while_a_hearing_may_be_asked_for() -> None:
    clocks = {"hearing_request": ClockFacts(FACTS.on)}
    assert codes(KIND, "close_statements", of("notified", clocks=clocks)) == [
        "journey.statement_term_runs"
    ]


@pytest.mark.parametrize(
    ("kinds", "fine", "expected"),
    [
        (("fine",), 3_000_000, []),
        (("fine",), 2_999_999, []),
        (("fine",), 3_000_001, ["journey.heavier_than_told"]),
        (("revoke_licence",), None, []),
        (("stop_enrolment",), None, ["journey.heavier_than_told"]),
    ],
)
def test_a_decision_is_never_heavier_than_what_was_told(
    kinds: tuple[str, ...], fine: int | None, expected: list[str]
) -> None:
    facts = of("reviewed", stated={"decided_kinds": kinds, "decided_fine_fen": fine})
    assert codes(KIND, "decide", facts) == expected


@pytest.mark.parametrize("said", ["statement", "hearing_record"])
def test_what_was_said_is_answered(said: str) -> None:
    facts = of("reviewed", details={said: "有理由。"}, stated={"statement_answer": None})
    assert codes(KIND, "decide", facts) == ["journey.statement_unanswered"]


@pytest.mark.parametrize(
    ("move", "state", "ask"),
    [
        ("notify", "proposed", "penalty_basis"),
        ("call_hearing", "hearing_requested", "hearing_place"),
        ("call_hearing", "hearing_requested", "hearing_chair"),
        ("call_hearing", "hearing_requested", "hearing_on"),
        ("hold_hearing", "hearing_called", "hearing_record"),
        ("pass_review", "heard", "review_opinion"),
        ("return_review", "heard", "reason"),
        ("serve", "decided", "served_how"),
    ],
)
def test_what_must_be_stated_is_asked_for(move: str, state: str, ask: str) -> None:
    assert codes(KIND, move, of(state, stated={ask: None})) == ["journey.ask_missing"]
