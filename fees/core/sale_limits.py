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

from institutions.core.screening.bases import GUIDE_PRICE
from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Category
from institutions.core.screening.tables import PriceBand
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import add_months

_RULES = "成都市学科类校外培训机构（线下）预收费资金监管实施细则"
RENEWAL = LegalBasis(_RULES, "2022年2月18日七部门", "关于按课时续费的规定", date(2022, 2, 18))
APPROVED = LegalBasis("关于加强校外培训机构预收费监管工作的通知", "教监管函〔2021〕2号", "")
TERMS = LegalBasis(_RULES, "2022年2月18日七部门", "关于不得跨学期收费的规定", date(2022, 2, 18))
LOANS = LegalBasis(
    "关于加强校外培训机构预收费监管工作的通知", "教监管函〔2021〕2号", "关于禁止培训贷的规定"
)
RENEWAL_LESSONS_LEFT = 20
_PERCENT = 100


@dataclass(frozen=True)
class SaleFacts:
    """A sale as it would be charged.

    `unused` are lessons of the pupil's other contracts in the same subject that are not taught yet,
    gifts among them; `filed_fee_fen` for `filed_lessons` is what was filed for the class, and None
    where the filing says nothing. `ends_on` is the last day. `terms` are the school terms that the
    period of charging touches, None where the calendar does not know. `guide` is the guide price
    of the class for its `lesson_minutes`, None where none binds it. Nothing is charged beforehand
    where `is_prepaid` is false.
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
    terms: int | None = 1
    by_loan: bool = False
    is_prepaid: bool = True
    guide: PriceBand | None = None
    lesson_minutes: int | None = None


def sale_refusals(facts: SaleFacts, limits: Limits) -> tuple[Refusal, ...]:
    """Every reason why the sale may not be made; limits are those in force on the day of charging.

    A limit that the division does not have at all is a reason too: nobody can say that it is kept.
    """
    return (
        *_standing(facts),
        *_means(facts),
        *(_beforehand(facts, limits) if facts.is_prepaid else ()),
        *_price(facts),
        *_guide_price(facts),
    )


def _beforehand(facts: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    """What binds money that is taken before the lesson."""
    yield from _span(facts, limits)
    yield from _lessons(facts, limits)
    yield from _amount(facts, limits)
    yield from _early(facts, limits)
    yield from _terms(facts)


def _means(facts: SaleFacts) -> Iterator[Refusal]:
    if facts.by_loan:
        yield Refusal("sale.training_loan", {}, LOANS, "sale.remedy_loan")


def _terms(facts: SaleFacts) -> Iterator[Refusal]:
    """A charge by period stays within one school term; the rules speak of subject classes."""
    if facts.by_lesson or facts.category is not Category.SUBJECT:
        return
    if facts.terms is None:
        params = {"first": facts.starts_on.isoformat(), "last": facts.ends_on.isoformat()}
        yield Refusal("sale.terms_unknown", params, TERMS, "sale.remedy_terms_unknown")
    elif facts.terms > 1:
        yield Refusal("sale.crosses_term", {"terms": facts.terms}, TERMS, "sale.remedy_term")


def _guide_price(facts: SaleFacts) -> Iterator[Refusal]:
    """Not above the guide price with its float, for the minutes that are taught, exactly.

    A class whose minutes or price group are not known was judged by a person when it was filed.
    """
    band, minutes = facts.guide, facts.lesson_minutes
    if band is None or not minutes:
        return
    rate_fen = band.base_fen * (_PERCENT + band.float_percent)
    share = facts.lessons * minutes
    if facts.price_fen * band.lesson_minutes * _PERCENT > rate_fen * share:
        params = {
            "price": format_yuan(facts.price_fen),
            "base": format_yuan(band.base_fen),
            "float": band.float_percent,
            "lessons": facts.lessons,
            "most": format_yuan(rate_fen * share // band.lesson_minutes // _PERCENT),
        }
        yield Refusal("sale.above_guide_price", params, GUIDE_PRICE)


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
