"""Closure and settlement: every state with every move, against matrices written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.journeys.facts import Obligation
from tests.institutions.journeys.core.life import (
    LICENCE,
    accepted,
    against,
    against_beginning,
    assert_whole,
    every_pair,
    expected_pairs,
    facts,
    warned,
)

CLOSURE = {
    "preparing": ("submit", "drop"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop"),
    "gaps": ("complete", "drop"),
    "accepted": ("record_refunds", "refuse", "drop"),
    "refunds_recorded": ("record_wages", "refuse", "drop"),
    "wages_recorded": ("record_debts", "refuse", "drop"),
    "debts_recorded": ("approve", "refuse", "drop"),
    "approved": ("close",),
    "closed": (),
    "refused": (),
    "rejected": (),
    "dropped": (),
}
LICENSING = "《中华人民共和国行政许可法》"
SCHOOLS = "《中华人民共和国民办教育促进法》"
REGULATION = "《中华人民共和国民办教育促进法实施条例》（国务院令第741号）"
PAYING = {
    "record_refunds": f"{SCHOOLS}第五十九条",
    "record_wages": f"{SCHOOLS}第五十九条",
    "record_debts": f"{SCHOOLS}第五十九条",
}
CLOSURE_BASES = {
    "submit": f"{LICENSING}第二十九条",
    "request_gaps": f"{LICENSING}第三十二条",
    "complete": f"{LICENSING}第三十二条",
    "accept": f"{LICENSING}第三十二条",
    "deem_accepted": f"{LICENSING}第三十二条",
    "reject": f"{LICENSING}第三十二条",
    "drop": f"{LICENSING}第二十九条",
    **PAYING,
    "approve": f"{SCHOOLS}第五十六条至第六十条",
    "close": f"{SCHOOLS}第五十六条至第六十条",
    "refuse": f"{LICENSING}第三十八条",
}
SETTLEMENT = {
    "settling": ("record_refunds", "record_claims"),
    "refunds_recorded": ("record_wages", "record_claims"),
    "wages_recorded": ("record_debts", "record_claims"),
    "debts_recorded": ("finish", "record_claims"),
    "settled": (),
    "short": (),
}
SETTLEMENT_BASES = {
    **PAYING,
    "finish": f"{SCHOOLS}第五十六条至第六十条",
    "record_claims": f"{SCHOOLS}第五十九条",
}
GOOD = facts(
    documents=accepted(
        "application_form",
        "board_resolution",
        "settlement_plan",
        "refund_list",
        "wage_list",
        "liquidation_report",
        "claims_list",
    ),
    stated={
        "reason": "理由",
        "gaps": "缺一份",
        "refund_note": "已退清",
        "wage_note": "已付清",
        "debt_note": "没有",
        "closes_on": date(2026, 3, 2),
        "duties": "办理注销",
        "licence_returned": True,
        "seal_returned": True,
        "claims_fen": 100,
        "claimants": 1,
        "claims_note": "一人",
    },
    details={"notice_on": "2025-09-02", "closes_on": "2026-03-02"},
)
OWED = (
    Obligation("subject_classes_running", {"count": 2}, to_parents=True),
    Obligation("rent", {}, amount_fen=100),
    Obligation("escrow_account_open", {"account": "**** 0123"}, to_parents=True),
)


def test_the_tables_hold_the_states_and_moves_of_the_matrices() -> None:
    assert_whole("closure", tuple(CLOSURE), tuple(CLOSURE_BASES))
    assert_whole("settlement", tuple(SETTLEMENT), tuple(SETTLEMENT_BASES))


def test_every_pair_is_as_the_matrices_say() -> None:
    assert every_pair("closure", tuple(CLOSURE), tuple(CLOSURE_BASES), GOOD) == expected_pairs(
        CLOSURE, CLOSURE_BASES
    )
    assert every_pair(
        "settlement", tuple(SETTLEMENT), tuple(SETTLEMENT_BASES), GOOD
    ) == expected_pairs(SETTLEMENT, SETTLEMENT_BASES)


@pytest.mark.parametrize(
    ("kind", "state", "move"),
    [
        ("closure", "refunds_recorded", "record_wages"),
        ("closure", "debts_recorded", "approve"),
        ("closure", "approved", "close"),
        ("settlement", "refunds_recorded", "record_wages"),
        ("settlement", "debts_recorded", "finish"),
    ],
)
def test_parents_are_paid_first_and_each_thing_owed_to_them_is_named(
    kind: str, state: str, move: str
) -> None:
    given = replace(GOOD, state=state, obligations=OWED)
    assert against(kind, move, given) == [
        "journey.owed_subject_classes_running",
        "journey.owed_escrow_account_open",
    ]
    others = replace(given, obligations=(OWED[1],))
    assert against(kind, move, others) == []


@pytest.mark.parametrize(
    ("votes", "members", "codes"),
    [
        (3, 5, ["journey.stated_votes_short"]),
        (4, 6, []),  # two thirds exactly
        (4, 5, []),
        (5, 8, ["journey.stated_votes_short"]),
        (6, 8, []),
        (6, 5, ["journey.stated_votes_reversed"]),
        (None, 5, ["journey.ask_missing"]),
    ],
)
def test_two_thirds_of_all_members_resolve_to_end(
    votes: int | None, members: int, codes: list[str]
) -> None:
    given = facts(
        state="preparing",
        stated={
            "closure_reason": "租约到期",
            "planned_on": date(2026, 9, 1),
            "notice_on": date(2026, 3, 1),
            "votes_for": votes,
            "votes_all": members,
        },
    )
    assert against_beginning("closure", given) == codes


@pytest.mark.parametrize(
    ("notice", "closes", "short"),
    [
        ("2025-09-03", date(2026, 3, 2), True),
        ("2025-09-02", date(2026, 3, 2), False),
        ("2025-09-01", date(2026, 3, 2), False),
        ("2025-08-31", date(2026, 2, 28), False),
        ("", date(2026, 3, 2), True),
    ],
)
def test_six_months_of_notice_warn_and_a_waiver_says_why(
    notice: str, closes: date, short: bool
) -> None:
    stated = {**GOOD.stated, "closes_on": closes}
    given = replace(GOOD, state="debts_recorded", stated=stated, details={"notice_on": notice})
    code = "journey.caution_notice_short" if notice else "journey.caution_no_notice"
    assert warned("closure", "approve", given) == ([code] if short else [])
    refused = ["journey.stated_waiver_missing"] if short else []
    assert against("closure", "approve", given) == refused
    waived = replace(given, stated={**stated, "waiver": "2021年的期限，六个月无法满足"})
    assert against("closure", "approve", waived) == []


def test_a_notice_is_past_and_a_short_one_is_said_at_the_beginning() -> None:
    stated = {
        "closure_reason": "租约到期",
        "planned_on": date(2026, 6, 1),
        "notice_on": date(2026, 3, 3),
        "votes_for": 5,
        "votes_all": 5,
    }
    given = facts(state="preparing", stated=stated)
    assert against_beginning("closure", given) == ["journey.stated_in_future"]
    assert warned("closure", "", given) == ["journey.caution_notice_short"]
    nothing = replace(given, stated={**stated, "notice_on": None})
    assert against_beginning("closure", nothing) == []
    assert warned("closure", "", nothing) == ["journey.caution_no_notice"]


@pytest.mark.parametrize(
    ("closes", "codes"),
    [
        ("2026-03-01", []),
        ("2026-03-02", []),
        ("2026-03-03", ["journey.closing_day_ahead"]),
    ],
)
def test_it_is_closed_on_the_approved_day_and_not_before(closes: str, codes: list[str]) -> None:
    given = replace(GOOD, state="approved", details={"closes_on": closes})
    assert against("closure", "close", given) == codes


@pytest.mark.parametrize("missing", ["licence_returned", "seal_returned"])
def test_licence_and_seal_are_handed_back(missing: str) -> None:
    given = replace(GOOD, state="approved", stated={**GOOD.stated, missing: False})
    assert against("closure", "close", given) == ["journey.ask_missing"]


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("in_force", ["journey.licence_not_ended"]),
        ("suspended", ["journey.licence_not_ended"]),
        ("expired", []),
        ("revoked", []),
        ("annulled", []),
        ("withdrawn", []),
        ("", ["journey.licence_not_ended"]),
    ],
)
def test_a_settlement_begins_after_the_licence_ended(state: str, codes: list[str]) -> None:
    licence = replace(LICENCE, state=state) if state else None
    given = facts(state="settling", licence=licence, stated={"settlement_reason": "到期"})
    assert against_beginning("settlement", given) == codes
