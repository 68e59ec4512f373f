"""The limits of a sale: just under, at, just over each, and every reason at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fees.core.sale_limits import SaleFacts, sale_refusals
from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Category
from institutions.core.screening.tables import PriceBand
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


BAND = PriceBand(
    group="other",
    delivery="线下",
    students_from=10,
    students_below=35,
    lesson_minutes=45,
    base_fen=35_00,
    float_percent=10,
    valid_from=date(2023, 1, 1),
    valid_before=None,
    source="试验价目",
    confidence="high",
)
PRICED = {"category": Category.SUBJECT, "filed_fee_fen": None, "guide": BAND}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"by_loan": False}, []),
        ({"by_loan": True}, ["sale.training_loan"]),
        # by period, within a term, across two, and where the calendar does not know
        ({"by_lesson": False, "category": Category.SUBJECT, "terms": 1}, []),
        ({"by_lesson": False, "category": Category.SUBJECT, "terms": 0}, []),
        ({"by_lesson": False, "category": Category.SUBJECT, "terms": 2}, ["sale.crosses_term"]),
        ({"by_lesson": False, "category": Category.SUBJECT, "terms": None}, ["sale.terms_unknown"]),
        ({"by_lesson": True, "category": Category.SUBJECT, "terms": 2}, []),
        ({"by_lesson": False, "category": Category.NON_SUBJECT, "terms": 2}, []),
        # 35 yuan and ten per cent for 45 minutes: 40 lessons of 45 minutes cost 1,540 at most
        ({**PRICED, "lesson_minutes": 45, "price_fen": 1539_99}, []),
        ({**PRICED, "lesson_minutes": 45, "price_fen": 1540_00}, []),
        ({**PRICED, "lesson_minutes": 45, "price_fen": 1540_01}, ["sale.above_guide_price"]),
        ({**PRICED, "lesson_minutes": 30, "price_fen": 1026_66}, []),
        ({**PRICED, "lesson_minutes": 30, "price_fen": 1026_67}, ["sale.above_guide_price"]),
        ({**PRICED, "lesson_minutes": None, "price_fen": 9000_00}, []),
        ({**PRICED, "guide": None, "lesson_minutes": 45, "price_fen": 9000_00}, []),
    ],
)
def test_loans_terms_and_the_guide_price_each_at_its_boundary(change, expected):
    assert codes(**change) == expected


def test_what_is_paid_after_the_lesson_knows_no_limit_of_prepayment():
    too_much = {
        "ends_on": date(2027, 9, 10),
        "lessons": 400,
        "price_fen": 32000_00,
        "starts_on": date(2027, 1, 10),
    }
    assert codes(**too_much) == [
        "sale.span_too_long",
        "sale.too_many_lessons",
        "sale.too_dear",
        "sale.charged_too_early",
    ]
    assert codes(**too_much, is_prepaid=False) == []
    assert codes(is_prepaid=False, is_class_approved=False) == ["sale.class_not_approved"]
    assert codes(is_prepaid=False, price_fen=3200_01) == ["sale.above_filed_price"]
