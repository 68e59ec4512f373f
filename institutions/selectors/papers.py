"""Papers as those may read them who may; how a department signs; what awaits the printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from institutions.core.papers.numbers import SHIPPED_DEPARTMENTS, number_key
from institutions.core.papers.offices import Office, shipped_office
from institutions.models import Institution, Licence, Paper, PaperOffice
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import reach_of
from regulator.accounts.selectors.people import division_by_code
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError


@dataclass(frozen=True)
class PaperQuery:
    """What a list of papers is narrowed to; an empty part is not looked at."""

    kind: str = ""
    year: int | None = None
    text: str = ""
    state: str = ""


def papers_in(actor: Actor, action: Action = Action.PAPER_READ) -> QuerySet[Paper]:
    """The papers an actor's desk reaches with an action, newest first."""
    rows = Paper.objects.select_related("institution", "department")
    if reach_of(actor, action) is Reach.INSTITUTION:
        if not actor.institution:
            return rows.none()
        return rows.filter(institution__public_id=actor.institution)
    applicants = Q(institution__isnull=True, division=actor.division)
    return rows.filter(Q(institution__in=institutions_in(actor, action)) | applicants)


def paper_for(
    actor: Actor, public_id: str | UUID, action: Action = Action.PAPER_READ
) -> Paper | None:
    """A paper by its public id, where the actor's desk reaches it."""
    try:
        return papers_in(actor, action).filter(public_id=public_id).first()
    except (ValidationError, ValueError):
        return None


def paper_years(rows: QuerySet[Paper]) -> list[int]:
    """The years of which there are papers, the latest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def papers_of(institution: Institution) -> QuerySet[Paper]:
    """All papers of an institution, newest first."""
    return institution.papers.select_related("institution", "department")


def papers_of_journey(journey: UUID) -> QuerySet[Paper]:
    """The papers that a licensing journey produced, in the order of their issue."""
    return Paper.objects.filter(journey=journey).order_by("issued_at", "pk")


def papers_of_matter(matter: UUID) -> QuerySet[Paper]:
    """The papers that a recheck or an appraisal produced, in the order of their issue."""
    return Paper.objects.filter(matter=matter).order_by("issued_at", "pk")


def papers_asked(rows: QuerySet[Paper], query: PaperQuery) -> QuerySet[Paper]:
    """The rows a query leaves; its text is looked for in the number and the institution's name."""
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.year:
        rows = rows.filter(year=query.year)
    if query.text.strip():
        key = number_key(query.text)
        rows = rows.filter(
            Q(number_key__contains=key) | Q(institution__name__icontains=query.text.strip())
        )
    return _in_state(rows, query.state)


def _in_state(rows: QuerySet[Paper], state: str) -> QuerySet[Paper]:
    standing = rows.filter(voided_at__isnull=True)
    by_state = {
        "": rows,
        "unserved": standing.filter(served_on__isnull=True),
        "served": standing.filter(served_on__isnull=False),
        "unfiled": standing.filter(scan_sha256=""),
        "void": rows.filter(voided_at__isnull=False),
    }
    return by_state.get(state, rows)


def waiting_papers(public_ids: Sequence[str]) -> list[Paper]:
    """Those of the named papers that are not rendered yet, in the order of their issue."""
    rows = Paper.objects.filter(public_id__in=public_ids, sha256="")
    return list(rows.select_related("institution").order_by("pk"))


def paper_by_public_id(public_id: str | UUID) -> Paper | None:
    """A paper by the id in its QR code, whoever asks; None where there is none."""
    try:
        return Paper.objects.select_related("institution").filter(public_id=public_id).first()
    except (ValidationError, ValueError):
        return None


def paper_by_code(code: str) -> Paper | None:
    """A paper by the check code printed on it, whoever asks."""
    return Paper.objects.select_related("institution").filter(code=code).first()


def signing_departments() -> tuple[str, ...]:
    """The departments that issue papers of their own."""
    return tuple(SHIPPED_DEPARTMENTS)


def office_entry_on(*, division: str, department: str, day: date) -> PaperOffice | None:
    """What a bureau entered for a day, if it did."""
    rows = PaperOffice.objects.filter(division=division, department=department)
    return rows.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day
    ).first()


def office_entries(*, division: str, department: str) -> QuerySet[PaperOffice]:
    """Everything a bureau entered, the latest first."""
    return PaperOffice.objects.filter(division=division, department=department)


def office_on(*, division: str, department: str, day: date) -> Office:
    """How a department of a division signs on a day: as entered, or as shipped."""
    row = office_entry_on(division=division, department=department, day=day)
    return office_of(row) if row else default_office(division=division, department=department)


def default_office(*, division: str, department: str) -> Office:
    """What is printed for a department until its bureau has entered something."""
    found = division_by_code(division)
    if found is None:
        raise InvariantError(f"没有代码为 {division} 的区划。")
    return shipped_office(
        division_name=found.name,
        city_name=found.parent.name if found.parent else "",
        is_zone=found.kind == "local zone",
        department=department,
    )


def office_of(row: PaperOffice) -> Office:
    """An entered row as the pure office."""
    return Office(
        name=row.name,
        abbreviation=row.abbreviation,
        review_body=row.review_body,
        court=row.court,
        words=row.words,
        has_red_head=row.has_red_head,
        address=row.address,
        phone=row.phone,
        typefaces=row.typefaces,
        basis=row.basis,
    )


def licence_facts(licence: Licence) -> dict[str, Any]:
    """What a licence prints, as `issue_paper` takes it for the original and the duplicate."""
    valid_until = licence.last_valid_on
    return {
        "licence_id": str(licence.public_id),
        "number": licence.number_printed,
        "document_type": licence.document_type,
        "name": licence.name or licence.institution.name,
        "address": licence.address or licence.institution.registered_address,
        "principal": licence.principal or licence.institution.principal,
        "sponsors": licence.sponsors or licence.institution.sponsors,
        "school_type": licence.school_type,
        "content": licence.content or licence.institution.content,
        "competent_department": licence.competent_department_printed,
        "issuing_authority": licence.issuing_authority,
        "valid_from": licence.valid_from.isoformat() if licence.valid_from else "",
        "valid_until": valid_until.isoformat() if valid_until else "",
        "remarks": licence.remarks,
    }
