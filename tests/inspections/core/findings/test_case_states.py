"""Cases: when one may be opened, and what its penalty journey says of its state."""

from __future__ import annotations

import pytest

from inspections.core.findings.case_states import (
    CasedFinding,
    CaseState,
    OpeningFacts,
    case_state,
    concluding_refusals,
    may_punish,
    opening_refusals,
)
from inspections.core.findings.finding_states import FindingState
from institutions.core.journeys.tables.penalty import PENALTY


def finding(**changes: object) -> CasedFinding:
    values: dict[str, object] = {
        "state": FindingState.OPEN,
        "department": "education",
        "institution": "1",
    }
    return CasedFinding(**{**values, **changes})  # type: ignore[arg-type]


def codes(*findings: CasedFinding, **changes: object) -> list[str]:
    values: dict[str, object] = {
        "department": "education",
        "findings": findings or (finding(),),
        "ground": "涉嫌超出许可范围培训",
        "evidence": "现场笔录、照片",
    }
    made = OpeningFacts(**{**values, **changes})  # type: ignore[arg-type]
    return [one.code for one in opening_refusals(made)]


def test_a_case_is_opened_from_an_open_or_ordered_finding_of_ones_own() -> None:
    assert codes() == []
    assert codes(finding(state=FindingState.ORDERED)) == []


@pytest.mark.parametrize("state", ["referred", "returned", "settled", "case", "withdrawn"])
def test_no_other_finding_goes_into_a_case(state: str) -> None:
    assert codes(finding(state=FindingState(state))) == ["case.finding_not_open"]


def test_another_departments_finding_is_referred_and_not_taken_along() -> None:
    assert codes(finding(), finding(department="fire_rescue")) == ["case.finding_of_others"]


def test_a_case_is_against_one_institution_with_words_and_by_a_person() -> None:
    assert codes(finding(), finding(institution="2")) == ["case.several_institutions"]
    assert codes(findings=()) == ["case.no_finding"]
    assert codes(ground="") == ["case.ground_missing"]
    assert codes(evidence=" ") == ["case.evidence_missing"]
    assert codes(is_named_officer=False) == ["case.person_only"]


STATES = {
    "proposed": "opened",
    "noticed": "notified",
    "notified": "notified",
    "hearing_requested": "hearing",
    "hearing_called": "hearing",
    "heard": "heard",
    "reviewed": "heard",
    "decided": "decided",
    "served": "served",
    "dropped": "dropped",
}


@pytest.mark.parametrize(("journey", "state"), sorted(STATES.items()))
def test_the_state_of_a_case_is_that_of_its_journey(journey: str, state: str) -> None:
    assert case_state(journey_state=journey, is_investigated=False).value == state


def test_every_state_of_a_penalty_journey_is_mapped() -> None:
    reached = {PENALTY.initial} | {move.target for move in PENALTY.moves}
    assert reached == set(STATES)


def test_an_investigation_that_was_concluded_shows_before_the_notice() -> None:
    found = case_state(journey_state="proposed", is_investigated=True)
    assert found is CaseState.INVESTIGATED
    assert case_state(journey_state="heard", is_investigated=True) is CaseState.HEARD


@pytest.mark.parametrize("state", list(CaseState))
def test_only_a_served_decision_punishes(state: CaseState) -> None:
    assert may_punish(state) is (state is CaseState.SERVED)


def test_an_investigation_ends_once_with_facts_and_articles() -> None:
    def ending(
        state: str = "opened", conclusion: str = "事实", articles: str = "第六十二条"
    ) -> list:
        found = concluding_refusals(
            state=CaseState(state),
            conclusion=conclusion,
            articles=articles,
            is_named_officer=True,
        )
        return [one.code for one in found]

    assert ending() == []
    assert ending("investigated") == ["case.not_investigating"]
    assert ending(conclusion="", articles="") == [
        "case.conclusion_missing",
        "case.articles_missing",
    ]
