"""The limits of a sale: just under, at, just over each, and every reason at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fees.core.sale_limits import SaleFacts, sale_refusals
from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Category
from regulator.kernel.legal import LegalBasis

BASIS = LegalBasis("试验规定", "", "第一条", in_force_from=date(2021, 10, 21))
AMOUNT = LegalBasis("试验意见", "", "第二条", in_force_from=date(2022, 12, 29))
LIMITS = Limits(
    [
        Limit(LimitKey.FEE_SPAN, 3, None, BASIS),
        Limit(LimitKey.FEE_LESSONS, 60, None, BASIS),
        Limit(LimitKey.FEE_TOTAL, 5000_00, Category.NON_SUBJECT, AMOUNT),
        Limit(LimitKey.FEE_EARLY, 1, None, BASIS),
    ]
)
SALE = SaleFacts(
    category=Category.NON_SUBJECT,
    charged_on=date(2026, 9, 1),
    starts_on=date(2026, 9, 10),
    ends_on=date(2026, 12, 10),
    lessons=40,
    gifts=0,
    price_fen=3200_00,
    filed_fee_fen=3200_00,
    filed_lessons=40,
)


def codes(limits: Limits = LIMITS, **change: object) -> list[str]:
    return [one.code for one in sale_refusals(replace(SALE, **change), limits)]


def test_a_sale_within_every_limit_is_not_refused():
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ends_on": date(2026, 12, 9)}, []),
        ({"ends_on": date(2026, 12, 11)}, ["sale.span_too_long"]),
        ({"unused": 10, "gifts": 9}, []),
        ({"unused": 10, "gifts": 10}, []),
        ({"unused": 10, "gifts": 11}, ["sale.too_many_lessons"]),
        ({"price_fen": 4999_99, "filed_fee_fen": None}, []),
        ({"price_fen": 5000_00, "filed_fee_fen": None}, []),
        ({"price_fen": 5000_01, "filed_fee_fen": None}, ["sale.too_dear"]),
        (
            {"price_fen": 5000_01, "filed_fee_fen": None, "category": Category.SUBJECT},
            [],
        ),
        ({"charged_on": date(2026, 8, 10)}, []),
        ({"charged_on": date(2026, 8, 9)}, ["sale.charged_too_early"]),
        ({"charged_on": date(2026, 8, 9), "unused": 20}, []),
        ({"charged_on": date(2026, 8, 9), "unused": 20, "by_lesson": False},
         ["sale.charged_too_early"]),
        ({"charged_on": date(2026, 8, 9), "unused": 21, "lessons": 39, "filed_fee_fen": None},
         ["sale.renewed_too_early"]),
        ({"price_fen": 3200_01}, ["sale.above_filed_price"]),
        ({"lessons": 39}, ["sale.above_filed_price"]),
        ({"is_class_approved": False}, ["sale.class_not_approved"]),
        ({"is_licence_in_force": False}, ["sale.licence_not_in_force"]),
    ],
)  # fmt: skip
def test_each_limit_just_under_at_and_just_over(change, expected):
    assert codes(**change) == expected


def test_every_reason_is_said_at_once():
    found = codes(
        ends_on=date(2027, 1, 1),
        lessons=61,
        price_fen=9000_00,
        charged_on=date(2026, 7, 1),
        is_class_approved=False,
        is_licence_in_force=False,
    )
    assert found == [
        "sale.class_not_approved",
        "sale.licence_not_in_force",
        "sale.span_too_long",
        "sale.too_many_lessons",
        "sale.too_dear",
        "sale.charged_too_early",
        "sale.above_filed_price",
    ]


@pytest.mark.parametrize(("day", "expected"), [(28, []), (29, ["sale.too_dear"])])
def test_the_law_of_the_day_of_charging_decides(day, expected):
    facts = {
        "charged_on": date(2022, 12, day),
        "starts_on": date(2023, 1, 10),
        "ends_on": date(2023, 3, 10),
    }
    assert codes(price_fen=6000_00, filed_fee_fen=None, **facts) == expected


def test_a_limit_that_nobody_entered_is_a_reason():
    assert codes(Limits([])) == ["sale.limit_missing"] * 4
