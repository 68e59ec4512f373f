"""逾期认定: every state and move against a matrix written by hand, and every guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.journeys.facts import ClockFacts
from tests.institutions.journeys.core.ending_parts import (
    GOOD,
    assert_complete,
    assert_pair,
    codes,
    opening_codes,
    with_,
)

KIND = "missed_deadline"
PLAN = "《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第19项"
LICENSING_7 = "《中华人民共和国行政许可法》第七条"
ALLOWED = {
    "proposed": ["notify", "drop"],
    "noticed": ["serve_notice", "drop"],
    "notified": ["record_statement", "waive_statement", "close_statements", "drop"],
    "heard": ["decide", "drop"],
    "decided": ["serve", "rescind"],
    "served": [],
    "dropped": [],
}
BASES = {
    "notify": PLAN,
    "serve_notice": LICENSING_7,
    "record_statement": LICENSING_7,
    "waive_statement": LICENSING_7,
    "close_statements": LICENSING_7,
    "decide": PLAN,
    "serve": "《中华人民共和国行政处罚法》第六十一条",
    "drop": PLAN,
    "rescind": PLAN,
}
FACTS = with_(GOOD, details={"ways_out": ["reregistration", "conversion", "closure"]})


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("move", BASES)
def test_the_table_is_the_matrix(state: str, move: str) -> None:
    assert_pair(KIND, state, move, facts=FACTS, allowed=ALLOWED, bases=BASES)


def test_the_matrix_is_complete() -> None:
    assert_complete(KIND, ALLOWED, BASES)


def test_only_a_waves_job_begins_it_and_not_before_the_day_after() -> None:
    opening = replace(FACTS, stated={})
    assert opening_codes(KIND, opening) == []
    assert opening_codes(KIND, replace(opening, deadline_on=None)) == ["journey.wave_missing"]
    on_the_day = replace(opening, deadline_on=opening.on)
    assert opening_codes(KIND, on_the_day) == ["wave.deadline_not_over"]
    assert opening_codes(KIND, replace(opening, running=(KIND,))) == ["journey.already_running"]
    assert opening_codes(KIND, replace(opening, institution=None)) == [
        "journey.institution_missing"
    ]


@pytest.mark.parametrize("move", ["notify", "decide", "serve"])
def test_who_got_through_meanwhile_is_not_decided_on(move: str) -> None:
    state = next(state for state, moves in ALLOWED.items() if move in moves)
    facts = with_(replace(FACTS, state=state), details={"opened_on": "2026-01-10"})
    done = {"conversion": ("done", date(2026, 1, 10))}
    assert codes(KIND, move, replace(facts, latest=done)) == ["journey.through_meanwhile"]
    before = {"conversion": ("done", date(2026, 1, 9))}
    assert codes(KIND, move, replace(facts, latest=before)) == []
    refused = {"conversion": ("refused", date(2026, 1, 11))}
    assert codes(KIND, move, replace(facts, latest=refused)) == []
    other = {"renewal": ("done", date(2026, 1, 11))}
    assert codes(KIND, move, replace(facts, latest=other)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 9), ["journey.statement_term_runs"]),
        (date(2026, 3, 10), ["journey.statement_term_runs"]),
        (date(2026, 3, 11), []),
    ],
)
def test_the_term_for_statements_must_be_over(day: date, expected: list[str]) -> None:
    clocks = {"statement": ClockFacts(date(2026, 3, 10))}
    facts = replace(FACTS, state="notified", on=day, clocks=clocks)
    assert codes(KIND, "close_statements", facts) == expected


def test_a_statement_is_answered_when_it_is_decided() -> None:
    heard = with_(replace(FACTS, state="heard"), details={"statement": "我们已经提交。"})
    assert codes(KIND, "decide", heard) == ["journey.statement_unanswered"]
    answered = with_(heard, stated={"statement_answer": "提交时已过期限。"})
    assert codes(KIND, "decide", answered) == []
    assert codes(KIND, "decide", with_(heard, stated={"statement_answer": " "})) == [
        "journey.statement_unanswered"
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), ["journey.stated_too_early"]),
        (date(2026, 3, 2), []),
        (date(2026, 3, 20), []),
        (date(2026, 3, 21), ["journey.stated_in_future"]),
    ],
)
def test_a_notice_is_served_after_it_was_made_and_not_in_the_future(
    day: date, expected: list[str]
) -> None:
    facts = with_(replace(FACTS, state="noticed"), stated={"notice_served_on": day})
    assert codes(KIND, "serve_notice", facts) == expected


@pytest.mark.parametrize(
    ("move", "state", "ask"),
    [
        ("serve_notice", "noticed", "notice_served_on"),
        ("serve_notice", "noticed", "notice_served_how"),
        ("serve_notice", "noticed", "notice_served_to"),
        ("record_statement", "notified", "statement"),
        ("record_statement", "notified", "statement_on"),
        ("waive_statement", "notified", "waiver_on"),
        ("serve", "decided", "served_on"),
        ("drop", "heard", "reason"),
        ("rescind", "decided", "reason"),
    ],
)
def test_what_must_be_stated_is_asked_for(move: str, state: str, ask: str) -> None:
    facts = with_(replace(FACTS, state=state), stated={ask: None})
    assert codes(KIND, move, facts) == ["journey.ask_missing"]


def test_every_reason_comes_at_once() -> None:
    facts = replace(
        FACTS,
        state="notified",
        stated={},
        latest={"closure": ("done", date(2026, 3, 19))},
        details={**FACTS.details, "statement": "有理由。"},
    )
    assert codes(KIND, "decide", facts) == [
        "journey.wrong_state",
        "journey.through_meanwhile",
        "journey.statement_unanswered",
    ]
