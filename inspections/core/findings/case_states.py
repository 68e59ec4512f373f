"""A 行政处罚案件 case: when it may be opened, and what its penalty journey says of its state.

Source: 行政处罚法 art. 54 (opened as the law says), 60 (90 days), 57 and 58 (decided by name, after
legal review where it is needed), 61 (a decision works when it is served). The steps themselves are
the licensing journey 行政处罚; a case has no second set of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inspections.core.findings.finding_states import POWERS, FindingState, words_refusals
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

OPENING = LegalBasis("中华人民共和国行政处罚法", "", "第五十四条")
INVESTIGATING = LegalBasis("中华人民共和国行政处罚法", "", "第五十七条")


class CaseState(StrEnum):
    """Where a case stands; read from its journey, never kept beside it."""

    OPENED = "opened"
    INVESTIGATED = "investigated"
    NOTIFIED = "notified"
    HEARING = "hearing"
    HEARD = "heard"
    DECIDED = "decided"
    SERVED = "served"
    DROPPED = "dropped"


_BY_JOURNEY: Mapping[str, CaseState] = {
    "proposed": CaseState.OPENED,
    "noticed": CaseState.NOTIFIED,
    "notified": CaseState.NOTIFIED,
    "hearing_requested": CaseState.HEARING,
    "hearing_called": CaseState.HEARING,
    "heard": CaseState.HEARD,
    "reviewed": CaseState.HEARD,
    "decided": CaseState.DECIDED,
    "served": CaseState.SERVED,
    "dropped": CaseState.DROPPED,
}
CLOSED = (CaseState.SERVED, CaseState.DROPPED)


def case_state(*, journey_state: str, is_investigated: bool) -> CaseState:
    """The state of a case by its penalty journey; raises KeyError for a state nobody mapped."""
    state = _BY_JOURNEY[journey_state]
    if state is CaseState.OPENED and is_investigated:
        return CaseState.INVESTIGATED
    return state


def may_punish(state: CaseState) -> bool:
    """Whether the institution bears a penalty: by a served decision, and by nothing before."""
    return state is CaseState.SERVED


@dataclass(frozen=True)
class CasedFinding:
    """What is looked at of a finding that goes into a case."""

    state: FindingState
    department: str
    institution: str


@dataclass(frozen=True)
class OpeningFacts:
    """What is looked at when a case is opened by `department`."""

    department: str
    findings: tuple[CasedFinding, ...]
    ground: str
    evidence: str
    is_named_officer: bool = True


def opening_refusals(facts: OpeningFacts) -> tuple[Refusal, ...]:
    """Every reason why a case may not be opened so."""
    found: list[Refusal] = []
    if not facts.findings:
        found.append(Refusal("case.no_finding", {}, OPENING))
    if len({one.institution for one in facts.findings}) > 1:
        found.append(Refusal("case.several_institutions", {}, OPENING))
    if any(one.department != facts.department for one in facts.findings):
        params = {"department": facts.department}
        found.append(Refusal("case.finding_of_others", params, POWERS, "case.remedy_refer"))
    unfit = [one for one in facts.findings if one.state not in _CASED_FROM]
    if unfit:
        params = {"finding_state": unfit[0].state.value}
        found.append(Refusal("case.finding_not_open", params, OPENING))
    if not facts.is_named_officer:
        found.append(Refusal("case.person_only", {}, OPENING))
    found.extend(words_refusals(facts.ground, missing="case.ground_missing"))
    found.extend(words_refusals(facts.evidence, missing="case.evidence_missing"))
    return tuple(found)


_CASED_FROM = (FindingState.OPEN, FindingState.ORDERED)


def concluding_refusals(
    *, state: CaseState, conclusion: str, articles: str, is_named_officer: bool
) -> tuple[Refusal, ...]:
    """Why an investigation cannot be concluded so: both what was found and by which articles.

    Two bases often stand side by side (令53号第20条 and 民办教育促进法第62条): the case says which.
    """
    found: list[Refusal] = []
    if state is not CaseState.OPENED:
        found.append(Refusal("case.not_investigating", {"case_state": state.value}, INVESTIGATING))
    if not is_named_officer:
        found.append(Refusal("case.person_only", {}, INVESTIGATING))
    found.extend(_missing(conclusion, "case.conclusion_missing"))
    found.extend(_missing(articles, "case.articles_missing"))
    return tuple(found)


def _missing(words: str, code: str) -> Iterable[Refusal]:
    yield from words_refusals(words, missing=code)
