"""Screening one row of cells against a division's tables, as services and the form ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from institutions.core.screening.engine import Finding, ScreeningContext, screen_row
from institutions.core.screening.form import read_row
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.core.screening.settings import EnteredSettings
from institutions.models import Institution
from institutions.selectors.shipped_tables import shipped_context, wider_price_groups
from regulator.audit.core.chain import plain
from regulator.calendars.core.settings import PRICE_GROUP
from regulator.calendars.selectors import school_calendar
from regulator.calendars.selectors.settings import entered_settings, setting_specs


@dataclass(frozen=True)
class OwnNumbers:
    """The numbers an institution may state: keys of its licences, and its credit codes."""

    licence_keys: frozenset[str]
    credit_codes: frozenset[str]


def known_numbers(institution: Institution) -> OwnNumbers:
    """Every number the register knows of the identity, past ones too; two queries."""
    licences = institution.licences.exclude(number_key="").values_list("number_key", flat=True)
    codes = set(institution.credit_codes.values_list("code", flat=True))
    codes.add(institution.credit_code)
    return OwnNumbers(
        frozenset(key.upper() for key in licences),
        frozenset(code.upper() for code in codes if code),
    )


def local_day(at: datetime) -> date:
    """The day of a moment in the division's own time zone."""
    return timezone.localtime(at).date()


@dataclass(frozen=True)
class Screened:
    """A row's outcome, its findings as JSON, and the typed row where it reads well."""

    outcome: str
    findings: list[dict[str, Any]]
    row: FilingRow | None


def screening_context(division: str, on: date) -> ScreeningContext:
    """What screening needs in a division on the day of filing: its own calendar and settings.

    The reference tables are the shipped ones, and so is a setting where the bureau entered none
    for the day of the fact. Three queries; build it once for many rows.
    """
    shipped = shipped_context(division=division, filed_on=on)
    entered = EnteredSettings(entered_settings(division))
    price_group = str(setting_specs(division)[PRICE_GROUP].default)
    return replace(
        shipped,
        calendar=school_calendar(division),
        limits=entered.over(shipped.limits),
        price_group=price_group,
        wider_price_groups=wider_price_groups(price_group),
        entered=entered,
    )


def screen_cells(number: int, cells: Mapping[str, str], context: ScreeningContext) -> Screened:
    """The screening of one row of cells (texts by header)."""
    result = screen_row(RawRow(number, cells), context)
    findings = [finding_as_json(finding) for finding in result.findings]
    return Screened(result.outcome, findings, result.row)


def read_cells(
    number: int, cells: Mapping[str, str], context: ScreeningContext
) -> FilingRow | None:
    """The typed row alone, or None where the form is incomplete."""
    read = read_row(RawRow(number, cells), context.calendar.workdays)
    return read if isinstance(read, FilingRow) else None


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept; its message is made from `params` when it is shown."""
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "field": finding.field,
        "evidence": finding.evidence,
        "spans": [list(span) for span in finding.spans],
        "basis": finding.basis,
        "params": plain(dict(finding.params)),
    }


def finding_from_json(kept: Mapping[str, Any]) -> Finding:
    """The finding again, for its message."""
    return Finding(
        rule=kept["rule"],
        outcome=kept["outcome"],
        field=kept["field"],
        evidence=kept["evidence"],
        spans=tuple((span[0], span[1], span[2]) for span in kept["spans"]),
        basis=kept["basis"],
        params=kept["params"],
    )
