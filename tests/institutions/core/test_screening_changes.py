"""Two screenings of one class, compared rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from institutions.core.screening_changes import (
    ChangeKind,
    RuleCount,
    Standing,
    changes_of,
    counts_by_rule,
    standings,
    to_look_at,
    verdict_of,
)


def found(
    rule: str, outcome: str, evidence: str = "晚上", field: str = "上课时间"
) -> dict[str, Any]:
    return {"rule": rule, "outcome": outcome, "field": field, "evidence": evidence}


BREACH = found("TIME-HOLIDAY", "breach")
DOUBT = found("TIME-HOLIDAY", "undetermined")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([BREACH], [BREACH], []),
        ([DOUBT], [DOUBT], []),
        ([], [BREACH], [("clear", "breach", "newly_breach")]),
        ([], [DOUBT], [("clear", "undetermined", "newly_undetermined")]),
        ([DOUBT], [BREACH], [("undetermined", "breach", "newly_breach")]),
        ([BREACH], [DOUBT], [("breach", "undetermined", "newly_undetermined")]),
        ([BREACH], [], [("breach", "clear", "newly_clear")]),
        ([DOUBT], [], [("undetermined", "clear", "newly_clear")]),
    ],
)
def test_every_pair_of_standings_has_its_change(old, new, expected):
    changes = changes_of(old, new)
    assert [(one.before, one.after, one.kind) for one in changes] == expected


def test_other_words_under_the_same_rule_are_no_change_of_a_trial():
    assert changes_of([BREACH], [{**BREACH, "evidence": "周末"}]) == ()


def test_what_is_found_anew_comes_first_and_what_is_gone_keeps_its_old_words():
    gone = found("FEE-AMOUNT", "breach", "6000", "收费总额")
    changes = changes_of([gone], [BREACH, found("FILING-NAME", "undetermined")])
    assert [(one.rule, one.finding["evidence"]) for one in changes] == [
        ("TIME-HOLIDAY", "晚上"),
        ("FILING-NAME", "晚上"),
        ("FEE-AMOUNT", "6000"),
    ]


def test_a_breach_absorbs_a_doubt_of_the_same_rule():
    assert standings([DOUBT, BREACH]) == {"TIME-HOLIDAY": Standing.BREACH}
    assert standings([BREACH, DOUBT]) == {"TIME-HOLIDAY": Standing.BREACH}


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "clear"),
        ([DOUBT], "undetermined"),
        ([DOUBT, found("FEE-EARLY", "breach")], "breach"),
    ],
)
def test_a_class_is_as_bad_as_its_worst_finding(findings, verdict):
    assert verdict_of(findings) == verdict


def asked(old, new):
    return [(one.rule, one.before, one.after) for one in to_look_at(old, new)]


def test_only_what_is_worse_than_before_is_looked_at_again():
    assert asked([], [BREACH]) == [("TIME-HOLIDAY", "clear", "breach")]
    assert asked([DOUBT], [BREACH]) == [("TIME-HOLIDAY", "undetermined", "breach")]
    assert asked([], [DOUBT]) == [("TIME-HOLIDAY", "clear", "undetermined")]
    assert asked([BREACH], [DOUBT]) == []
    assert asked([BREACH], []) == []
    assert asked([BREACH], [{**BREACH, "evidence": "周末"}]) == []


def test_a_doubt_about_other_words_than_an_officer_decided_on_is_a_new_doubt():
    assert asked([DOUBT], [DOUBT]) == []
    assert asked([DOUBT], [{**DOUBT, "evidence": "周末"}]) == [
        ("TIME-HOLIDAY", "undetermined", "undetermined")
    ]


def test_counts_are_by_rule_the_most_changed_first():
    kinds = [
        ("FEE-EARLY", ChangeKind.NEWLY_CLEAR),
        ("TIME-HOLIDAY", ChangeKind.NEWLY_BREACH),
        ("TIME-HOLIDAY", ChangeKind.NEWLY_BREACH),
        ("TIME-HOLIDAY", ChangeKind.NEWLY_UNDETERMINED),
    ]
    counts = counts_by_rule(kinds, filings=10)
    assert counts == (
        RuleCount("TIME-HOLIDAY", 2, 1, 0, 10),
        RuleCount("FEE-EARLY", 0, 0, 1, 10),
    )
    assert [one.unchanged for one in counts] == [7, 9]
