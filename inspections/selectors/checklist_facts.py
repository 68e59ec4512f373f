"""What is known of a drawn premises when its checklist is issued, as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inspections.choices.directories import SEVERITY_LABELS
from inspections.core.draw.assembly import frame_department
from inspections.core.items.applying import ItemFacts, select_items
from inspections.models import Draw, DrawAssignment, InspectionItem
from inspections.selectors.directories import published_items, township_names
from inspections.selectors.draws import TeamList, team_lists
from inspections.selectors.results import last_inspection
from institutions.choices.register import CATEGORY_LABELS, STATUS_LABELS, WAY_LABELS
from institutions.models import Filing, Institution
from institutions.selectors.filings import approved_filings
from institutions.selectors.register import licence_in_force
from regulator.accounts.models import Department

Facts = dict[str, Any]


def draw_departments(draw: Draw) -> list[Department]:
    """The departments whose officers sit in a draw's teams, in the order of the house."""
    seats = draw.frame["teams"]["seats"]
    return [one for one in Department.objects.all() if frame_department(one.code) in seats]


def checklist_facts(draw: Draw, *, on: date) -> tuple[list[Facts], list[Facts]]:
    """Everything that goes on paper: one record per assigned premises in route order, and one
    cover per team that has any."""
    departments = draw_departments(draw)
    items = published_items(
        division=draw.division_id, departments=[one.code for one in departments]
    )
    townships = township_names(draw.division_id)
    papers: list[Facts] = []
    covers: list[Facts] = []
    for team in team_lists(draw):
        rows = [row for row in team.assignments if not row.replaced]
        if team.number == "0" or not rows:
            continue
        shared = _shared(draw, team, on)
        for row in rows:
            paper = _premises(row, items, departments, townships, on)
            papers.append({**shared, **paper})
        covers.append({**shared, "name": f"team-{team.number}", "route": _route(rows, townships)})
    return papers, covers


def _shared(draw: Draw, team: TeamList, on: date) -> Facts:
    return {
        "draw": draw.number,
        "campaign": draw.campaign,
        "division": draw.division.name,
        "team": team.number,
        "issued_on": on.isoformat(),
        "members": [
            {
                "name": row.inspector.name,
                "department": row.inspector.department.name,
                "certificate": row.inspector.certificate_number,
            }
            for row in team.members
        ],
    }


def _route(rows: Sequence[DrawAssignment], townships: Mapping[str, str]) -> list[Facts]:
    return [
        {
            "register_id": row.register_id,
            "institution": row.premises.institution.name,
            "address": row.premises.address,
            "area": townships.get(row.area, row.area),
        }
        for row in rows
    ]


def _premises(
    row: DrawAssignment,
    items: Sequence[InspectionItem],
    departments: Sequence[Department],
    townships: Mapping[str, str],
    on: date,
) -> Facts:
    premises, institution = row.premises, row.premises.institution
    licence = licence_in_force(institution, on)
    ways = list(licence.ways) if licence else []
    last = last_inspection(institution)
    return {
        "name": row.register_id,
        "stands_in_for": row.stands_in_for,
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
        "area": townships.get(row.area, row.area),
        "floor_area_m2": "" if premises.floor_area_m2 is None else f"{premises.floor_area_m2:f}",
        "last": f"{last.revealed_on.isoformat()} {last.number}" if last else "",
        "classes": _classes(institution, on),
        "departments": _blocks(items, departments, institution, ways),
    }


def _name(department: Department | None) -> str:
    return department.name if department else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


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


def _blocks(
    items: Sequence[InspectionItem],
    departments: Sequence[Department],
    institution: Institution,
    ways: Sequence[str],
) -> list[Facts]:
    by_code = {item.code: item for item in items}
    chosen = select_items(
        [ItemFacts(item.code, item.department_id, item.applies_to) for item in items],
        departments=[one.code for one in departments],
        category=institution.category,
        ways=ways,
    )
    return [
        {
            "department": department.name,
            "items": [
                _item(by_code[fact.code]) for fact in chosen if fact.department == department.code
            ],
        }
        for department in departments
    ]


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
