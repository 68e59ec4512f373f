"""Contexts for pure tests: the shipped files read here, without Django."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from institutions.core.screening.engine import Finding, ScreeningContext, screen_row
from institutions.core.screening.rows import SCHOOL_SUBJECTS, RawRow
from institutions.core.screening.rules.example_rows import EXAMPLE_DIVISION, EXAMPLE_FILED_ON
from institutions.core.screening.table_rows import (
    activities_of,
    limits_of,
    negative_items,
    pace_units,
    paraphrases_of,
    price_bands,
    resemblances_of,
    subject_aliases,
    term_exceptions,
)
from institutions.core.screening.tables import ReferenceTables
from institutions.core.screening.topics import TopicIndex
from regulator.calendars.core.settings import read_specs
from regulator.calendars.core.table import calendar_of_table, read_table

ROOT = Path(__file__).resolve().parents[4]
DATA = ROOT / "institutions" / "data"
CALENDAR = ROOT / "regulator" / "calendars" / "data" / "school_calendar.csv"
SETTINGS = ROOT / "regulator" / "calendars" / "data" / "settings.csv"


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def tables() -> ReferenceTables:
    return ReferenceTables(
        negative=negative_items(csv_rows(DATA / "negative_list.csv")),
        units=pace_units(csv_rows(DATA / "pace_units.csv")),
        exceptions=term_exceptions(csv_rows(DATA / "term_exceptions.csv")),
        paraphrases=paraphrases_of(csv_rows(DATA / "paraphrases.csv")),
        aliases=subject_aliases(csv_rows(DATA / "subject_aliases.csv")),
        activities=activities_of(csv_rows(DATA / "activities.csv")),
        prices=price_bands(csv_rows(DATA / "guide_prices.csv")),
        resemblances=resemblances_of(csv_rows(DATA / "description_words.csv")),
    )


@cache
def _context() -> ScreeningContext:
    reference = tables()
    return ScreeningContext(
        division=EXAMPLE_DIVISION,
        filed_on=EXAMPLE_FILED_ON,
        calendar=calendar_of_table(read_table(csv_rows(CALENDAR), division=EXAMPLE_DIVISION)),
        limits=limits_of(
            csv_rows(DATA / "limits.csv"),
            division=EXAMPLE_DIVISION,
            settings=read_specs(csv_rows(SETTINGS)),
        ),
        editions={
            one: "统编" if one in ("语文", "道德与法治") else "人教版" for one in SCHOOL_SUBJECTS
        },
        tables=reference,
        price_group="other",
        index=TopicIndex(reference),
        wider_price_groups=("sichuan",),
    )


def screening_context(
    *, filed_on: date = EXAMPLE_FILED_ON, editions: Mapping[str, str] | None = None
) -> ScreeningContext:
    shared = _context()
    return replace(shared, filed_on=filed_on, editions={**shared.editions, **(editions or {})})


def findings_of(
    cells: Mapping[str, object], *, context: ScreeningContext | None = None
) -> dict[str, Finding]:
    """The findings on one row by rule code."""
    result = screen_row(RawRow(2, cells), context or screening_context())
    return {finding.rule: finding for finding in result.findings}


def breaches_of(
    cells: Mapping[str, object], *, context: ScreeningContext | None = None
) -> set[str]:
    """The codes of the rules that one row breaches."""
    found = findings_of(cells, context=context)
    return {code for code, finding in found.items() if finding.outcome == "breach"}
