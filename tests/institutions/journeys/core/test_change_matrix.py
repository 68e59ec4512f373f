"""Change: every state with every move, against a matrix written by hand; and its guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.institutions.journeys.core.life import (
    INSTITUTION,
    accepted,
    against,
    against_beginning,
    assert_whole,
    every_pair,
    expected_pairs,
    facts,
    warned,
)

ALLOWED = {
    "preparing": ("submit", "drop"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop"),
    "gaps": ("complete", "drop"),
    "accepted": ("grant", "refuse", "drop"),
    "granted": (),
    "recorded": (),
    "refused": (),
    "rejected": (),
    "dropped": (),
}
BASES = {
    "submit": "《中华人民共和国行政许可法》第二十九条",
    "request_gaps": "《中华人民共和国行政许可法》第三十二条",
    "complete": "《中华人民共和国行政许可法》第三十二条",
    "accept": "《中华人民共和国行政许可法》第三十二条",
    "deem_accepted": "《中华人民共和国行政许可法》第三十二条",
    "reject": "《中华人民共和国行政许可法》第三十二条",
    "drop": "《中华人民共和国行政许可法》第二十九条",
    "record": "《中华人民共和国行政许可法》第四十九条",
    "grant": "《中华人民共和国民办教育促进法》第五十五条",
    "refuse": "《中华人民共和国行政许可法》第三十八条",
}
DOCUMENTS = accepted("application_form", "licence_papers", "board_resolution", "amended_charter")
STATED = {"reason": "理由", "gaps": "缺一份", "takes_effect_on": date(2026, 3, 2)}
NAME = facts(documents=DOCUMENTS, stated=STATED, details={"matters": ["name"]})
DOMICILE = facts(documents=DOCUMENTS, stated=STATED, details={"matters": ["registered_address"]})
NEEDS = ("journey.change_needs_decision", BASES["record"])


def test_the_table_holds_the_states_and_moves_of_the_matrix() -> None:
    assert_whole("change", tuple(ALLOWED), tuple(BASES))


def test_every_pair_is_as_the_matrix_says_for_what_the_licence_prints() -> None:
    wrong = ("journey.wrong_state", BASES["record"])
    differing = {
        (state, "record"): [NEEDS] if state == "preparing" else [wrong, NEEDS] for state in ALLOWED
    }
    assert every_pair("change", tuple(ALLOWED), tuple(BASES), NAME) == expected_pairs(
        ALLOWED, BASES, differing
    )


def test_every_pair_is_as_the_matrix_says_for_what_is_only_recorded() -> None:
    free = "journey.change_needs_no_decision"
    differing = {("preparing", "record"): []}
    for state, moves in ALLOWED.items():
        for move in ("submit", "complete"):
            wrong = [] if move in moves else [("journey.wrong_state", BASES[move])]
            differing[(state, move)] = [*wrong, (free, BASES[move])]
    assert every_pair("change", tuple(ALLOWED), tuple(BASES), DOMICILE) == expected_pairs(
        ALLOWED, BASES, differing
    )


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        ({"matters": ["name"], "new_name": "启明培训学校"}, []),
        ({"matters": ["name"]}, ["journey.ask_missing"]),
        ({"matters": ["name"], "new_name": "明德培训学校"}, ["journey.stated_name_same"]),
        ({"matters": ["category"]}, ["journey.change_is_conversion"]),
        ({"matters": ["sponsors", "principal"]}, ["journey.ask_missing", "journey.ask_missing"]),
        ({"matters": ["premises"]}, ["journey.ask_missing"]),
        (
            {"matters": ["premises"], "premises_change": "moved"},
            ["journey.ask_missing", "journey.ask_missing"],
        ),
        (
            {
                "matters": ["premises"],
                "premises_change": "removed",
                "premises_register_id": "P000001",
            },
            [],
        ),
        ({"matters": []}, ["journey.ask_missing"]),
        ({"matters": ["level"]}, ["journey.ask_unknown"]),
    ],
)
def test_a_change_begins_with_its_new_values(stated: dict[str, object], codes: list[str]) -> None:
    given = facts(state="preparing", stated={"change_reason": "理由", **stated})
    assert against_beginning("change", given) == codes


def test_the_last_place_is_moved_and_never_removed() -> None:
    stated = {
        "matters": ["premises"],
        "premises_change": "removed",
        "premises_register_id": "P000001",
        "change_reason": "理由",
    }
    one = replace(INSTITUTION, premises_count=1)
    assert against_beginning("change", facts(institution=one, stated=stated)) == [
        "journey.stated_last_premises"
    ]


@pytest.mark.parametrize(
    ("matter", "documents"),
    [
        ("name", ["board_resolution", "amended_charter"]),
        (
            "sponsors",
            ["sponsor_agreement", "liquidation_report", "board_resolution", "sponsor_identity"],
        ),
        ("premises", ["premises_proof", "fire_safety_proof"]),
        ("legal_representative", ["board_resolution", "representative_identity"]),
        ("principal", ["board_resolution", "principal_certificates"]),
    ],
)
def test_each_matter_needs_its_own_documents(matter: str, documents: list[str]) -> None:
    given = facts(
        state="accepted",
        documents=accepted("application_form", "licence_papers"),
        stated=STATED,
        details={"matters": [matter]},
    )
    assert against("change", "grant", given) == ["journey.document_missing"] * len(documents)
    whole = replace(given, documents=accepted("application_form", "licence_papers", *documents))
    assert against("change", "grant", whole) == []


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2026, 3, 2), []), (date(2026, 3, 3), ["journey.stated_in_future"])],
)
def test_a_change_takes_effect_by_the_day_it_is_granted(day: date, codes: list[str]) -> None:
    given = replace(NAME, state="accepted", stated={"takes_effect_on": day})
    assert against("change", "grant", given) == codes


def test_a_private_non_enterprise_unit_hears_of_its_30_days() -> None:
    assert warned("change", "grant", NAME) == ["journey.register_within_30_days"]
    company = replace(NAME, institution=replace(INSTITUTION, legal_form="for_profit"))
    assert warned("change", "grant", company) == []
