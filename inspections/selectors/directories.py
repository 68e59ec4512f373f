"""The directories and the published list, as the desk reads them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

from inspections.models import Draw, InspectionItem, Inspector, PlanDraw, Recusal
from institutions.models import Institution, Premises
from institutions.selectors.register import draw_objects
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Department, Township, User
from regulator.kernel.actors import Actor


def inspectors_in(actor: Actor) -> QuerySet[Inspector]:
    """The inspectors of the actor's division, with how many recusals each has."""
    return (
        Inspector.objects.filter(division=actor.division)
        .select_related("department", "user")
        .annotate(recusal_count=Count("recusals", filter=Q(recusals__ended_at__isnull=True)))
        .order_by("department__position", "certificate_number")
    )


def inspector_for(actor: Actor, public_id: str | UUID) -> Inspector | None:
    """An inspector of the actor's division by public id."""
    try:
        return inspectors_in(actor).filter(public_id=public_id).first()
    except (ValidationError, ValueError):
        return None


def recusals_of(inspector: Inspector) -> list[Recusal]:
    """An inspector's recusals, open ones first."""
    rows = inspector.recusals.select_related("institution")
    return sorted(rows, key=lambda row: row.ended_at is not None)


def recusal_for(inspector: Inspector, public_id: str | UUID) -> Recusal | None:
    """A recusal of an inspector by public id."""
    return inspector.recusals.select_related("institution").filter(public_id=public_id).first()


def bindable_users(actor: Actor) -> QuerySet[User]:
    """Users of the division with an inspector's desk."""
    return (
        User.objects.filter(
            division=actor.division,
            is_active=True,
            appointments__role__in=[Role.INSPECTOR.value, Role.ENFORCEMENT_OFFICER.value],
        )
        .distinct()
        .order_by("name")
    )


def all_departments() -> QuerySet[Department]:
    """Every department, in the order of the house."""
    return Department.objects.all()


def institutions_named(actor: Actor, words: str) -> list[Institution]:
    """Institutions of the division whose name or premises' register id contains the words."""
    if not words.strip():
        return []
    rows = Institution.objects.filter(division=actor.division).filter(
        Q(name__icontains=words.strip()) | Q(premises__register_id=words.strip())
    )
    return list(rows.distinct()[:30])


def items_in(division: str) -> QuerySet[InspectionItem]:
    """The current version of every item of a division."""
    return InspectionItem.objects.filter(
        division=division, ends_before__isnull=True
    ).select_related("department")


def published_items(
    *, division: str, departments: Collection[str] = (), codes: Collection[str] = ()
) -> list[InspectionItem]:
    """The published list of a division, of some departments or items or of all."""
    rows = items_in(division).filter(is_published=True)
    if departments:
        rows = rows.filter(department__in=departments)
    if codes:
        rows = rows.filter(code__in=codes)
    return list(rows)


def planned_items(draw: Draw) -> list[str]:
    """Codes of the items for which a draw was planned; none where it stands on no plan's line."""
    planned = PlanDraw.objects.filter(draw=draw).select_related("line").first()
    return list(planned.line.items) if planned else []


def item_for(actor: Actor, public_id: str | UUID) -> InspectionItem | None:
    """A current item of the actor's division by public id."""
    try:
        return items_in(actor.division).filter(public_id=public_id).first()
    except (ValidationError, ValueError):
        return None


def objects_in(actor: Actor, *, on: date) -> QuerySet[Premises]:
    """The premises that a draw of the actor's division could pick on a day."""
    ids = [one.register_id for one in draw_objects(division=actor.division, on=on)]
    return Premises.objects.filter(register_id__in=ids).select_related("institution")


def township_names(division: str) -> dict[str, str]:
    """Township names by code."""
    return dict(Township.objects.filter(division=division).values_list("code", "name"))


def items_filtered(
    division: str, *, department: Department | None = None, published: str = ""
) -> QuerySet[InspectionItem]:
    """The current items of a division, of one department or in one state where asked.

    `published`: `yes`, `no`, or empty for both.
    """
    rows = items_in(division)
    if department is not None:
        rows = rows.filter(department=department)
    if published:
        rows = rows.filter(is_published=published == "yes")
    return rows


def recusable_institutions(actor: Actor) -> QuerySet[Institution]:
    """The institutions of the division, by pinyin."""
    return Institution.objects.filter(division=actor.division, place="")
