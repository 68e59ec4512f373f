"""Each indicator at its limits, what is missing, and the tier that readings lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fees.core.warnings.facts import DatedFacts, Known, Moved, Sheet, Spell, TaughtDay, sheet_of
from fees.core.warnings.indicators import Reading, Tier, readings_of, reasons_of, tier_of
from regulator.kernel.workdays import WorkdayTable

ON = date(2026, 11, 2)
TABLE = WorkdayTable(frozenset(), frozenset(), frozenset({2025, 2026}))
QUIET = Sheet(
    on=ON, bank_fen=100_00, owed_fen=100_00, sold_fen=0, sold_before_fen=100_000_00,
    oldest_refund_workdays=None, refunds_asked=0, running_contracts=100, lessons=100,
    unattended=0, keeps_attendance=True, teachers_before=10, teachers_left=0, complaints=0,
    premises_events=0, licence_events=0,
)  # fmt: skip


def read(code: str, **changed: object) -> Reading:
    found = readings_of(replace(QUIET, **changed))  # type: ignore[arg-type]
    return next(one for one in found if one.code == code)


@pytest.mark.parametrize(
    ("code", "changed", "tier"),
    [
        ("coverage", {"bank_fen": 100_00}, Tier.NONE),
        ("coverage", {"bank_fen": 99_99}, Tier.YELLOW),
        ("coverage", {"bank_fen": 90_00}, Tier.YELLOW),
        ("coverage", {"bank_fen": 89_99}, Tier.ORANGE),
        ("coverage", {"bank_fen": 69_99}, Tier.RED),
        ("sales_surge", {"sold_fen": 199_999_99}, Tier.NONE),
        ("sales_surge", {"sold_fen": 200_000_00}, Tier.YELLOW),
        ("sales_surge", {"sold_fen": 300_000_00}, Tier.ORANGE),
        ("refund_age", {"oldest_refund_workdays": 19}, Tier.NONE),
        ("refund_age", {"oldest_refund_workdays": 20}, Tier.YELLOW),
        ("refund_age", {"oldest_refund_workdays": 60}, Tier.RED),
        ("refund_rate", {"refunds_asked": 7}, Tier.NONE),
        ("refund_rate", {"refunds_asked": 8}, Tier.YELLOW),
        ("unattended", {"unattended": 19}, Tier.NONE),
        ("unattended", {"unattended": 20}, Tier.YELLOW),
        ("unattended", {"unattended": 60}, Tier.RED),
        ("teachers_left", {"teachers_left": 3}, Tier.NONE),
        ("teachers_left", {"teachers_left": 4}, Tier.YELLOW),
        ("complaints", {"complaints": 1}, Tier.NONE),
        ("complaints", {"complaints": 2}, Tier.YELLOW),
        ("premises_events", {"premises_events": 1}, Tier.YELLOW),
        ("licence_events", {"licence_events": 3}, Tier.RED),
    ],
)
def test_an_indicator_at_its_limits(code, changed, tier):
    assert read(code, **changed).tier is tier


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("coverage", {"owed_fen": 0}),
        ("sales_surge", {"sold_before_fen": None}),
        ("sales_surge", {"sold_before_fen": 19_999_99, "sold_fen": 10**9}),
        ("refund_age", {"oldest_refund_workdays": None}),
        ("refund_rate", {"running_contracts": 19, "refunds_asked": 19}),
        ("unattended", {"keeps_attendance": False, "unattended": 100}),
        ("unattended", {"lessons": 29, "unattended": 29}),
        ("teachers_left", {"teachers_before": 3, "teachers_left": 3}),
    ],
)
def test_what_cannot_be_said_is_not_said(code, changed):
    found = read(code, **changed)
    assert (found.figure, found.tier) == (None, Tier.NONE)


def test_three_at_once_lift_the_tier_and_two_do_not():
    two = readings_of(replace(QUIET, complaints=2, licence_events=1))
    assert tier_of(two) is Tier.YELLOW
    three = readings_of(replace(QUIET, complaints=2, licence_events=1, premises_events=1))
    assert tier_of(three) is Tier.ORANGE
    assert [one.code for one in reasons_of(three)] == [
        "complaints", "premises_events", "licence_events",
    ]  # fmt: skip
    assert tier_of(readings_of(QUIET)) is Tier.NONE


def test_only_what_was_known_by_a_day_counts():
    happened, known = date(2026, 10, 1), date(2026, 10, 20)
    facts = DatedFacts(
        bank=(Moved(ON, 500),),
        owed=(Moved(ON, 400), Moved(ON + timedelta(days=1), 100)),
        events=(Known("rent_arrears", happened, known),),
        refunds=(Spell(date(2026, 10, 19), None), Spell(date(2026, 10, 1), date(2026, 10, 20))),
        lessons=(TaughtDay(date(2026, 10, 3), 5, 0), TaughtDay(date(2026, 10, 4), 10, 7)),
    )
    before, after = date(2026, 10, 19), date(2026, 10, 20)
    assert sheet_of(facts, before, TABLE).premises_events == 0
    assert sheet_of(facts, after, TABLE).premises_events == 1
    sheet = sheet_of(facts, ON, TABLE)
    assert (sheet.bank_fen, sheet.owed_fen) == (500, 400)
    # thirty days end with the day itself: 3 October is the thirty-first before 2 November
    assert (sheet.lessons, sheet.unattended) == (15 - 5, 3)
    assert sheet.oldest_refund_workdays == 10


def test_an_institution_younger_than_a_year_is_not_compared():
    facts = DatedFacts(receipts=(Moved(date(2026, 1, 5), 10**8), Moved(ON, 10**9)))
    assert sheet_of(facts, ON, TABLE).sold_before_fen is None
