"""The register as filtered, as a workbook or CSV that can be imported again without a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
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
from institutions.core.register.credit_codes import FOR_PROFIT_HEADS
from institutions.core.register.headers import TEMPLATE_HEADERS
from institutions.core.register.naming import is_company
from institutions.core.register.places import place_key
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT
from institutions.models import Institution, Licence, Premises
from institutions.resources.exchange_files import Table, attachment
from institutions.resources.exchange_tables import licence_table, premises_table
from institutions.selectors.register import register_rows
from institutions.selectors.register_list import main_licence

_STATEMENTS = ("list_type", "status_or_result", "event_date", "publisher", "note")
_EXTRA_HEADERS = {
    "register_id": "登记编号",
    "licence_state": "许可证状态（现）",
    "department_now": "主管部门（现）",
    "operating": "办学状态（现）",
    "verification": "登记核实（现）",
    "credit_tier": "信用等级（现）",
    "registered_on": "登记日期（现）",
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

    @cached_property
    def values(self) -> dict[str, str]:
        """The texts of all columns by name; where two parts have one, the institution's counts."""
        return _of_premises(self) | _of_licence(self) | _of_institution(self)

    def value(self, name: str) -> str:
        """The text of a column of the export."""
        return self.values.get(name, "")


def _words(labels: Any, code: str) -> str:
    return str(labels.get(code, ""))


def _of_institution(line: ExportLine) -> dict[str, str]:
    entry = line.institution
    category = _words(CATEGORY_LABELS, entry.category)
    activity = _words(ACTIVITY_LABELS, entry.activity)
    city, district = place_of(entry)
    department = entry.competent_department
    return {
        "institution_name": entry.name,
        "uscc": entry.credit_code or entry.credit_code_printed,
        "registered_address": entry.registered_address,
        "city": city,
        "district": district,
        "category": category + (f"（{activity}）" if category and activity else ""),
        "content": entry.content,
        "legal_form": _legal_form(entry),
        "legal_representative": entry.legal_representative,
        "principal": entry.principal,
        "sponsors": entry.sponsors,
        "department_now": "" if department is None else department.name,
        "operating": _words(STATUS_LABELS, entry.status),
        "verification": _words(VERIFICATION_LABELS, entry.verification),
        "credit_tier": entry.credit_tier,
        "registered_on": _day(entry.registered_on),
    }


def _legal_form(entry: Institution) -> str:
    """As a list prints it; a company's name or code that outlived its conversion shows as one."""
    words = _words(LEGAL_FORM_LABELS, entry.legal_form)
    company = is_company(entry.name) or entry.credit_code[:2] in FOR_PROFIT_HEADS
    if entry.legal_form == NON_PROFIT and company:
        return f"{_words(LEGAL_FORM_LABELS, FOR_PROFIT)}->{words}"
    return words


def place_of(entry: Institution) -> tuple[str, str]:
    """City and district: the division's own, or as the list printed them."""
    if entry.place:
        for row in entry.source_rows.all():
            printed = row.printed.get("city", ""), row.printed.get("district", "")
            if place_key(city=printed[0], district=printed[1]) == entry.place:
                return printed
        city, _, district = entry.place.partition("/")
        return city, district
    if entry.division.kind == "city":
        return entry.division.name, ""
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
    for entry in _listed(rows):
        licence = main_licence(list(entry.licences.all()))
        places: list[Premises | None] = list(entry.premises.all())
        for place in places or [None]:
            yield ExportLine(entry, licence, place)


def _listed(rows: QuerySet[Institution]) -> list[Institution]:
    listed = rows.select_related("division__parent", "competent_department")
    return register_rows(listed.prefetch_related("source_rows"))


def register_tables(rows: QuerySet[Institution]) -> list[Table]:
    """The register, every licence in full and every place, in the words of the template.

    The words are Chinese whatever the reader's language is: the file is read again by them.
    """
    with translation.override(settings.LANGUAGE_CODE):
        data = RegisterResource().export(queryset=list(export_lines(rows)))
        register = Table("机构名册", data.headers, [list(line) for line in data])
        return [register, licence_table(rows), premises_table(rows)]


def register_export(rows: QuerySet[Institution], kind: str) -> HttpResponse:
    """The export as an attachment; `kind` is one of `exchange_files.KINDS`."""
    return attachment(register_tables(rows), kind, name="register")
