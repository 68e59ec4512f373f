"""The register as filtered, as a workbook or CSV that can be imported again without a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from import_export import fields, resources

from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    DOCUMENT_TYPE_LABELS,
    LEGAL_FORM_LABELS,
    LICENCE_STATE_LABELS,
    STATUS_LABELS,
    VERIFICATION_LABELS,
)
from institutions.core.register.headers import TEMPLATE_HEADERS
from institutions.core.register.naming import is_company
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT
from institutions.models import Institution, Licence, Premises
from institutions.selectors.register import register_rows
from institutions.selectors.register_list import main_licence

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_STATEMENTS = ("list_type", "status_or_result", "event_date", "publisher", "note")
_EXTRA_HEADERS = {
    "register_id": "登记编号",
    "licence_state": "许可证状态（现）",
    "department_now": "主管部门（现）",
    "operating": "办学状态（现）",
    "verification": "登记核实（现）",
}
_HEADERS = {
    name: header for name, header in TEMPLATE_HEADERS.items() if name not in _STATEMENTS
} | _EXTRA_HEADERS


@dataclass(frozen=True)
class ExportLine:
    """One premises of one institution."""

    institution: Institution
    licence: Licence | None
    premises: Premises | None

    def value(self, name: str) -> str:
        """The text of a column of the export."""
        for source in (_of_institution, _of_licence, _of_premises):
            values = source(self)
            if name in values:
                return values[name]
        return ""


def _words(labels: Any, code: str) -> str:
    return str(labels.get(code, ""))


def _of_institution(line: ExportLine) -> dict[str, str]:
    entry = line.institution
    activity = _words(ACTIVITY_LABELS, entry.activity)
    city, district = _place(entry)
    department = entry.competent_department
    return {
        "institution_name": entry.name,
        "uscc": entry.credit_code or entry.credit_code_printed,
        "registered_address": entry.registered_address,
        "city": city,
        "district": district,
        "category": _words(CATEGORY_LABELS, entry.category)
        + (f"（{activity}）" if activity else ""),
        "content": entry.content,
        "legal_form": _legal_form(entry),
        "legal_representative": entry.legal_representative,
        "principal": entry.principal,
        "sponsors": entry.sponsors,
        "department_now": "" if department is None else department.name,
        "operating": _words(STATUS_LABELS, entry.status),
        "verification": _words(VERIFICATION_LABELS, entry.verification),
    }


def _legal_form(entry: Institution) -> str:
    """As a list prints it; a company's name that outlived its conversion is printed as one."""
    words = _words(LEGAL_FORM_LABELS, entry.legal_form)
    if entry.legal_form == NON_PROFIT and is_company(entry.name):
        return f"{_words(LEGAL_FORM_LABELS, FOR_PROFIT)}->{words}"
    return words


def _place(entry: Institution) -> tuple[str, str]:
    """City and district: the division's own, or as the list printed them."""
    if entry.place:
        printed = list(entry.source_rows.all())[-1].printed
        return printed.get("city", ""), printed.get("district", "")
    parent = entry.division.parent
    return ("" if parent is None else parent.name), entry.division.name


def _of_licence(line: ExportLine) -> dict[str, str]:
    paper = line.licence
    if paper is None:
        return {}
    return {
        "licence_no": paper.number_printed,
        "document_type": _words(DOCUMENT_TYPE_LABELS, paper.document_type),
        "competent_department": paper.competent_department_printed,
        "issuing_authority": paper.issuing_authority,
        "issued_on": _day(paper.issued_on),
        "valid_from": _day(paper.valid_from),
        "valid_until": _day(paper.last_valid_on),
        "licence_state": _words(LICENCE_STATE_LABELS, paper.state),
    }


def _of_premises(line: ExportLine) -> dict[str, str]:
    place = line.premises
    if place is None:
        return {}
    area = place.floor_area_m2
    return {
        "address": place.address,
        "area": place.area,
        "floor_area": "" if area is None else f"{area.normalize():f}",
        "register_id": place.register_id,
    }


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


class _Column(fields.Field):
    """A column of the export, read from an `ExportLine` by its name."""

    def get_value(self, instance: ExportLine) -> str:
        return instance.value(self.attribute)


class RegisterResource(resources.Resource):
    """名册导出: one line a premises under the template's headers; no resident ID is here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {
            name: _Column(attribute=name, column_name=header) for name, header in _HEADERS.items()
        }

    def get_export_order(self) -> list[str]:
        return list(self.fields)


def export_lines(rows: QuerySet[Institution]) -> Iterator[ExportLine]:
    """The lines of an export, every institution at least once."""
    listed = rows.select_related("division__parent", "competent_department")
    for entry in register_rows(listed.prefetch_related("source_rows")):
        licence = main_licence(list(entry.licences.all()))
        places: list[Premises | None] = list(entry.premises.all())
        for place in places or [None]:
            yield ExportLine(entry, licence, place)


def register_export(rows: QuerySet[Institution], kind: str) -> HttpResponse:
    """The export as an attachment; `kind` is xlsx or csv (UTF-8 with BOM, which Excel needs)."""
    data = RegisterResource().export(queryset=list(export_lines(rows))).export(kind)
    body = b"\xef\xbb\xbf" + data.encode() if isinstance(data, str) else data
    response = HttpResponse(body, content_type=_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="register.{kind}"'
    return response
