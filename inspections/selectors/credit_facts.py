"""What inspections knows that counts towards a credit tier: findings, upheld complaints, visits.

A finding counts when nothing about its visit is sealed any more: the draw is revealed, or the
visit belongs to an order. Before, a changed tier would say who was drawn.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from inspections.core.credit.points import CreditFact, PointKind
from inspections.core.draw_states import DrawState
from inspections.models import CreditEvent, DrawAssignment, Finding, Visit
from institutions.models import Institution

Facts = dict[int, list[CreditFact]]
_REVEALED = DrawState.REVEALED.value


def finding_facts(institutions: Collection[Institution], *, since: date) -> Facts:
    """Standing findings by institution key."""
    rows = (
        Finding.objects.filter(institution__in=institutions, confirmed_at__date__gte=since)
        .filter(Q(visit__assignment__draw_of__state=_REVEALED) | Q(visit__target__isnull=False))
        .exclude(state="withdrawn")
        .select_related("item")
    )
    found: Facts = {}
    for row in rows:
        fact = CreditFact(
            kind=PointKind.FINDING,
            reference=str(row.public_id),
            happened_on=timezone.localdate(row.confirmed_at),
            weight_code=f"credit_finding_{row.severity}",
            basis=row.item.legal_basis,
            text=f"{row.item.code} {row.item.title}",
        )
        found.setdefault(row.institution_id, []).append(fact)
    return found


def complaint_facts(institutions: Collection[Institution], *, since: date) -> Facts:
    """Upheld complaints by institution key, each once by its reference number."""
    rows = CreditEvent.objects.filter(
        institution__in=institutions, upheld_on__gte=since, revoked_at__isnull=True
    )
    found: Facts = {}
    for row in rows:
        fact = CreditFact(
            kind=PointKind.COMPLAINT,
            reference=row.reference,
            happened_on=row.upheld_on,
            weight_code="credit_complaint",
            basis=row.document_name,
            text=row.text,
        )
        found.setdefault(row.institution_id, []).append(fact)
    return found


def looked_at(institutions: Collection[Institution], *, since: date) -> set[int]:
    """Keys of the institutions that were visited since a day, drawn or by an order."""
    drawn = DrawAssignment.objects.filter(
        premises__institution__in=institutions,
        replaced=False,
        draw_of__state=_REVEALED,
        draw_of__last_visit_ended_at__date__gte=since,
    ).values_list("premises__institution", flat=True)
    ordered = Visit.objects.filter(
        premises__institution__in=institutions,
        target__isnull=False,
        state="ended",
        ended_at__date__gte=since,
    ).values_list("premises__institution", flat=True)
    return {*drawn, *ordered}
