"""FEE-*: how much, for how long and how early; limits are those in force on 收费日期."""

from __future__ import annotations

import calendar
from datetime import date

from institutions.core.screening.bases import GUIDE_PRICE, PREPAYMENT
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    Undetermined,
)
from institutions.core.screening.grades import FIRST_SENIOR_GRADE
from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Category, FilingRow
from institutions.core.screening.tables import PriceBand
from regulator.calendars.core.school import Confidence
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan

_PERCENT = 100
_DELIVERY_NAMES = {"offline": "线下", "live": "线上直播", "recorded": "线上录播"}


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later (or earlier), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _limit(facts: Facts, limits: Limits, key: LimitKey) -> Limit | Outcome:
    if not limits.has(key):
        return Undetermined("收费总额", key.value, PREPAYMENT)
    limit = limits.on(key, facts.row.fee_on, facts.row.category)
    return NOT_APPLICABLE if limit is None else limit


def judge_period(facts: Facts, limits: Limits) -> Outcome:
    """FEE-PERIOD: the class ends later than so many calendar months after it starts."""
    limit = _limit(facts, limits, LimitKey.FEE_SPAN)
    if not isinstance(limit, Limit):
        return limit
    row = facts.row
    last = add_months(row.starts_on, limit.value)
    if row.ends_on <= last:
        return PASS
    params = {"limit": limit.value, "last": last.isoformat(), "start": row.starts_on.isoformat()}
    return Breach("结课日期", row.cells["结课日期"], limit.basis, params)


def judge_lessons(facts: Facts, limits: Limits) -> Outcome:
    """FEE-LESSONS: more lessons than may be charged for at once."""
    limit = _limit(facts, limits, LimitKey.FEE_LESSONS)
    if not isinstance(limit, Limit):
        return limit
    row = facts.row
    if row.lesson_count <= limit.value:
        return PASS
    params = {"limit": limit.value, "lessons": row.lesson_count}
    return Breach("总课时", row.cells["总课时"], limit.basis, params)


def judge_amount(facts: Facts, limits: Limits) -> Outcome:
    """FEE-AMOUNT: a non-subject class costs more than may be charged at once."""
    row = facts.row
    if row.category is not Category.NON_SUBJECT:
        return NOT_APPLICABLE
    limit = _limit(facts, limits, LimitKey.FEE_TOTAL)
    if not isinstance(limit, Limit):
        return limit
    if row.fee_fen <= limit.value:
        return PASS
    params = {"limit": format_yuan(limit.value), "fee": format_yuan(row.fee_fen)}
    return Breach("收费总额", row.cells["收费总额"], limit.basis, params)


def judge_early(facts: Facts, limits: Limits) -> Outcome:
    """FEE-EARLY: charged earlier than so many calendar months before the class starts."""
    limit = _limit(facts, limits, LimitKey.FEE_EARLY)
    if not isinstance(limit, Limit):
        return limit
    row = facts.row
    first = add_months(row.starts_on, -limit.value)
    if row.fee_on >= first:
        return PASS
    params = {"limit": limit.value, "first": first.isoformat(), "start": row.starts_on.isoformat()}
    return Breach("收费日期", row.cells["收费日期"], limit.basis, params)


def judge_guide_price(facts: Facts, limits: Limits) -> Outcome:
    """FEE-GUIDE-PRICE: dearer per lesson than the guide price with its float, exactly."""
    row = facts.row
    if row.category is not Category.SUBJECT or facts.is_preschool:
        return NOT_APPLICABLE
    if row.lowest_grade >= FIRST_SENIOR_GRADE:
        return NOT_APPLICABLE
    band = _price_band(facts)
    basis = _basis(band)
    if band is None:
        way = _DELIVERY_NAMES[row.delivery]
        missing = f"{row.fee_on.isoformat()}{way}（班额{row.class_size}人）的政府指导价"
        return Undetermined("收费总额", missing, basis)
    if row.lesson_minutes is None or row.lesson_minutes <= 0:
        return Undetermined("每课时分钟", "每课时分钟", basis)
    paid = row.fee_fen * band.lesson_minutes * _PERCENT
    ceiling_rate = band.base_fen * (_PERCENT + band.float_percent)
    if paid <= ceiling_rate * row.lesson_count * row.lesson_minutes:
        return PASS
    params = {
        "fee": format_yuan(row.fee_fen),
        "ceiling": format_yuan(
            ceiling_rate * row.lesson_count * row.lesson_minutes // band.lesson_minutes // _PERCENT
        ),
        "base": format_yuan(band.base_fen),
        "float": band.float_percent,
        "minutes": band.lesson_minutes,
    }
    if band.confidence in (Confidence.LOW, Confidence.NONE):
        return Undetermined("收费总额", "可信的政府指导价", basis, params)
    return Breach("收费总额", row.cells["收费总额"], basis, params)


def _price_band(facts: Facts) -> PriceBand | None:
    row, context = facts.row, facts.context
    for group in context.price_groups_on(row.fee_on):
        for band in context.tables.prices:
            if band.group == group and _covers(band, row):
                return band
    return None


def _covers(band: PriceBand, row: FilingRow) -> bool:
    in_size = band.students_from <= row.class_size and (
        band.students_below is None or row.class_size < band.students_below
    )
    in_force = band.valid_from <= row.fee_on and (
        band.valid_before is None or row.fee_on < band.valid_before
    )
    return in_size and in_force and band.delivery == _DELIVERY_NAMES[row.delivery]


def _basis(band: PriceBand | None) -> LegalBasis:
    if band is None:
        return GUIDE_PRICE
    return LegalBasis(
        GUIDE_PRICE.instrument,
        GUIDE_PRICE.document_number,
        GUIDE_PRICE.article,
        band.valid_from,
        band.valid_before,
    )
