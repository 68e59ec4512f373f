"""Set-up: every state with every move, against a matrix written by hand; and its bans."""

from __future__ import annotations

from datetime import date

import pytest

from tests.institutions.journeys.core.life import (
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
    "preparing": ("submit", "drop", "refer"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop", "refer"),
    "gaps": ("complete", "drop"),
    "accepted": ("check_site", "refuse", "drop", "refer"),
    "site_checked": ("check_site", "grant", "refuse", "drop"),
    "granted": ("issue",),
    "issued": (),
    "refused": (),
    "referred": (),
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
    "check_site": "《中华人民共和国行政许可法》第三十四条",
    "grant": "《中华人民共和国民办教育促进法》第十七条",
    "issue": "《中华人民共和国行政许可法》第四十四条",
    "refuse": "《中华人民共和国行政许可法》第三十八条",
    "refer": ("《关于做好现有线上学科类培训机构由备案改为审批工作的通知》（教监管厅〔2021〕2号）"),
}
DOCUMENTS = accepted(
    "application_form",
    "charter",
    "sponsor_identity",
    "assets_proof",
    "premises_proof",
    "fire_safety_proof",
    "board_list",
    "staff_certificates",
)
ARTS = {
    "category": "non_subject",
    "activity": "culture_arts",
    "stages": ["primary"],
    "ways": ["offline"],
}
ONLINE = {"category": "subject", "stages": ["junior"], "ways": ["online_live"]}
STATED = {
    "reason": "理由",
    "gaps": "缺一份",
    "checked_on": date(2026, 3, 1),
    "checked_by": "李某、王某",
    "site_result": "conforms",
    "document_type": "school_licence",
    "school_type": "培训机构",
    "valid_from": date(2026, 3, 2),
    "valid_until": date(2029, 3, 1),
    "referred_to": "省教育厅",
}
GOOD = facts(
    institution=None,
    licence=None,
    documents=DOCUMENTS,
    stated=STATED,
    details={**ARTS, "accept_on": "2026-02-10", "site_result": "conforms"},
)
NOT_PROVINCE = [("journey.not_for_the_province", BASES["refer"])]
PROVINCE = ("journey.province_decides", BASES["refer"])


def test_the_table_holds_the_states_and_moves_of_the_matrix() -> None:
    assert_whole("set_up", tuple(ALLOWED), tuple(BASES))


def test_every_pair_is_as_the_matrix_says_for_what_the_district_decides() -> None:
    differing = {
        (state, "refer"): (
            NOT_PROVINCE
            if "refer" in ALLOWED[state]
            else [("journey.wrong_state", BASES["refer"]), *NOT_PROVINCE]
        )
        for state in ALLOWED
    }
    assert every_pair("set_up", tuple(ALLOWED), tuple(BASES), GOOD) == expected_pairs(
        ALLOWED, BASES, differing
    )


def test_every_pair_is_as_the_matrix_says_for_what_the_province_decides() -> None:
    good = facts(
        institution=None,
        licence=None,
        documents=DOCUMENTS,
        stated=STATED,
        details={**ONLINE, "accept_on": "2026-02-10"},
    )
    differing = {
        (state, "grant"): (
            [PROVINCE]
            if state == "site_checked"
            else [("journey.wrong_state", BASES["grant"]), PROVINCE]
        )
        for state in ALLOWED
    }
    assert every_pair("set_up", tuple(ALLOWED), tuple(BASES), good) == expected_pairs(
        ALLOWED, BASES, differing
    )


BEGUN = {
    "name": "新芽艺术学校",
    "legal_form": "non_profit",
    "sponsors": "某公司",
    "legal_representative": "张某",
    "principal": "李某",
    "address": "星空路20号",
    "content": "美术",
    **ARTS,
}
BAN = "《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第18项"


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        ({}, []),
        ({"category": "subject", "stages": ["primary"]}, ["journey.ban_compulsory"]),
        ({"category": "subject", "stages": ["junior"]}, ["journey.ban_compulsory"]),
        ({"category": "subject", "stages": ["senior"]}, ["journey.ban_senior"]),
        (
            {"category": "subject", "stages": ["preschool", "primary", "senior"]},
            ["journey.ban_preschool", "journey.ban_compulsory", "journey.ban_senior"],
        ),
        ({"stages": ["preschool"]}, ["journey.ban_preschool"]),
        ({"stages": ["preschool"], "ways": ["online_live"]}, ["journey.ban_preschool"]),
        ({"stages": ["senior"]}, []),
        ({"category": "subject", "stages": ["primary"], "ways": ["online_live"]}, []),
        (
            {"category": "subject", "stages": ["primary"], "ways": ["offline", "online_live"]},
            ["journey.ban_compulsory"],
        ),
        ({"activity": ""}, ["journey.stated_activity_missing"]),
        (
            {"category": "subject", "ways": ["online_recorded"], "legal_form": "for_profit"},
            ["journey.stated_subject_for_profit"],
        ),
        ({"name": " "}, ["journey.ask_missing"]),
    ],
)
def test_a_set_up_begins_only_where_no_ban_stands(
    scope: dict[str, object], codes: list[str]
) -> None:
    given = facts(state="preparing", institution=None, licence=None, stated={**BEGUN, **scope})
    assert against_beginning("set_up", given) == codes


def test_a_ban_is_cited_with_its_item_and_stands_again_at_the_decision() -> None:
    subject = {"category": "subject", "stages": ["primary"], "ways": ["offline"]}
    given = facts(
        state="site_checked",
        institution=None,
        documents=DOCUMENTS,
        details={**subject, "site_result": "conforms"},
    )
    assert every_pair("set_up", ("site_checked",), ("grant",), given) == {
        ("site_checked", "grant"): [("journey.ban_compulsory", BAN)]
    }


def test_whoever_begins_an_online_subject_set_up_hears_that_the_province_decides() -> None:
    online = facts(institution=None, stated={**BEGUN, **ONLINE})
    offline = facts(institution=None, stated=BEGUN)
    assert warned("set_up", "", online) == ["journey.province_decides"]
    assert warned("set_up", "", offline) == []


@pytest.mark.parametrize(
    ("checked_on", "codes"),
    [
        (date(2026, 2, 9), ["journey.stated_before_acceptance"]),
        (date(2026, 2, 10), []),
        (date(2026, 3, 2), []),
        (date(2026, 3, 3), ["journey.stated_in_future"]),
    ],
)
def test_a_site_check_lies_between_acceptance_and_today(checked_on: date, codes: list[str]) -> None:
    given = facts(
        state="accepted",
        institution=None,
        details={**ARTS, "accept_on": "2026-02-10"},
        stated={**STATED, "checked_on": checked_on},
    )
    assert against("set_up", "check_site", given) == codes


def test_nothing_is_granted_where_the_last_site_check_fell_short() -> None:
    given = facts(
        state="site_checked",
        institution=None,
        documents=DOCUMENTS,
        details={**ARTS, "site_result": "falls_short"},
    )
    assert against("set_up", "grant", given) == ["journey.site_falls_short"]


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), ["journey.stated_validity_over"]),
        (date(2026, 3, 2), date(2026, 3, 2), []),
        (date(2026, 1, 1), date(2026, 3, 1), ["journey.stated_validity_over"]),
    ],
)
def test_a_licence_is_not_issued_over(first: date, last: date, codes: list[str]) -> None:
    given = facts(
        state="granted",
        institution=None,
        stated={**STATED, "valid_from": first, "valid_until": last},
    )
    assert against("set_up", "issue", given) == codes


def test_gaps_are_listed_once() -> None:
    given = facts(state="applied", institution=None, stated=STATED, details={"gaps": "缺章程"})
    assert against("set_up", "request_gaps", given) == ["journey.gaps_listed_already"]
