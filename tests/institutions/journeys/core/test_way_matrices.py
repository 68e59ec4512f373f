"""The new number, 学转非 and the hand-over: every state with every move, by hand; and guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from institutions.core.journeys.catalogue import JOURNEYS, refusals
from institutions.core.journeys.facts import Obligation
from tests.institutions.journeys.core.life import (
    INSTITUTION,
    LICENCE,
    ON,
    accepted,
    against,
    against_beginning,
    assert_whole,
    every_pair,
    expected_pairs,
    facts,
)

PLAN = "《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第19项"
RECEIVING = "《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第28项"
LICENSING = "《中华人民共和国行政许可法》"
SCHOOLS = "《中华人民共和国民办教育促进法》"
FRONT_BASES = {
    "submit": f"{LICENSING}第二十九条",
    "request_gaps": f"{LICENSING}第三十二条",
    "complete": f"{LICENSING}第三十二条",
    "accept": f"{LICENSING}第三十二条",
    "deem_accepted": f"{LICENSING}第三十二条",
    "reject": f"{LICENSING}第三十二条",
    "drop": f"{LICENSING}第二十九条",
}
STATED: dict[str, Any] = {
    "reason": "理由",
    "gaps": "缺一份",
    "board_for": 2,
    "board_all": 3,
    "new_number": "151011680000123",
    "valid_until": date(2029, 3, 1),
    "standards_checked_on": ON,
    "handed_over_on": ON,
    "acting_from": ON,
    "registered_on": ON,
    "document_type": "school_licence",
    "content": "少儿舞蹈",
    "issuing_department": "education",
    "receiving": "sport",
    "activity": "sport",
    "basis": "双教函〔2026〕3号",
}
DOCUMENTS = accepted(
    *("application_form", "licence_papers", "civil_certificate", "amended_charter"),
    *("standards_proof", "board_resolution", "settlement_statement", "business_licence"),
)
GOOD = facts(documents=DOCUMENTS, stated=STATED)

RENUMBERING = {
    "preparing": ("submit", "drop"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop"),
    "gaps": ("complete", "drop"),
    "accepted": ("grant", "refuse", "drop"),
    "granted": ("issue",),
    "issued": (),
    "refused": (),
    "rejected": (),
    "dropped": (),
}
RENUMBERING_BASES = {
    **FRONT_BASES,
    "grant": f"{LICENSING}第四十九条",
    "refuse": f"{LICENSING}第三十八条",
    "issue": PLAN,
}
CONVERSION = {
    "unresolved": ("resolve_board", "drop"),
    "preparing": ("submit", "drop"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop"),
    "gaps": ("complete", "drop"),
    "accepted": ("consent", "object", "refuse", "drop"),
    "objected": ("consent", "refuse", "drop"),
    "consented": ("permit", "refuse", "drop"),
    "permitted": ("end_classes",),
    "classes_ended": ("hand_over",),
    "handed_over": ("reissue",),
    "relicensed": ("change_scope", "change_civil_scope"),
    "done": (),
    "refused": (),
    "rejected": (),
    "dropped": (),
}
CONVERSION_BASES = {
    "resolve_board": "《中华人民共和国民办教育促进法实施条例》（国务院令第741号）第二十六条",
    **FRONT_BASES,
    "consent": RECEIVING,
    "object": RECEIVING,
    "permit": f"{SCHOOLS}第五十五条",
    "refuse": f"{LICENSING}第三十八条",
    "end_classes": f"{SCHOOLS}第五十九条",
    "hand_over": PLAN,
    "reissue": f"{LICENSING}第四十九条",
    "change_scope": "《中华人民共和国市场主体登记管理条例》（国务院令第746号）第二十六条",
    "change_civil_scope": "《民办非企业单位登记管理暂行条例》（国务院令第251号）第十五条",
}
TRANSFER = {
    "planned": ("hand_over", "drop"),
    "handed_over": ("reissue",),
    "reissued": (),
    "dropped": (),
}
TRANSFER_BASES = {"hand_over": PLAN, "reissue": f"{LICENSING}第四十九条", "drop": PLAN}
# Neither form: both registrars' moves are open then, and the officer says which it is.
FORMLESS = replace(GOOD, institution=replace(INSTITUTION, legal_form=""))
NON_SUBJECT = replace(INSTITUTION, category="non_subject", competent_department="education")


@pytest.mark.parametrize(
    ("kind", "matrix", "bases", "given"),
    [
        ("renumbering", RENUMBERING, RENUMBERING_BASES, GOOD),
        ("conversion", CONVERSION, CONVERSION_BASES, FORMLESS),
        ("transfer", TRANSFER, TRANSFER_BASES, replace(GOOD, institution=NON_SUBJECT)),
    ],
)
def test_every_pair_is_as_the_matrix_says(
    kind: str, matrix: dict[str, tuple[str, ...]], bases: dict[str, str], given: Any
) -> None:
    assert_whole(kind, tuple(matrix), tuple(bases))
    assert every_pair(kind, tuple(matrix), tuple(bases), given) == expected_pairs(matrix, bases)


# --- the new number -------------------------------------------------------------------------


def test_only_a_non_profit_subject_institution_swaps_its_number() -> None:
    begin = facts()
    assert against_beginning("renumbering", begin) == []
    for changed, codes in (
        ({"legal_form": "for_profit"}, ["journey.for_profit_still"]),
        ({"legal_form": ""}, ["journey.legal_form_unknown"]),
        ({"category": "non_subject"}, ["journey.not_subject"]),
        ({"category": ""}, ["journey.category_unknown"]),
    ):
        given = replace(begin, institution=replace(INSTITUTION, **changed))
        assert against_beginning("renumbering", given) == codes
    assert against_beginning("renumbering", replace(begin, licence=None)) == ["journey.no_licence"]
    assert against_beginning("renumbering", replace(begin, institution=None)) == [
        "journey.institution_missing"
    ]


@pytest.mark.parametrize(
    ("number", "position", "codes"),
    [
        ("教民151011680000123号", 8, ["journey.number_new_already"]),
        ("151011670000123", 8, []),
        ("151011680000123", 9, []),
        ("15101168000012", 8, []),
        ("", 8, []),
    ],
)
def test_a_number_that_bears_the_eight_already_is_not_swapped(
    number: str, position: int, codes: list[str]
) -> None:
    given = facts(
        licence=replace(LICENCE, number=number), settings={"nature_code_position": position}
    )
    assert against_beginning("renumbering", given) == codes


def test_the_new_number_is_checked_when_it_is_given_out() -> None:
    for number, codes in (
        ("151011670000123", ["journey.stated_number_nature"]),
        ("8", ["journey.stated_number_form"]),
        ("", ["journey.ask_missing"]),
    ):
        given = replace(GOOD, state="granted", stated={**STATED, "new_number": number})
        assert against("renumbering", "issue", given) == codes
    taken = replace(GOOD, state="granted", number_taken_by="博雅")
    assert against("renumbering", "issue", taken) == ["journey.stated_number_taken"]


# --- 学转非 ---------------------------------------------------------------------------------


def test_only_a_subject_institution_with_a_licence_converts() -> None:
    begin = facts(stated=STATED)
    assert against_beginning("conversion", begin) == []
    converted = replace(begin, institution=NON_SUBJECT)
    assert against_beginning("conversion", converted) == ["journey.not_subject"]
    blank = replace(begin, institution=replace(INSTITUTION, category=""))
    assert against_beginning("conversion", blank) == ["journey.category_unknown"]
    gone = replace(begin, licence=replace(LICENCE, state="expired"))
    assert against_beginning("conversion", gone) == ["journey.no_licence"]
    nowhere = replace(begin, stated={**STATED, "receiving": "education"})
    assert against_beginning("conversion", nowhere) == ["journey.ask_unknown"]
    assert against_beginning("conversion", facts()) == ["journey.ask_missing"] * 2
    beside = replace(begin, running=("reregistration",))
    assert against_beginning("conversion", beside) == ["journey.excluded"]


@pytest.mark.parametrize(
    ("votes", "members", "codes"),
    [
        (5, 9, ["journey.stated_votes_few"]),
        (6, 9, []),
        (7, 9, []),
        (4, 7, ["journey.stated_votes_few"]),
        (5, 7, []),
        (2, 1, ["journey.stated_votes_wrong"]),
    ],
)
def test_two_thirds_carry_the_conversion(votes: int, members: int, codes: list[str]) -> None:
    given = replace(
        GOOD, state="unresolved", stated={**STATED, "board_for": votes, "board_all": members}
    )
    assert against("conversion", "resolve_board", given) == codes


def test_nothing_is_handed_over_while_subject_classes_run_or_parents_are_owed() -> None:
    owed = (
        Obligation("subject_classes_running", {"count": 2}, to_parents=True),
        Obligation("non_subject_classes_running", {"count": 1}, to_parents=True),
        Obligation("escrow_balance", {"amount": "1.00"}, amount_fen=100, to_parents=True),
        Obligation("rent", {}, amount_fen=100),
    )
    table = JOURNEYS["conversion"]
    for state, move in (("permitted", "end_classes"), ("classes_ended", "hand_over")):
        given = replace(GOOD, state=state, obligations=owed)
        reasons = refusals(table, table.by_name[move], given)
        assert [one.code for one in reasons] == [
            "journey.owed_subject_classes_running",
            "journey.owed_escrow_balance",
        ]
        assert all(one.basis for one in reasons)
        free = replace(given, obligations=owed[1:2])
        assert against("conversion", move, free) == []


@pytest.mark.parametrize(
    ("handed", "acting", "codes"),
    [
        (date(2026, 3, 1), date(2026, 2, 28), ["journey.stated_acting_early"]),
        (date(2026, 3, 1), date(2026, 3, 1), []),
        (date(2026, 3, 1), date(2026, 3, 2), []),
        (date(2026, 3, 1), date(2026, 3, 3), ["journey.stated_in_future"]),
        (date(2026, 3, 1), None, ["journey.ask_missing"]),
    ],
)
def test_charge_is_taken_on_the_day_of_the_hand_over_or_later_and_not_ahead(
    handed: date, acting: date | None, codes: list[str]
) -> None:
    stated = {**STATED, "handed_over_on": handed, "acting_from": acting}
    given = replace(GOOD, state="classes_ended", stated=stated)
    assert against("conversion", "hand_over", given) == codes


def test_a_non_subject_paper_may_have_no_number_but_never_a_used_one() -> None:
    without = {name: value for name, value in STATED.items() if name != "new_number"}
    given = replace(GOOD, state="handed_over", stated=without)
    assert against("conversion", "reissue", given) == []
    taken = replace(GOOD, state="handed_over", number_taken_by="博雅")
    assert against("conversion", "reissue", taken) == ["journey.stated_number_taken"]
    odd = replace(given, stated={**without, "document_type": "diploma"})
    assert against("conversion", "reissue", odd) == ["journey.ask_unknown"]


def test_who_registers_follows_the_legal_form() -> None:
    non_profit = replace(GOOD, state="relicensed")
    assert against("conversion", "change_scope", non_profit) == ["journey.registered_by_civil"]
    assert against("conversion", "change_civil_scope", non_profit) == []
    company = replace(non_profit, institution=replace(INSTITUTION, legal_form="for_profit"))
    assert against("conversion", "change_scope", company) == []
    assert against("conversion", "change_civil_scope", company) == ["journey.registered_by_market"]


def test_the_receiving_department_does_not_consent_for_a_day_to_come() -> None:
    stated = {**STATED, "standards_checked_on": date(2026, 3, 3)}
    given = replace(GOOD, state="accepted", stated=stated)
    assert against("conversion", "consent", given) == ["journey.stated_in_future"]


# --- the hand-over --------------------------------------------------------------------------


def test_only_a_non_subject_institution_is_handed_over_and_only_elsewhere() -> None:
    begin = facts(institution=NON_SUBJECT, stated=STATED)
    assert against_beginning("transfer", begin) == []
    subject = replace(begin, institution=INSTITUTION)
    assert against_beginning("transfer", subject) == ["journey.not_non_subject"]
    blank = replace(begin, institution=replace(NON_SUBJECT, category=""))
    assert against_beginning("transfer", blank) == ["journey.category_unknown"]
    there = replace(begin, institution=replace(NON_SUBJECT, competent_department="sport"))
    assert against_beginning("transfer", there) == ["journey.stated_department_same"]
    bare = replace(begin, licence=None)
    assert against_beginning("transfer", bare) == ["journey.no_licence"]
    early = replace(begin, stated={**STATED, "acting_from": date(2026, 3, 1)})
    assert against_beginning("transfer", early) == ["journey.stated_acting_early"]
    again = replace(begin, running=("transfer",))
    assert against_beginning("transfer", again) == ["journey.already_running"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-03-01", []), ("2026-03-02", []), ("2026-03-03", ["journey.not_yet_acting"])],
)
def test_the_change_is_entered_when_the_day_of_taking_charge_has_come(
    day: str, codes: list[str]
) -> None:
    given = replace(GOOD, institution=NON_SUBJECT, state="planned", details={"acting_from": day})
    assert against("transfer", "hand_over", given) == codes
