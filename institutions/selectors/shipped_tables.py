"""The reference tables that ship with the product, read once; no database is asked.

Sources of every row: the CSV files in `institutions/data/` and `docs/screening.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from institutions.core.screening.engine import ScreeningContext
from institutions.core.screening.limits import Limits
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
from regulator.accounts.selectors.shipped import shipped_division_rows
from regulator.calendars.core.settings import EDITION_CODES
from regulator.calendars.selectors.shipped import shipped_calendar, shipped_settings

_DATA = Path(__file__).resolve().parent.parent / "data"


def shipped_file(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped file, header → text."""
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@cache
def shipped_tables() -> ReferenceTables:
    """Negative list, textbook units, term exceptions and guide prices, as shipped."""
    return ReferenceTables(
        negative=negative_items(shipped_file("negative_list.csv")),
        units=pace_units(shipped_file("pace_units.csv")),
        exceptions=term_exceptions(shipped_file("term_exceptions.csv")),
        paraphrases=paraphrases_of(shipped_file("paraphrases.csv")),
        aliases=subject_aliases(shipped_file("subject_aliases.csv")),
        activities=activities_of(shipped_file("activities.csv")),
        prices=price_bands(shipped_file("guide_prices.csv")),
        resemblances=resemblances_of(shipped_file("description_words.csv")),
    )


@cache
def shipped_index() -> TopicIndex:
    """The matching automaton of the shipped tables."""
    return TopicIndex(shipped_tables())


@cache
def shipped_limits(division: str) -> Limits:
    """The dated limits of a division: its own rows where it has any of a key, else the common."""
    return limits_of(shipped_file("limits.csv"), division=division, settings=shipped_settings())


@cache
def shipped_editions() -> Mapping[str, str]:
    """School subject → the edition that is the default of its setting."""
    specs = shipped_settings()
    return {subject: str(specs[code].default) for subject, code in EDITION_CODES.items()}


@cache
def shipped_price_groups() -> Mapping[str, str]:
    """Division → the price group it is shipped with; a city as such has none."""
    rows = shipped_division_rows()
    return {row["code"]: row["price_group"] for row in rows if row["price_group"]}


@cache
def wider_price_groups(group: str) -> tuple[str, ...]:
    """The groups whose guide prices bind a group's divisions too."""
    rows = shipped_file("wider_price_groups.csv")
    return tuple(row["wider_group"] for row in rows if row["price_group"] == group)


def shipped_divisions() -> frozenset[str]:
    """The divisions that the shipped settings know: those with a price group."""
    return frozenset(shipped_price_groups())


def shipped_context(
    *, division: str, filed_on: date, editions: Mapping[str, str] | None = None
) -> ScreeningContext:
    """A screening context from the shipped tables alone, without a database.

    `editions` (school subject → edition) replace the shipped ones subject by subject. An unknown
    division has no price group, and price rules are then undetermined.
    """
    price_group = shipped_price_groups().get(division, "")
    return ScreeningContext(
        division=division,
        filed_on=filed_on,
        calendar=shipped_calendar(division),
        limits=shipped_limits(division),
        editions={**shipped_editions(), **(editions or {})},
        tables=shipped_tables(),
        price_group=price_group,
        index=shipped_index(),
        wider_price_groups=wider_price_groups(price_group),
    )
