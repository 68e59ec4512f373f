"""What a sale is judged by: the class, the licence, the division's limits, the pupil's lessons."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q

from fees.core.sale_limits import SaleFacts
from fees.models import Contract
from institutions.core.screening.rows import Category
from institutions.models import Filing, Institution
from institutions.selectors.register import licence_in_force


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
    by_lesson: bool,
) -> SaleFacts:
    """The facts of a sale in a class. Three queries."""
    return SaleFacts(
        category=Category(filing.category),
        charged_on=charged_on,
        starts_on=filing.starts_on,
        ends_on=filing.ends_on,
        lessons=lessons,
        gifts=gifts,
        price_fen=price_fen,
        unused=unused_lessons(institution, pupil_index, filing.activity),
        by_lesson=by_lesson,
        is_class_approved=filing.state == "approved",
        is_licence_in_force=licence_in_force(institution, charged_on) is not None,
        filed_fee_fen=filing.fee_fen,
        filed_lessons=filing.lesson_count,
    )
