"""Screening one row of cells against a division's tables, as services and the form ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson
from django.utils import timezone

from institutions.core.screening.engine import Finding, ScreeningContext, screen_row
from institutions.core.screening.form import read_row
from institutions.core.screening.partial import screen_partial
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.core.screening.settings import EnteredSettings
from institutions.models import Institution, TableVersion
from institutions.selectors.reference_tables import (
    all_in_force,
    binding_versions,
    boundaries,
    tables_of,
)
from institutions.selectors.shipped_tables import shipped_context, wider_price_groups
from regulator.audit.core.chain import plain
from regulator.calendars.core.school import SchoolCalendar
from regulator.calendars.core.settings import PRICE_GROUP, SettingEntry
from regulator.calendars.selectors import school_calendar
from regulator.calendars.selectors.settings import entered_settings, setting_specs
from regulator.database.fields import json_text


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


@dataclass(frozen=True)
class Grounds:
    """A calendar and entered settings to screen by in place of those in force."""

    calendar: SchoolCalendar
    settings: tuple[SettingEntry, ...]


def screening_context(
    division: str,
    on: date,
    *,
    proposed: TableVersion | None = None,
    grounds: Grounds | None = None,
) -> ScreeningContext:
    """What screening needs in a division on the day of filing: its calendar, settings and tables.

    A reference table is the version that binds on the class's first day, else the shipped one; a
    setting is the shipped one where the bureau entered none for the day of the fact. `proposed`, a
    version that is not approved, then goes before every other of its kind, whenever a class starts;
    `grounds` stand in for the calendar and the settings in force.
    Four queries, and one for each version not read before; build it once for many rows.
    """
    shipped = shipped_context(division=division, filed_on=on)
    standing = grounds or Grounds(school_calendar(division), entered_settings(division))
    entered = EnteredSettings(standing.settings)
    price_group = str(setting_specs(division)[PRICE_GROUP].default)
    own = replace(
        shipped,
        calendar=standing.calendar,
        limits=entered.over(shipped.limits),
        price_group=price_group,
        wider_price_groups=wider_price_groups(price_group),
        entered=entered,
    )
    return _with_tables(own, binding_versions(division), proposed)


def _with_tables(
    context: ScreeningContext, versions: Sequence[TableVersion], proposed: TableVersion | None
) -> ScreeningContext:
    """The context with the tables of each stretch of first days."""
    if not versions and proposed is None:
        return context
    tried = {} if proposed is None else {proposed.table.kind: proposed}
    by_start = tuple(
        (day, _bound(context, {**all_in_force(versions, day), **tried}))
        for day in boundaries(versions)
    )
    return replace(_bound(context, tried), by_start=by_start)


def _bound(context: ScreeningContext, chosen: Mapping[str, TableVersion]) -> ScreeningContext:
    built = tables_of(chosen)
    return replace(context, tables=built.tables, index=built.index, grade_editions=built.editions)


def screen_cells(number: int, cells: Mapping[str, str], context: ScreeningContext) -> Screened:
    """The screening of one row of cells (texts by header)."""
    result = screen_row(RawRow(number, cells), context)
    findings = [finding_as_json(finding) for finding in result.findings]
    return Screened(result.outcome, findings, result.row)


def screen_draft_cells(cells: Mapping[str, str], context: ScreeningContext) -> Screened:
    """The screening of a class that is being written: what is missing, and what is sure already."""
    result = screen_partial(RawRow(1, cells), context)
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


def findings_text(findings: Iterable[Finding]) -> str:
    """Findings as the JSON text that is kept: that of `finding_as_json` of each."""
    found = tuple(findings)
    try:
        return orjson.dumps([_values(one) for one in found]).decode()
    except TypeError:  # what orjson has no JSON for
        return json_text([finding_as_json(one) for one in found])


def _values(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "field": finding.field,
        "evidence": finding.evidence,
        "spans": finding.spans,
        "basis": finding.basis,
        "params": finding.params,
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
