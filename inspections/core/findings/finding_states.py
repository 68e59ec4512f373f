"""A 发现问题 finding: its states, and one table of every move.

A finding belongs to the department of its item, which alone may order it put right; everybody
else refers it (移送). Source: 行政处罚法 art. 17 and 18 (each body within its own powers), art. 54
and 57 (what is found is set down and decided on by name).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

POWERS = LegalBasis("中华人民共和国行政处罚法", "", "第十七条、第十八条")
REFERRING = LegalBasis("中华人民共和国行政处罚法", "", "第二十五条、第二十七条")
SETTING_DOWN = LegalBasis("中华人民共和国行政处罚法", "", "第五十四条、第五十五条")
LONGEST_WORDS = 2000


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    REFERRED = "referred"
    RETURNED = "returned"
    ORDERED = "ordered"
    SETTLED = "settled"
    CASE = "case"
    WITHDRAWN = "withdrawn"


UNSETTLED = (
    FindingState.OPEN,
    FindingState.REFERRED,
    FindingState.RETURNED,
    FindingState.ORDERED,
)


class Side(StrEnum):
    """Which department makes a move: the one that holds the finding, or the one asked to."""

    HOLDER = "holder"
    RECEIVER = "receiver"


@dataclass(frozen=True)
class FindingMove:
    """One move; `action` is what the policy is asked, `side` of which department."""

    name: str
    sources: tuple[FindingState, ...]
    target: FindingState
    action: Action
    basis: LegalBasis
    side: Side = Side.HOLDER
    is_reasoned: bool = False


# The last five follow from what becomes of the order or the case; no page offers them by itself.
FINDING_MOVES: Mapping[str, FindingMove] = {
    move.name: move
    for move in (
        FindingMove(
            "refer",
            (FindingState.OPEN, FindingState.RETURNED),
            FindingState.REFERRED,
            Action.FINDING_HANDLE,
            REFERRING,
            is_reasoned=True,
        ),
        FindingMove(
            "accept",
            (FindingState.REFERRED,),
            FindingState.OPEN,
            Action.FINDING_HANDLE,
            REFERRING,
            Side.RECEIVER,
        ),
        FindingMove(
            "decline",
            (FindingState.REFERRED,),
            FindingState.RETURNED,
            Action.FINDING_HANDLE,
            REFERRING,
            Side.RECEIVER,
            is_reasoned=True,
        ),
        FindingMove(
            "withdraw",
            (FindingState.OPEN, FindingState.RETURNED),
            FindingState.WITHDRAWN,
            Action.FINDING_HANDLE,
            SETTING_DOWN,
            is_reasoned=True,
        ),
        FindingMove(
            "order",
            (FindingState.OPEN,),
            FindingState.ORDERED,
            Action.RECTIFICATION_HANDLE,
            POWERS,
        ),
        FindingMove(
            "release",
            (FindingState.ORDERED,),
            FindingState.OPEN,
            Action.RECTIFICATION_HANDLE,
            POWERS,
            is_reasoned=True,
        ),
        FindingMove(
            "settle",
            (FindingState.ORDERED,),
            FindingState.SETTLED,
            Action.RECTIFICATION_HANDLE,
            POWERS,
        ),
        FindingMove(
            "escalate",
            (FindingState.OPEN, FindingState.ORDERED),
            FindingState.CASE,
            Action.PENALTY_HANDLE,
            POWERS,
        ),
    )
}


@dataclass(frozen=True)
class FindingFacts:
    """What the guards look at. `asked_department` is whom a finding is, or is to be, referred to.

    `is_known_department` says whether the division has a department of that code.
    """

    state: FindingState
    holder: str
    words: str = ""
    asked_department: str = ""
    is_known_department: bool = True
    is_named_officer: bool = True


def finding_refusals(move: FindingMove, facts: FindingFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"finding_state": facts.state.value, "finding_move": move.name}
        found.append(Refusal("finding.wrong_state", params, move.basis))
    if not facts.is_named_officer:
        found.append(Refusal("finding.person_only", {"finding_move": move.name}, move.basis))
    if move.is_reasoned:
        found.extend(words_refusals(facts.words, missing="finding.reason_missing"))
    guard = _GUARDS.get(move.name)
    if guard is not None:
        found.extend(guard(facts))
    return tuple(found)


def words_refusals(words: str, *, missing: str) -> Iterable[Refusal]:
    """A text that must be there and must not be endless; `missing` is the code where it is not."""
    if not words.strip():
        yield Refusal(missing)
    if len(words) > LONGEST_WORDS:
        yield Refusal("finding.words_too_long", {"length": len(words), "most": LONGEST_WORDS})


def _referring(facts: FindingFacts) -> Iterable[Refusal]:
    if not facts.asked_department or not facts.is_known_department:
        yield Refusal("finding.department_unknown", {}, REFERRING)
    elif facts.asked_department == facts.holder:
        yield Refusal("finding.own_department", {"department": facts.holder}, REFERRING)


_GUARDS: Mapping[str, Callable[[FindingFacts], Iterable[Refusal]]] = {"refer": _referring}


@dataclass(frozen=True)
class ConfirmingFacts:
    """What is looked at when a person confirms a finding from an answer.

    `answer` is the answer's own code; `is_confirmed` says that a standing finding exists for it.
    `violation` is the code chosen, `is_known_violation` whether the table has it.
    """

    answer: str
    is_visit_ended: bool
    is_confirmed: bool
    text: str
    violation: str = ""
    is_known_violation: bool = True
    is_named_officer: bool = True


FAILS = "fails"


def confirming_refusals(facts: ConfirmingFacts) -> tuple[Refusal, ...]:
    """Every reason why an answer cannot become a finding."""
    found: list[Refusal] = []
    if facts.answer != FAILS:
        found.append(Refusal("finding.answer_not_failing", {}, SETTING_DOWN))
    if facts.is_confirmed:
        found.append(Refusal("finding.confirmed_already", {}, SETTING_DOWN))
    if not facts.is_visit_ended:
        found.append(Refusal("finding.visit_open", {}, SETTING_DOWN))
    if not facts.is_named_officer:
        found.append(Refusal("finding.person_only", {"finding_move": "confirm"}, SETTING_DOWN))
    if facts.violation and not facts.is_known_violation:
        params = {"violation": facts.violation}
        found.append(Refusal("finding.violation_unknown", params, SETTING_DOWN))
    found.extend(words_refusals(facts.text, missing="finding.text_missing"))
    return tuple(found)


def opening_state(*, holder: str, confirmer: str) -> FindingState:
    """Where a confirmed finding begins: with its item's department, or referred to it.

    `holder` is the item's department, `confirmer` the department of the person who confirms.
    """
    return FindingState.OPEN if holder == confirmer else FindingState.REFERRED
