"""营转非 under each of its three orders: every state with every move, by hand; and its guards.

A grid has a row per state and a column per move: `+` allowed, `s` wrong state, `o` out of order,
`f` too far, `F` wrong state and too far, `l` steps left, `L` wrong state and steps left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from institutions.core.journeys.catalogue import JOURNEYS, opening_refusals, refusals
from institutions.core.journeys.facts import InstitutionFacts, JourneyFacts, PaperFacts

ON = date(2026, 3, 2)
MOVES = (
    *("submit", "request_gaps", "complete", "accept", "deem_accepted", "reject", "drop"),
    *("revise_charter", "liquidate_assets", "resolve_board", "deregister_enterprise"),
    *("verify_capital", "swap_licence", "register_civil", "cancel_old_licence"),
    *("refuse", "conclude"),
)
CHENGDU = """
preparing               +sssss+ ssssssss ss
applied                 s+s++++ ssssssss ss
gaps                    ss+sss+ ssssssss ss
accepted                ssssss+ +ooooooo +s
charter_revised         ssssss+ s+oooooo +L
assets_liquidated       ssssss+ os+ooooo +L
board_resolved          ssssss+ oos+oooo +L
enterprise_deregistered ssssssF ooos+ooo +l
capital_verified        ssssssf oooos+oo +L
licence_swapped         ssssssF ooooos+o FL
civil_registered        ssssssF ooooooso F+
done                    sssssss ssssssss ss
refused                 sssssss ssssssss ss
rejected                sssssss ssssssss ss
dropped                 sssssss ssssssss ss
"""
NATIONAL = """
preparing               +sssss+ ssssssss ss
applied                 s+s++++ ssssssss ss
gaps                    ss+sss+ ssssssss ss
accepted                ssssss+ +ooooooo +s
charter_revised         ssssss+ s+oooooo +L
assets_liquidated       ssssss+ os+ooooo +L
board_resolved          ssssss+ ooso+ooo +L
capital_verified        ssssss+ oooos+oo +L
licence_swapped         ssssssF ooooos+o FL
civil_registered        ssssssF ooo+ooso Fl
enterprise_deregistered ssssssF ooosoooo f+
done                    sssssss ssssssss ss
refused                 sssssss ssssssss ss
rejected                sssssss ssssssss ss
dropped                 sssssss ssssssss ss
"""
BEIJING = """
preparing               +sssss+ ssssssss ss
applied                 s+s++++ ssssssss ss
gaps                    ss+sss+ ssssssss ss
accepted                ssssss+ +ooooooo +s
charter_revised         ssssss+ s+oooooo +L
assets_liquidated       ssssss+ os+ooooo +L
board_resolved          ssssss+ ooso+ooo +L
capital_verified        ssssss+ oooos+oo +L
licence_swapped         ssssssF ooooos+o FL
civil_registered        ssssssF oooooos+ Fl
old_licence_cancelled   ssssssF ooo+ooos FL
enterprise_deregistered ssssssF ooosoooo f+
done                    sssssss ssssssss ss
refused                 sssssss ssssssss ss
rejected                sssssss ssssssss ss
dropped                 sssssss ssssssss ss
"""
GRIDS = {"chengdu": CHENGDU, "national_2021": NATIONAL, "beijing": BEIJING}
ORDERS = {
    "chengdu": (
        *("charter_revised", "assets_liquidated", "board_resolved", "enterprise_deregistered"),
        *("capital_verified", "licence_swapped", "civil_registered"),
    ),
    "national_2021": (
        *("charter_revised", "assets_liquidated", "board_resolved", "capital_verified"),
        *("licence_swapped", "civil_registered", "enterprise_deregistered"),
    ),
    "beijing": (
        *("charter_revised", "assets_liquidated", "board_resolved", "capital_verified"),
        *("licence_swapped", "civil_registered", "old_licence_cancelled"),
        "enterprise_deregistered",
    ),
}
CODES: dict[str, frozenset[str]] = {
    "+": frozenset(),
    "s": frozenset({"journey.wrong_state"}),
    "o": frozenset({"journey.out_of_order"}),
    "f": frozenset({"journey.too_far"}),
    "F": frozenset({"journey.wrong_state", "journey.too_far"}),
    "l": frozenset({"journey.steps_left"}),
    "L": frozenset({"journey.wrong_state", "journey.steps_left"}),
}
PLAN = "《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第19项"
ARTICLES = {
    "submit": "《中华人民共和国行政许可法》第二十九条",
    "request_gaps": "《中华人民共和国行政许可法》第三十二条",
    "complete": "《中华人民共和国行政许可法》第三十二条",
    "accept": "《中华人民共和国行政许可法》第三十二条",
    "deem_accepted": "《中华人民共和国行政许可法》第三十二条",
    "reject": "《中华人民共和国行政许可法》第三十二条",
    "drop": "《中华人民共和国行政许可法》第二十九条",
    "revise_charter": PLAN,
    "liquidate_assets": "《中华人民共和国民办教育促进法》第五十八条",
    "resolve_board": "《中华人民共和国民办教育促进法实施条例》（国务院令第741号）第二十六条",
    "deregister_enterprise": "《中华人民共和国市场主体登记管理条例》（国务院令第746号）第三十一条",
    "verify_capital": PLAN,
    "swap_licence": PLAN,
    "register_civil": ("《民办非企业单位登记管理暂行条例》（国务院令第251号）第九条、第十二条"),
    "cancel_old_licence": PLAN,
    "refuse": "《中华人民共和国行政许可法》第三十八条",
    "conclude": PLAN,
}
DOCUMENTS = dict.fromkeys(
    (
        *("application_form", "licence_papers", "business_licence", "amended_charter"),
        *("liquidation_report", "board_resolution", "deregistration_notice", "capital_report"),
        *("civil_certificate", "donation_pledge"),
    ),
    "accepted",
)
SUCCESSION = {
    "contracts_taken_by": "新法人",
    "fees_taken_by": "新法人",
    "staff_taken_by": "新法人",
    "account_taken_by": "新法人",
}
STATED: dict[str, Any] = {
    "reason": "理由",
    "gaps": "缺一份",
    "board_for": 4,
    "board_all": 6,
    "deregistered_on": ON,
    "capital_fen": 30_000_000,
    "new_number": "151011680000123",
    "valid_until": date(2029, 3, 1),
    "new_credit_code": "52510116MJQ1234564",
    "registered_on": ON,
    **SUCCESSION,
}
ENTRY = InstitutionFacts(
    name="明德", category="subject", legal_form="for_profit", status="operating"
)
LICENCE = PaperFacts(
    "in_force",
    number="151011670000123",
    nature_code="7",
    valid_from=date(2024, 5, 1),
    valid_before=date(2027, 5, 1),
)


def facts(order: str = "chengdu", **values: Any) -> JourneyFacts:
    """Everything in order; what is at stake is given."""
    made = JourneyFacts(
        state="preparing",
        on=ON,
        institution=ENTRY,
        licence=LICENCE,
        documents=DOCUMENTS,
        stated=STATED,
        order=ORDERS[order],
    )
    return replace(made, **values)


def against(move: str, given: JourneyFacts) -> list[str]:
    table = JOURNEYS["reregistration"]
    return [one.code for one in refusals(table, table.by_name[move], given)]


def stated(**values: Any) -> dict[str, Any]:
    return {**STATED, **values}


@pytest.mark.parametrize("order", ["chengdu", "national_2021", "beijing"])
def test_every_pair_is_as_the_grid_of_the_order_says(order: str) -> None:
    table = JOURNEYS["reregistration"]
    found, wanted = {}, {}
    for line in GRIDS[order].strip().splitlines():
        state, *cells = line.split()
        for move, cell in zip(MOVES, "".join(cells), strict=True):
            reasons = refusals(table, table.by_name[move], facts(order, state=state))
            found[state, move] = {(one.code, one.basis.cite()) for one in reasons if one.basis}
            wanted[state, move] = {(code, ARTICLES[move]) for code in CODES[cell]}
            assert all(one.basis for one in reasons)
    assert found == wanted


def test_the_grids_name_every_state_and_move_of_the_table() -> None:
    table = JOURNEYS["reregistration"]
    named = {line.split()[0] for grid in GRIDS.values() for line in grid.strip().splitlines()}
    assert named == set(table.states)
    assert set(MOVES) == set(table.by_name)
    assert {code: tuple(steps) for code, steps in table.orders.items()} == ORDERS


@pytest.mark.parametrize(
    ("votes", "members", "codes"),
    [
        (3, 5, ["journey.stated_votes_few"]),
        (4, 6, []),
        (5, 6, []),
        (7, 6, ["journey.stated_votes_wrong"]),
        (0, 0, ["journey.stated_votes_wrong"]),
        (None, 6, ["journey.ask_missing"]),
    ],
)
def test_exactly_two_thirds_of_all_members_carry_the_resolution(
    votes: int | None, members: int, codes: list[str]
) -> None:
    given = facts(state="assets_liquidated", stated=stated(board_for=votes, board_all=members))
    assert against("resolve_board", given) == codes


@pytest.mark.parametrize("missing", sorted(SUCCESSION))
def test_the_company_is_not_deregistered_before_each_successor_is_known(missing: str) -> None:
    without = stated(**{missing: " "})
    given = facts(state="board_resolved", stated=without)
    table = JOURNEYS["reregistration"]
    reasons = refusals(table, table.by_name["deregister_enterprise"], given)
    assert [(one.code, one.params["journey_ask"]) for one in reasons] == [
        ("journey.stated_successor_missing", missing)
    ]
    earlier = replace(given, details={missing: "新法人"})
    assert against("deregister_enterprise", earlier) == []


@pytest.mark.parametrize(
    ("number", "position", "codes"),
    [
        ("151011680000123", 8, []),
        ("教民151011680000123号", 8, []),
        ("151011670000123", 8, ["journey.stated_number_nature"]),
        ("151011678000123", 9, []),
        ("15101168000012", 8, ["journey.stated_number_form"]),
        ("1510116********", 8, ["journey.stated_number_form"]),
        ("", 8, ["journey.ask_missing"]),
    ],
)
def test_the_new_number_bears_an_eight_where_the_division_says(
    number: str, position: int, codes: list[str]
) -> None:
    given = facts(
        state="capital_verified",
        stated=stated(new_number=number),
        settings={"nature_code_position": position},
    )
    assert against("swap_licence", given) == codes


def test_a_number_that_was_ever_used_is_refused() -> None:
    given = facts(state="capital_verified", number_taken_by="博雅")
    assert against("swap_licence", given) == ["journey.stated_number_taken"]


@pytest.mark.parametrize(
    ("until", "codes"),
    [(date(2026, 3, 1), ["journey.stated_validity_past"]), (ON, []), (date(2026, 3, 3), [])],
)
def test_the_new_licence_is_valid_today_at_least(until: date, codes: list[str]) -> None:
    given = facts(state="capital_verified", stated=stated(valid_until=until))
    assert against("swap_licence", given) == codes


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("in_force", []),
        ("suspended", []),
        ("expired", []),
        ("revoked", ["journey.no_licence"]),
        ("replaced", ["journey.no_licence"]),
    ],
)
def test_only_a_licence_that_stands_is_swapped(state: str, codes: list[str]) -> None:
    given = facts(state="capital_verified", licence=replace(LICENCE, state=state))
    assert against("swap_licence", given) == codes


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("52510116MJQ1234564", []),
        ("52510116MJQ123456B", ["journey.stated_credit_code_wrong"]),
        ("91510116MA6ABCDE7G", ["journey.stated_credit_code_head"]),
        ("", ["journey.ask_missing"]),
    ],
)
def test_civil_affairs_codes_begin_with_52_and_check(code: str, codes: list[str]) -> None:
    given = facts(state="licence_swapped", stated=stated(new_credit_code=code))
    assert against("register_civil", given) == codes


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2026, 3, 1), []), (ON, []), (date(2026, 3, 3), ["journey.stated_in_future"])],
)
def test_nothing_is_registered_for_a_day_to_come(day: date, codes: list[str]) -> None:
    civil = facts(state="licence_swapped", stated=stated(registered_on=day))
    assert against("register_civil", civil) == codes
    company = facts(state="board_resolved", stated=stated(deregistered_on=day))
    assert against("deregister_enterprise", company) == codes


@pytest.mark.parametrize("held", ["", "uploaded", "returned"])
def test_a_step_waits_for_its_document_found_in_order(held: str) -> None:
    given = facts(state="accepted", documents={**DOCUMENTS, "amended_charter": held})
    codes = {"": "missing", "uploaded": "unchecked", "returned": "returned"}
    assert against("revise_charter", given) == [f"journey.document_{codes[held]}"]


def beginning(**values: Any) -> list[tuple[str, str]]:
    given = facts(stated={}, documents={}, **values)
    table = JOURNEYS["reregistration"]
    return [
        (one.code, one.basis.article if one.basis else "") for one in opening_refusals(table, given)
    ]


def test_who_may_begin() -> None:
    assert beginning() == []
    assert beginning(institution=replace(ENTRY, category="non_subject")) == [
        ("journey.not_subject", "第19项")
    ]
    assert beginning(institution=replace(ENTRY, category="")) == [
        ("journey.category_unknown", "第19项")
    ]
    assert beginning(institution=replace(ENTRY, legal_form="non_profit")) == [
        ("journey.non_profit_already", "第19项")
    ]
    assert beginning(institution=replace(ENTRY, legal_form="")) == [
        ("journey.legal_form_unknown", "第19项")
    ]
    assert beginning(licence=None) == [("journey.no_licence", "第19项")]


def test_who_cannot_re_register() -> None:
    failed = {"annual_check": ("failed", date(2026, 1, 10))}
    assert beginning(latest=failed) == [("journey.failed_check", "第四十七条")]
    early = {**failed, "rectification": ("done", date(2026, 1, 9))}
    assert beginning(latest=early) == [("journey.failed_check", "第四十七条")]
    righted = {**failed, "rectification": ("done", date(2026, 1, 10))}
    assert beginning(latest=righted) == []
    undone = {**failed, "rectification": ("failed", date(2026, 2, 10))}
    assert beginning(latest=undone) == [("journey.failed_check", "第四十七条")]
    assert beginning(serious_violation_on=date(2026, 1, 5)) == [
        ("journey.serious_violation", "第六十二条")
    ]
    for status in ("paused", "closed"):
        assert beginning(institution=replace(ENTRY, status=status)) == [
            ("journey.stopped_already", "第五十六条至第六十条")
        ]


def test_a_division_may_lift_the_bars() -> None:
    free = {"reregistration_bars": False}
    failed = {"annual_check": ("failed", date(2026, 1, 10))}
    paused = replace(ENTRY, status="paused")
    violation = date(2026, 1, 5)
    assert (
        beginning(latest=failed, institution=paused, serious_violation_on=violation, settings=free)
        == []
    )
