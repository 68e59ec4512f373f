"""What the matrices of the endings share: good facts, and the codes of a move's refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from institutions.core.journeys.catalogue import JOURNEYS, opening_refusals, refusals
from institutions.core.journeys.facts import InstitutionFacts, JourneyFacts, PaperFacts
from regulator.kernel.outcomes import Refusal

ON = date(2026, 3, 20)
SERVICE = {
    "notice_served_on": date(2026, 3, 3),
    "notice_served_how": "direct",
    "notice_served_to": "李某",
    "served_on": date(2026, 3, 20),
    "served_how": "post",
    "served_to": "李某",
}
STATED: dict[str, Any] = {
    **SERVICE,
    "statement_on": date(2026, 3, 4),
    "statement": "场地合同没有到期。",
    "waiver_on": date(2026, 3, 4),
    "reason": "期间已经办完。",
}
DETAILS: dict[str, Any] = {
    "notify_on": "2026-03-02",
    "notice_served_on": "2026-03-03",
    "decide_on": "2026-03-18",
}
GOOD = JourneyFacts(
    state="",
    on=ON,
    institution=InstitutionFacts(name="明德培训学校", category="subject", status="operating"),
    licence=PaperFacts(state="in_force", number="教民151011670000123号"),
    stated=STATED,
    details=DETAILS,
    deadline_on=date(2026, 3, 1),
)


def judged(kind: str, move: str, facts: JourneyFacts) -> list[Refusal]:
    table = JOURNEYS[kind]
    return list(refusals(table, table.by_name[move], facts))


def codes(kind: str, move: str, facts: JourneyFacts) -> list[str]:
    return [one.code for one in judged(kind, move, facts)]


def opening_codes(kind: str, facts: JourneyFacts) -> list[str]:
    return [one.code for one in opening_refusals(JOURNEYS[kind], facts)]


def cited(kind: str, move: str, facts: JourneyFacts) -> set[str]:
    return {one.basis.cite() for one in judged(kind, move, facts) if one.basis is not None}


def with_(facts: JourneyFacts, *, stated: Any = None, details: Any = None, **more: Any) -> Any:
    """Facts with some values changed; a stated or detailed value of None is taken out."""
    found = {
        "stated": _changed(facts.stated, stated or {}),
        "details": _changed(facts.details, details or {}),
    }
    return replace(facts, **found, **more)


def _changed(values: Any, changes: dict[str, Any]) -> dict[str, Any]:
    merged = {**values, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def assert_pair(
    kind: str,
    state: str,
    move: str,
    *,
    facts: JourneyFacts,
    allowed: dict[str, list[str]],
    bases: dict[str, str],
) -> None:
    """One pair of state and move is what the matrix says, with the article of its refusal."""
    found = judged(kind, move, replace(facts, state=state))
    if move in allowed[state]:
        assert found == []
        return
    assert [one.code for one in found] == ["journey.wrong_state"]
    assert found[0].basis is not None
    assert found[0].basis.cite() == bases[move]


def assert_complete(kind: str, allowed: dict[str, list[str]], bases: dict[str, str]) -> None:
    """The matrix names every state and move of the table, and no other."""
    table = JOURNEYS[kind]
    assert set(table.states) == set(allowed)
    assert set(table.by_name) == set(bases)
