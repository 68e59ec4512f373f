"""撤销, 撤回 and 注销: every state and move against matrices written by hand, and every guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from institutions.core.journeys.facts import Obligation, PaperFacts
from tests.institutions.journeys.core.ending_parts import (
    GOOD,
    assert_complete,
    assert_pair,
    codes,
    opening_codes,
    with_,
)

ACT = "《中华人民共和国行政许可法》"
DECIDED = {
    "proposed": ["notify", "drop"],
    "noticed": ["serve_notice", "drop"],
    "notified": ["record_statement", "waive_statement", "close_statements", "drop"],
    "heard": ["decide", "drop"],
    "decided": ["serve", "rescind"],
    "served": [],
    "dropped": [],
}
STATING = ("serve_notice", "record_statement", "waive_statement", "close_statements")


def bases(article: str) -> dict[str, str]:
    own = dict.fromkeys(("notify", "decide", "serve", "drop", "rescind"), f"{ACT}{article}")
    return {**own, **dict.fromkeys(STATING, f"{ACT}第七条")}


MATRICES: dict[str, tuple[dict[str, list[str]], dict[str, str]]] = {
    "annulment": (DECIDED, bases("第六十九条")),
    "withdrawal": (DECIDED, bases("第八条")),
    "strike_off": (
        {"proposed": ["strike_off", "drop"], "struck_off": [], "dropped": []},
        {"strike_off": f"{ACT}第七十条", "drop": f"{ACT}第七十条"},
    ),
}
FACTS = {
    "annulment": with_(
        GOOD,
        stated={
            "public_interest": "no_grave_harm",
            "compensation_fen": 0,
        },
        details={"annulment_ground": "unqualified"},
    ),
    "withdrawal": with_(
        GOOD,
        stated={
            "compensation_offered_fen": 100,
            "compensation_fen": 100,
            "compensation_note": "按实际投入。",
        },
    ),
    "strike_off": with_(
        GOOD,
        licence=PaperFacts(state="revoked"),
        stated={"claims_count": 0, "claims_fen": 0},
        details={"strike_off_after": "revoked"},
    ),
}
PAIRS = [
    (kind, state, move)
    for kind, (allowed, articles) in MATRICES.items()
    for state in allowed
    for move in articles
]


@pytest.mark.parametrize(("kind", "state", "move"), PAIRS)
def test_the_table_is_the_matrix(kind: str, state: str, move: str) -> None:
    allowed, articles = MATRICES[kind]
    assert_pair(kind, state, move, facts=FACTS[kind], allowed=allowed, bases=articles)


@pytest.mark.parametrize("kind", MATRICES)
def test_the_matrix_is_complete(kind: str) -> None:
    assert_complete(kind, *MATRICES[kind])


@pytest.mark.parametrize("kind", ["annulment", "withdrawal"])
@pytest.mark.parametrize("state", ["pending", "expired", "revoked", "cancelled", "replaced"])
def test_only_a_standing_licence_is_taken_back(kind: str, state: str) -> None:
    stated = {
        "annulment_ground": "fraud",
        "withdrawal_ground": "law_changed",
        "facts_found": "核查属实。",
        "public_need": "规划调整。",
    }
    good = with_(FACTS[kind], stated=stated)
    assert opening_codes(kind, good) == []
    assert opening_codes(kind, replace(good, licence=PaperFacts(state=state))) == [
        "journey.no_licence_to_end"
    ]
    ended = replace(good, state="decided", licence=PaperFacts(state=state))
    assert codes(kind, "serve", ended) == ["journey.no_licence_to_end"]


def test_annulment_and_withdrawal_do_not_run_beside_each_other() -> None:
    stated = {"annulment_ground": "fraud", "facts_found": "核查属实。"}
    facts = replace(with_(FACTS["annulment"], stated=stated), running=("withdrawal",))
    assert opening_codes("annulment", facts) == ["journey.excluded"]
    assert opening_codes("annulment", with_(facts, stated={"annulment_ground": "dislike"})) == [
        "journey.excluded",
        "journey.ask_unknown",
    ]


def test_what_would_gravely_harm_the_public_is_not_annulled() -> None:
    facts = with_(
        replace(FACTS["annulment"], state="heard"), stated={"public_interest": "grave_harm"}
    )
    assert codes("annulment", "decide", facts) == ["journey.public_interest_harmed"]


@pytest.mark.parametrize(
    ("ground", "amount", "expected"),
    [
        ("fraud", None, []),
        ("fraud", 0, []),
        ("fraud", 1, ["journey.fraud_not_compensated"]),
        ("unqualified", None, ["journey.compensation_missing"]),
        ("unqualified", 0, []),
        ("abuse_of_office", 500_000, []),
    ],
)
def test_good_faith_is_compensated_and_fraud_is_not(
    ground: str, amount: int | None, expected: list[str]
) -> None:
    facts = with_(
        replace(FACTS["annulment"], state="heard"),
        stated={"compensation_fen": amount},
        details={"annulment_ground": ground},
    )
    assert codes("annulment", "decide", facts) == expected


@pytest.mark.parametrize("ask", ["compensation_fen", "compensation_note"])
def test_a_withdrawal_says_what_is_paid(ask: str) -> None:
    facts = with_(replace(FACTS["withdrawal"], state="heard"), stated={ask: None})
    assert codes("withdrawal", "decide", facts) == ["journey.ask_missing"]


@pytest.mark.parametrize(
    ("after", "licence", "latest", "expected"),
    [
        ("revoked", "revoked", {}, []),
        ("revoked", "in_force", {}, ["journey.not_revoked"]),
        ("annulled", "annulled", {}, []),
        ("annulled", "revoked", {}, ["journey.not_annulled"]),
        ("withdrawn", "withdrawn", {}, []),
        ("withdrawn", "suspended", {}, ["journey.not_withdrawn"]),
        ("expired", "expired", {}, []),
        ("expired", "in_force", {}, ["journey.not_expired"]),
        ("closure_done", "in_force", {"closure": ("done", date(2026, 3, 1))}, []),
        ("closure_done", "in_force", {}, ["journey.not_closure_done"]),
        (
            "closure_done",
            "in_force",
            {"closure": ("dropped", date(2026, 3, 1))},
            ["journey.not_closure_done"],
        ),
    ],
)
def test_a_licence_is_struck_off_after_one_of_five_ends_and_the_missing_one_is_named(
    after: str, licence: str, latest: dict[str, Any], expected: list[str]
) -> None:
    facts = replace(FACTS["strike_off"], licence=PaperFacts(state=licence), latest=latest)
    opening = with_(facts, stated={"strike_off_after": after})
    assert opening_codes("strike_off", opening) == expected
    later = with_(replace(facts, state="proposed"), details={"strike_off_after": after})
    assert codes("strike_off", "strike_off", later) == expected


def test_without_a_licence_there_is_nothing_to_strike_off() -> None:
    facts = with_(FACTS["strike_off"], licence=None, stated={"strike_off_after": "revoked"})
    assert opening_codes("strike_off", facts) == ["journey.no_licence"]


@pytest.mark.parametrize(
    ("count", "amount", "owed", "expected"),
    [
        (0, 0, 0, []),
        (3, 0, 0, ["journey.claims_unclear"]),
        (0, 100, 0, ["journey.claims_unclear"]),
        (3, 100, 100, []),
        (3, 100, 101, ["journey.claims_too_low"]),
        (0, 0, 1, ["journey.claims_too_low"]),
        (None, 0, 0, ["journey.ask_missing"]),
        (0, None, 0, ["journey.ask_missing"]),
    ],
)
def test_what_parents_are_still_owed_is_recorded(
    count: int | None, amount: int | None, owed: int, expected: list[str]
) -> None:
    held = Obligation("escrow_balance", {}, owed, to_parents=True)
    wages = Obligation("wages", {}, 10**9, to_parents=False)
    facts = with_(
        replace(FACTS["strike_off"], state="proposed"),
        stated={"claims_count": count, "claims_fen": amount},
        obligations=(held, wages) if owed else (wages,),
    )
    assert codes("strike_off", "strike_off", facts) == expected
