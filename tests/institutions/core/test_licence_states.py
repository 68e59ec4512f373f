"""Every state and transition of a licence, against a matrix written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.licence_states import (
    TRANSITIONS,
    LicenceFacts,
    LicenceState,
    moves_from,
    refusals,
)

ALLOWED = {
    "pending": ["grant"],
    "in_force": ["suspend", "expire", "revoke", "annul", "withdraw", "replace", "cancel"],
    "suspended": ["resume", "expire", "revoke", "annul", "withdraw", "replace", "cancel"],
    "expired": ["replace", "cancel"],
    "cancelled": [],
    "revoked": ["cancel"],
    "annulled": ["cancel"],
    "withdrawn": ["cancel"],
    "replaced": [],
}
BASES = {
    "grant": "《中华人民共和国民办教育促进法》第十七条、第十八条",
    "suspend": "《中华人民共和国行政处罚法》第九条",
    "resume": "《中华人民共和国行政处罚法》第九条",
    "expire": "《中华人民共和国行政许可法》第五十条",
    "revoke": "《中华人民共和国民办教育促进法》第六十二条",
    "annul": "《中华人民共和国行政许可法》第六十九条",
    "withdraw": "《中华人民共和国行政许可法》第八条",
    "replace": "《中华人民共和国行政许可法》第四十九条",
    "cancel": "《中华人民共和国行政许可法》第七十条",
}
GOOD = LicenceFacts(
    state=LicenceState.PENDING,
    on=date(2026, 3, 2),
    category="subject",
    number_printed="教民151011670000182号",
    valid_from=date(2026, 1, 1),
    valid_before=date(2029, 1, 1),
    reason="理由",
    decision_number="双教罚〔2026〕1号",
)


def codes(move: str, facts: LicenceFacts) -> list[str]:
    return [refusal.code for refusal in refusals(TRANSITIONS[move], facts)]


@pytest.mark.parametrize("state", sorted(ALLOWED))
@pytest.mark.parametrize("move", sorted(BASES))
def test_the_table_is_the_matrix(state: str, move: str) -> None:
    on = date(2029, 1, 1) if move == "expire" else GOOD.on
    found = codes(move, replace(GOOD, state=LicenceState(state), on=on))
    assert found == ([] if move in ALLOWED[state] else ["licence.wrong_state"])
    assert TRANSITIONS[move].basis.cite() == BASES[move]


def test_moves_from_a_state_are_those_of_the_matrix() -> None:
    for state, moves in ALLOWED.items():
        assert [move.name for move in moves_from(LicenceState(state))] == moves


@pytest.mark.parametrize(
    ("move", "changes", "expected"),
    [
        ("grant", {"number_printed": ""}, ["licence.number_missing"]),
        ("grant", {"number_printed": "", "category": "non_subject"}, []),
        ("grant", {"valid_before": None}, ["licence.validity_missing"]),
        ("grant", {"valid_from": None}, ["licence.validity_missing"]),
        ("grant", {"has_premises": False}, ["licence.premises_missing"]),
        ("grant", {"other_in_force": "教民1号"}, ["licence.other_in_force"]),
        ("grant", {"on": date(2028, 12, 31)}, []),
        ("grant", {"on": date(2029, 1, 1)}, ["licence.validity_over"]),
        ("resume", {"on": date(2029, 1, 1)}, ["licence.validity_over"]),
        ("expire", {"on": date(2028, 12, 31)}, ["licence.still_valid"]),
        ("expire", {"valid_before": None}, ["licence.validity_missing"]),
        ("suspend", {"reason": " "}, ["licence.reason_missing"]),
        ("revoke", {"decision_number": ""}, ["licence.decision_missing"]),
        ("annul", {"decision_number": ""}, ["licence.decision_missing"]),
        ("withdraw", {"decision_number": " "}, ["licence.decision_missing"]),
        ("annul", {"reason": ""}, ["licence.reason_missing"]),
        ("withdraw", {"reason": ""}, ["licence.reason_missing"]),
        ("replace", {"reason": ""}, ["licence.reason_missing"]),
        ("cancel", {"reason": ""}, ["licence.reason_missing"]),
    ],
)
def test_a_guard_gives_its_reason(
    move: str, changes: dict[str, object], expected: list[str]
) -> None:
    source = TRANSITIONS[move].sources[-1] if move == "expire" else TRANSITIONS[move].sources[0]
    assert codes(move, replace(GOOD, state=source, **changes)) == expected  # type: ignore[arg-type]


def test_all_reasons_come_at_once() -> None:
    facts = LicenceFacts(
        state=LicenceState.REVOKED, on=date(2026, 3, 2), category="subject", has_premises=False
    )
    assert codes("grant", facts) == [
        "licence.wrong_state",
        "licence.number_missing",
        "licence.validity_missing",
        "licence.premises_missing",
    ]
