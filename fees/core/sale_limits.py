"""What may be sold at once: span, lessons, amount, time of charging, price. Every reason at once.

Sources: 教监管函〔2021〕2号 (three months; sixty lessons; not earlier than a month before); the
thirteen departments' opinion of December 2022 (5,000 yuan, non-subject); 成都市 2022-02-18 (renewal
by lessons not before twenty are left). Sixty lessons count what is new, what is unused in the same
subject, and gifts: otherwise the limit could be split away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Category
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import add_months

_RULES = "成都市学科类校外培训机构（线下）预收费资金监管实施细则"
RENEWAL = LegalBasis(_RULES, "2022年2月18日七部门", "关于按课时续费的规定", date(2022, 2, 18))
APPROVED = LegalBasis("关于加强校外培训机构预收费监管工作的通知", "教监管函〔2021〕2号", "")
RENEWAL_LESSONS_LEFT = 20


@dataclass(frozen=True)
class SaleFacts:
    """A sale as it would be charged.

    `unused` are lessons of the pupil's other contracts in the same subject that are not taught yet,
    gifts among them; `filed_fee_fen` for `filed_lessons` is what was filed for the class, and None
    where the filing says nothing. `ends_on` is the last day.
    """

    category: Category
    charged_on: date
    starts_on: date
    ends_on: date
    lessons: int
    gifts: int
    price_fen: int
    unused: int = 0
    by_lesson: bool = True
    is_class_approved: bool = True
    is_licence_in_force: bool = True
    filed_fee_fen: int | None = None
    filed_lessons: int = 0


def sale_refusals(facts: SaleFacts, limits: Limits) -> tuple[Refusal, ...]:
    """Every reason why the sale may not be made; limits are those in force on the day of charging.

    A limit that the division does not have at all is a reason too: nobody can say that it is kept.
    """
    return (
        *_standing(facts),
        *_span(facts, limits),
        *_lessons(facts, limits),
        *_amount(facts, limits),
        *_early(facts, limits),
        *_price(facts),
    )


def _standing(facts: SaleFacts) -> Iterator[Refusal]:
    if not facts.is_class_approved:
        yield Refusal("sale.class_not_approved", {}, APPROVED)
    if not facts.is_licence_in_force:
        yield Refusal("sale.licence_not_in_force", {}, APPROVED)


def _limit(facts: SaleFacts, limits: Limits, key: LimitKey) -> Limit | None:
    return limits.on(key, facts.charged_on, facts.category)


def _missing(limits: Limits, key: LimitKey) -> Iterator[Refusal]:
    if not limits.has(key):
        yield Refusal("sale.limit_missing", {"limit": key.value})


def _span(facts: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    yield from _missing(limits, LimitKey.FEE_SPAN)
    limit = _limit(facts, limits, LimitKey.FEE_SPAN)
    if limit and facts.ends_on > add_months(facts.starts_on, limit.value):
        params = {"months": limit.value, "last": add_months(facts.starts_on, limit.value)}
        yield Refusal("sale.span_too_long", params, limit.basis)


def _lessons(facts: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    yield from _missing(limits, LimitKey.FEE_LESSONS)
    limit = _limit(facts, limits, LimitKey.FEE_LESSONS)
    total = facts.lessons + facts.gifts + facts.unused
    if limit and total > limit.value:
        params = {
            "most": limit.value,
            "total": total,
            "new": facts.lessons,
            "gifts": facts.gifts,
            "unused": facts.unused,
        }
        yield Refusal("sale.too_many_lessons", params, limit.basis)


def _amount(facts: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    yield from _missing(limits, LimitKey.FEE_TOTAL)
    limit = _limit(facts, limits, LimitKey.FEE_TOTAL)
    if limit and facts.price_fen > limit.value:
        params = {"most": format_yuan(limit.value), "price": format_yuan(facts.price_fen)}
        yield Refusal("sale.too_dear", params, limit.basis)


def _early(facts: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    """A renewal by lessons may be charged as soon as twenty are left, else a month before."""
    yield from _missing(limits, LimitKey.FEE_EARLY)
    limit = _limit(facts, limits, LimitKey.FEE_EARLY)
    if limit is None:
        return
    first = add_months(facts.starts_on, -limit.value)
    if facts.charged_on >= first:
        return
    is_renewal = facts.by_lesson and facts.unused > 0
    if is_renewal and facts.unused <= RENEWAL_LESSONS_LEFT:
        return
    if is_renewal:
        params = {"left": facts.unused, "most": RENEWAL_LESSONS_LEFT, "first": first}
        yield Refusal("sale.renewed_too_early", params, RENEWAL)
    else:
        yield Refusal("sale.charged_too_early", {"first": first}, limit.basis)


def _price(facts: SaleFacts) -> Iterator[Refusal]:
    """Not above the filed price of a lesson, which was screened against the guide price."""
    if facts.filed_fee_fen is None or facts.filed_lessons <= 0:
        return
    if facts.price_fen * facts.filed_lessons > facts.filed_fee_fen * facts.lessons:
        most_fen = facts.filed_fee_fen * facts.lessons // facts.filed_lessons
        params = {"most": format_yuan(most_fen), "price": format_yuan(facts.price_fen)}
        yield Refusal("sale.above_filed_price", params, APPROVED)
