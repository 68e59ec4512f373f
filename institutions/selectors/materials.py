"""Reads of training material: an institution's own, the desk's queue, who uses which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from institutions.core.filing_states import FilingState
from institutions.core.material_states import (
    MaterialKind,
    MaterialState,
    retention_until,
)
from institutions.core.material_titles import named_titles
from institutions.models import Filing, Institution, MaterialFile, TrainingMaterial
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.calendars.selectors import division_settings
from regulator.kernel.actors import Actor

MATERIAL_SUBJECT = "training_material"
_CELL = "培训材料"
_LIVE = (FilingState.SUBMITTED.value, FilingState.APPROVED.value)
MOST_CLASSES = 50
_AWAITS_EXTERNAL = Q(
    state=MaterialState.INTERNAL_PASSED.value,
    category="subject",
    kind=MaterialKind.SELF_WRITTEN.value,
)


def own_materials(actor: Actor, state: str = "") -> QuerySet[TrainingMaterial]:
    """The materials of the actor's institution, the newest first."""
    if not actor.institution:
        return TrainingMaterial.objects.none()
    rows = TrainingMaterial.objects.filter(institution__public_id=actor.institution)
    rows = rows.annotate(
        file_count=Count("files", filter=Q(files__removed_at__isnull=True), distinct=True)
    )
    rows = rows.order_by("-pk")
    return rows.filter(state=state) if state else rows


def own_material(actor: Actor, public_id: UUID) -> TrainingMaterial | None:
    """One of the actor's institution's materials."""
    if not actor.institution:
        return None
    rows = TrainingMaterial.objects.filter(institution__public_id=actor.institution)
    return rows.select_related("institution", "department").filter(public_id=public_id).first()


def returned_material_count(institution: Institution) -> int:
    """How many were sent back and wait for the institution."""
    return institution.materials.filter(state=MaterialState.RETURNED.value).count()


def visible_materials(viewer: Actor) -> QuerySet[TrainingMaterial]:
    """The materials that an officer may see: drafts are the institution's own business."""
    rows = TrainingMaterial.objects.select_related("institution", "department")
    if not may(viewer, Action.MATERIAL_READ, Target(division=viewer.division)):
        return rows.none()
    rows = rows.exclude(state=MaterialState.DRAFT.value)
    if reach_of(viewer, Action.MATERIAL_READ) is Reach.CITY:
        return rows.filter(division__code__startswith=viewer.division[:4])
    return rows.filter(division=viewer.division)


def material_queue(viewer: Actor, part: str) -> QuerySet[TrainingMaterial]:
    """`waiting`: subject material that awaits the outside review; else by state, or all."""
    rows = visible_materials(viewer)
    if part == "waiting":
        return rows.filter(_AWAITS_EXTERNAL).order_by("pk")
    if part in set(MaterialState):
        return rows.filter(state=part)
    return rows


def visible_material(viewer: Actor, public_id: UUID) -> TrainingMaterial | None:
    """One that an officer may see."""
    return visible_materials(viewer).filter(public_id=public_id).first()


def waiting_material_count(viewer: Actor) -> int:
    """How many await this department's outside review."""
    if reach_of(viewer, Action.MATERIAL_CHECK) is None:
        return 0
    return material_queue(viewer, "waiting").filter(department=viewer.department).count()


def kept_files(material: TrainingMaterial) -> list[MaterialFile]:
    """The files that belong to it now."""
    return list(material.files.filter(removed_at__isnull=True))


def awaits_external(material: TrainingMaterial) -> bool:
    """Whether the education department has still to review it."""
    return (
        material.state == MaterialState.INTERNAL_PASSED.value
        and material.category == "subject"
        and material.kind == MaterialKind.SELF_WRITTEN.value
    )


def retention_of(material: TrainingMaterial, today: date) -> tuple[date | None, int]:
    """Until when it is kept, None where nobody can say; and the term in months, 0 unknown."""
    months = division_settings(material.division_id, today).material_retention_months
    return retention_until(material.stopped_on, months), months


def classes_using(material: TrainingMaterial) -> list[Filing]:
    """The institution's living classes whose cell names this title."""
    rows = Filing.objects.filter(
        institution=material.institution_id, state__in=_LIVE, amends__isnull=True
    ).defer("findings", "certificate")
    titles = list(
        TrainingMaterial.objects.filter(institution=material.institution_id).values_list(
            "title", flat=True
        )
    )
    found = [
        one for one in rows if material.title in named_titles(one.cells.get(_CELL, ""), titles)
    ]
    return found[:MOST_CLASSES]


@dataclass(frozen=True)
class NamedMaterials:
    """The materials that a class names and the institution has entered; `unknown`: names others."""

    materials: tuple[TrainingMaterial, ...]
    text: str


def materials_of_class(filing: Filing, states: Iterable[str] = ()) -> NamedMaterials:
    """Which of the institution's materials the class's own words name; two queries at most."""
    rows = TrainingMaterial.objects.filter(institution=filing.institution_id)
    wanted = tuple(states)
    if wanted:
        rows = rows.filter(state__in=wanted)
    known = {one.title: one for one in rows}
    text = filing.cells.get(_CELL, "")
    titles = named_titles(text, known)
    return NamedMaterials(tuple(known[title] for title in titles), text)
