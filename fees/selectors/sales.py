"""What a sale is judged by: the class, the licence, the division's limits, the pupil's lessons."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, Q

from fees.core.sale_limits import SaleFacts
from fees.models import Contract
from institutions.core.screening.facts import ScreeningContext
from institutions.core.screening.grades import FIRST_SENIOR_GRADE, PRESCHOOL_GRADE
from institutions.core.screening.rows import Category
from institutions.core.screening.tables import PriceBand
from institutions.models import Filing, Institution
from institutions.selectors.register import licence_in_force
from regulator.calendars.core.school import DayState, SchoolCalendar

_DELIVERY_NAMES = {"offline": "线下", "live": "线上直播", "recorded": "线上录播"}
_MINUTES_HEADER = "每课时分钟"
_LESSON, _PERIOD, _AFTER, _LOAN = "lesson", "period", "after", "loan"


def unused_lessons(institution: Institution, pupil_index: str, activity: str) -> int:
    """Lessons, gifts too, that a pupil has in the same subject and were not taught. One query."""
    rows = Contract.objects.filter(
        institution=institution,
        pupil_index=pupil_index,
        filing__activity=activity,
        closed_on=None,
    ).annotate(taught=Count("lessons", filter=~Q(lessons__state="void")))
    left = rows.annotate(left=F("lesson_count") + F("gift_count") - F("taught"))
    return sum(max(0, number) for number in left.values_list("left", flat=True))


def sale_facts(
    institution: Institution,
    filing: Filing,
    *,
    charged_on: date,
    lessons: int,
    gifts: int,
    price_fen: int,
    pupil_index: str,
    charging: str,
    means: str,
    context: ScreeningContext,
) -> SaleFacts:
    """The facts of a sale in a class; `context` is the division's on that day. Three queries."""
    return SaleFacts(
        category=Category(filing.category),
        charged_on=charged_on,
        starts_on=filing.starts_on,
        ends_on=filing.ends_on,
        lessons=lessons,
        gifts=gifts,
        price_fen=price_fen,
        unused=unused_lessons(institution, pupil_index, filing.activity),
        by_lesson=charging == _LESSON,
        is_class_approved=filing.state == "approved",
        is_licence_in_force=licence_in_force(institution, charged_on) is not None,
        filed_fee_fen=filing.fee_fen,
        filed_lessons=filing.lesson_count,
        terms=terms_touched(context.calendar, filing) if charging == _PERIOD else 1,
        by_loan=means == _LOAN,
        is_prepaid=charging != _AFTER,
        guide=guide_price_of(filing, context.for_class(filing.starts_on), charged_on),
        lesson_minutes=_minutes_of(filing),
    )


def terms_touched(calendar: SchoolCalendar, filing: Filing) -> int | None:
    """How many school terms a class runs in; None where a day of it is not in the calendar."""
    days = (filing.ends_on - filing.starts_on).days + 1
    terms: set[tuple[int | None, int]] = set()
    for grade in filing.grades:
        for number in range(days):
            day = calendar.grade_day(filing.starts_on + timedelta(days=number), grade)
            if not day.is_known:
                return None
            if day.state is DayState.TERM:
                terms.add((day.school_year, day.term))
    return len(terms) if filing.grades else None


def guide_price_of(filing: Filing, context: ScreeningContext, on: date) -> PriceBand | None:
    """The guide price that binds a class on a day, None for a class that none binds."""
    lowest = min(filing.grades, default=PRESCHOOL_GRADE)
    is_bound = PRESCHOOL_GRADE < lowest < FIRST_SENIOR_GRADE
    if filing.category != Category.SUBJECT.value or not is_bound:
        return None
    for group in context.price_groups_on(on):
        for band in context.tables.prices:
            if band.group == group and _covers(band, filing, on):
                return band
    return None


def _covers(band: PriceBand, filing: Filing, on: date) -> bool:
    below, before = band.students_below, band.valid_before
    in_size = band.students_from <= filing.class_size and (
        below is None or filing.class_size < below
    )
    in_force = band.valid_from <= on and (before is None or on < before)
    return in_size and in_force and band.delivery == _DELIVERY_NAMES[filing.delivery]


def _minutes_of(filing: Filing) -> int | None:
    text = str(filing.cells.get(_MINUTES_HEADER, "")).strip()
    return int(text) if text.isascii() and text.isdigit() else None
