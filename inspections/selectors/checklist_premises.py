"""What is known of one premises when its checklist is issued, as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from inspections.choices.directories import SEVERITY_LABELS
from inspections.core.draw_states import DrawState
from inspections.core.items.applying import ItemFacts, select_items
from inspections.models import Finding, InspectionItem
from inspections.selectors.results import last_inspection
from institutions.choices.register import CATEGORY_LABELS, STATUS_LABELS, WAY_LABELS
from institutions.choices.staff import EMPLOYMENT_LABELS, STAFF_KIND_LABELS
from institutions.models import Filing, Institution, Premises
from institutions.selectors.filings import approved_filings
from institutions.selectors.register import licence_in_force
from institutions.selectors.staff import employed_on, staff_of
from regulator.accounts.models import Department

Facts = dict[str, Any]
_LAST_FINDINGS = 8


@dataclass(frozen=True)
class Stop:
    """A premises on a team's route; `stands_in_for` is the register id it replaced."""

    register_id: str
    premises: Premises
    area: str
    stands_in_for: str = ""


def premises_facts(
    stop: Stop,
    items: Sequence[InspectionItem],
    departments: Sequence[Department],
    townships: Mapping[str, str],
    on: date,
) -> Facts:
    """Register data, running classes, staff, last findings, and the items by department."""
    premises, institution = stop.premises, stop.premises.institution
    licence = licence_in_force(institution, on)
    ways = list(licence.ways) if licence else []
    return {
        "name": stop.register_id,
        "stands_in_for": stop.stands_in_for,
        "institution": {
            "name": institution.name,
            "credit_code": institution.credit_code,
            "category": str(CATEGORY_LABELS.get(institution.category, "")),
            "status": str(STATUS_LABELS[institution.status]),
            "legal_representative": institution.legal_representative,
            "principal": institution.principal,
            "competent_department": _name(institution.competent_department),
            "licence_number": licence.number_printed if licence else "",
            "licence_until": _day(licence.last_valid_on if licence else None),
            "ways": [str(WAY_LABELS.get(way, way)) for way in ways],
        },
        "address": premises.address,
        "area": townships.get(stop.area, stop.area),
        "floor_area_m2": "" if premises.floor_area_m2 is None else f"{premises.floor_area_m2:f}",
        "last": _last(institution),
        "classes": _classes(institution, on),
        "staff": _staff(institution, on),
        "findings": _findings(institution),
        "departments": item_blocks(items, departments, category=institution.category, ways=ways),
    }


def _name(department: Department | None) -> str:
    return department.name if department else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _last(institution: Institution) -> str:
    last = last_inspection(institution)
    return f"{last.revealed_on.isoformat()} {last.number}" if last else ""


def _classes(institution: Institution, on: date) -> list[Facts]:
    """The approved classes that run on a day."""
    rows = approved_filings(institution).filter(starts_on__lte=on, ends_on__gte=on)
    return [_class(row) for row in rows.order_by("starts_on", "pk")]


def _class(row: Filing) -> Facts:
    return {
        "number": row.number,
        "name": row.class_name,
        "activity": row.activity,
        "place": row.place,
        "dates": f"{row.starts_on.isoformat()} — {row.ends_on.isoformat()}",
        "lessons": row.lesson_count,
        "size": row.class_size,
        "fee_yuan": f"{row.fee_fen // 100}.{row.fee_fen % 100:02d}",
    }


def _staff(institution: Institution, on: date) -> list[Facts]:
    """Who works there on a day, as the public list names them: no papers, no numbers."""
    rows = staff_of(institution).filter(employed_on(on))
    return [
        {
            "name": row.name,
            "kind": str(STAFF_KIND_LABELS.get(row.kind, row.kind)),
            "employment": str(EMPLOYMENT_LABELS.get(row.employment, row.employment)),
        }
        for row in rows
    ]


def _findings(institution: Institution) -> list[Facts]:
    """The last findings that stand, none of a draw that is still sealed."""
    known = Q(visit__assignment__isnull=True) | Q(
        visit__assignment__draw_of__state=DrawState.REVEALED.value
    )
    rows = Finding.objects.filter(known, institution=institution).exclude(state="withdrawn")
    return [
        {
            "on": timezone.localdate(row.confirmed_at).isoformat(),
            "code": row.item.code,
            "department": row.department.name,
            "text": row.text,
            "state": str(row.get_state_display()),
        }
        for row in rows.select_related("item", "department")[:_LAST_FINDINGS]
    ]


def item_blocks(
    items: Sequence[InspectionItem],
    departments: Sequence[Department],
    *,
    category: str,
    ways: Sequence[str],
) -> list[Facts]:
    """The items that concern a category, under the department that may check them."""
    by_code = {item.code: item for item in items}
    chosen = select_items(
        [ItemFacts(item.code, item.department_id, item.applies_to) for item in items],
        departments=[one.code for one in departments],
        category=category,
        ways=ways,
    )
    blocks = []
    for department in departments:
        of_department = [by_code[one.code] for one in chosen if one.department == department.code]
        if of_department:
            items_of = [_item(item) for item in of_department]
            blocks.append({"department": department.name, "items": items_of})
    return blocks


def _item(item: InspectionItem) -> Facts:
    return {
        "code": item.code,
        "version": item.version,
        "title": item.title,
        "look_at": item.look_at,
        "method": item.method,
        "basis": item.legal_basis,
        "severity": str(SEVERITY_LABELS[item.severity]),
    }
