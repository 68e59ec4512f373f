"""FEE-*: months, lessons, yuan; prices by size, way and date; the day before and after a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.limits import Limits
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from institutions.core.screening.rules.fees import add_months
from tests.institutions.core.screening.contexts import (
    breaches_of,
    findings_of,
    screening_context,
)


def _fees(base: object, **changes: object) -> set[str]:
    cells = {**(SUBJECT_ROW if base == "subject" else ACTIVITY_ROW), **changes}
    return {code for code in breaches_of(cells) if code.startswith("FEE-")}


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 10, 14), 3, date(2027, 1, 14)),
    ],
)
def test_a_calendar_month_ends_with_its_last_day(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(-24, 24))
def test_months_keep_the_day_or_shorten_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day <= day.day
    assert (later.year - day.year) * 12 + later.month - day.month == months


@pytest.mark.parametrize(
    ("fee_on", "codes"), [("2021-10-20", set()), ("2021-10-21", {"FEE-LESSONS"})]
)
def test_sixty_lessons_bind_fees_from_the_day_of_the_notice(fee_on: str, codes: set[str]) -> None:
    when = {"开班日期": "2021-11-06", "结课日期": "2021-12-25"}
    assert _fees("activity", **when, 收费日期=fee_on, 总课时="61") == codes


@pytest.mark.parametrize(
    ("fee_on", "codes"), [("2022-12-28", set()), ("2022-12-29", {"FEE-AMOUNT"})]
)
def test_five_thousand_yuan_bind_fees_from_the_day_of_the_opinion(
    fee_on: str, codes: set[str]
) -> None:
    when = {"开班日期": "2023-01-07", "结课日期": "2023-02-25"}
    assert _fees("activity", **when, 收费日期=fee_on, 收费总额="5000.01") == codes


@pytest.mark.parametrize(
    ("size", "fee", "codes"),
    [
        # 16 lessons of 40 minutes: ceiling = base × 1.1 × 16 × 40 / 45
        ("9", "641.42", set()),
        ("9", "641.43", {"FEE-GUIDE-PRICE"}),
        ("10", "547.55", set()),
        ("10", "547.56", {"FEE-GUIDE-PRICE"}),
        ("34", "547.56", {"FEE-GUIDE-PRICE"}),
        ("35", "469.33", set()),
        ("35", "469.34", {"FEE-GUIDE-PRICE"}),
    ],
)
def test_the_ceiling_depends_on_the_class_size_exactly(
    size: str, fee: str, codes: set[str]
) -> None:
    assert _fees("subject", 班额=size, 收费总额=fee) == codes


def test_the_central_group_has_its_own_price() -> None:
    central = replace(screening_context(), price_group="central")
    cells = {**SUBJECT_ROW, "收费总额": "600"}
    assert "FEE-GUIDE-PRICE" in breaches_of(cells)
    assert "FEE-GUIDE-PRICE" not in breaches_of(cells, context=central)


@pytest.mark.parametrize(
    "changes",
    [
        {"收费日期": "2028-03-01", "开班日期": "2028-03-07", "结课日期": "2028-04-25"},
        {"培训方式": "线上录播"},
    ],
)
def test_without_a_price_the_rule_is_undetermined_and_names_it(changes: dict[str, object]) -> None:
    finding = findings_of({**SUBJECT_ROW, **changes})["FEE-GUIDE-PRICE"]
    assert finding.outcome == "undetermined"
    assert finding.params["missing"].endswith("的政府指导价")


def test_senior_high_has_no_guide_price() -> None:
    assert _fees("subject", 招生对象="高一", 收费总额="4000") == set()


def test_without_limits_the_fee_rules_are_undetermined() -> None:
    context = replace(screening_context(), limits=Limits(()))
    found = findings_of(ACTIVITY_ROW, context=context)
    assert {code: one.params["missing"] for code, one in found.items() if "FEE" in code} == {
        "FEE-PERIOD": "fee_span_months_max",
        "FEE-LESSONS": "fee_lessons_max",
        "FEE-AMOUNT": "fee_total_fen_max",
        "FEE-EARLY": "fee_early_months_max",
    }
