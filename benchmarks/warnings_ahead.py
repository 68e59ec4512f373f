"""How early the warnings are, and how often in vain: `python -m benchmarks.warnings_ahead`.

Limits were fixed on the districts of `TUNED_ON` and are reported on those of `REPORTED_ON`. Every
institution is looked at once a week, as the night would, from the dated rows known by then. It
prints the tables of `docs/warnings.md`; it needs no database.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from benchmarks.warning_histories import (
    DAYS,
    FIRST_DAY,
    HONEST_KINDS,
    RUNAWAY_KINDS,
    History,
    district,
)
from fees.core.warnings.facts import DatedFacts, Known, Moved, Spell, TaughtDay, sheet_of
from fees.core.warnings.indicators import Tier, readings_of, reasons_of, tier_of
from regulator.kernel.workdays import WorkdayTable

TUNED_ON = (1, 2, 3)
REPORTED_ON = (101, 102, 103)
_LOOKED_FROM = FIRST_DAY + timedelta(days=120)
_WEEK = timedelta(days=7)
_WEEKDAYS = WorkdayTable(frozenset(), frozenset(), frozenset({2024, 2025, 2026}))
# A warning older than this says nothing about how an institution ended.
_FAR_DAYS = 180


@dataclass(frozen=True)
class Looked:
    """One institution: the first week in which each tier was reached, and by which reasons."""

    history: History
    first: dict[Tier, date]
    reasons: dict[Tier, tuple[str, ...]]


def facts_of(life: History) -> DatedFacts:
    """The history as the tables of the product would hold it."""
    paid = [(day, yuan) for day, yuan in life.paid]
    used = [(day, -yuan) for day, yuan, _ in life.taught]
    back = [(day, -yuan) for _, day, yuan in life.asked_back if day is not None]
    taken = [(day, -yuan) for day, yuan in life.taken]
    return DatedFacts(
        bank=_by_day([*paid, *used, *back, *taken]),
        owed=_by_day([*paid, *used, *back]),
        receipts=_by_day(paid),
        contracts=tuple(Spell(first, last) for first, last in life.pupils),
        refunds=tuple(Spell(day, ended) for day, ended, _ in life.asked_back),
        lessons=_lessons(life),
        teachers=tuple(Spell(first, last) for first, last in life.teachers),
        events=tuple(Known(what, day, known) for what, day, known in life.incidents),
    )


def _by_day(rows: Iterable[tuple[date, int]]) -> tuple[Moved, ...]:
    sums: Counter[date] = Counter()
    for day, yuan in rows:
        sums[day] += 100 * yuan
    return tuple(Moved(day, sums[day]) for day in sorted(sums))


def _lessons(life: History) -> tuple[TaughtDay, ...]:
    taught = Counter(day for day, _, _ in life.taught)
    seen = Counter(day for day, _, was_there in life.taught if was_there)
    return tuple(TaughtDay(day, taught[day], seen[day]) for day in sorted(taught))


def looked_at(life: History) -> Looked:
    """Every week of an institution, until its end."""
    facts, first, reasons = facts_of(life), {}, {}
    end = life.gone_on or FIRST_DAY + timedelta(days=DAYS)
    day = _LOOKED_FROM if life.gone_on is None else life.gone_on - timedelta(days=_FAR_DAYS)
    while day < end:
        found = readings_of(sheet_of(facts, day, _WEEKDAYS))
        tier = tier_of(found)
        for reached in Tier:
            if Tier.NONE < reached <= tier and reached not in first:
                first[reached] = day
                reasons[reached] = tuple(one.code for one in reasons_of(found))
        day += _WEEK
    return Looked(life, first, reasons)


def report(seeds: Iterable[int]) -> str:
    """The two tables, as docs/warnings.md prints them."""
    seen = [looked_at(life) for seed in seeds for life in district(seed)]
    runaways = [one for one in seen if one.history.gone_on is not None]
    honest = [one for one in seen if one.history.gone_on is None]
    lines = [
        "| runaways | how many | orange before | median days ahead (least) | red | never warned |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for kind in RUNAWAY_KINDS:
        lines.append(_runaway_line(kind, [one for one in runaways if one.history.kind == kind]))
    lines.append(_runaway_line("all", runaways))
    lines += [
        "",
        "| honest | how many | yellow at least once | orange at least once | red at least once |",
        "| --- | --: | --: | --: | --: |",
    ]
    for kind in HONEST_KINDS:
        lines.append(_honest_line(kind, [one for one in honest if one.history.kind == kind]))
    lines.append(_honest_line("all", honest))
    return "\n".join(lines)


def _runaway_line(kind: str, rows: list[Looked]) -> str:
    ahead = sorted(
        (one.history.gone_on - one.first[Tier.ORANGE]).days
        for one in rows
        if one.history.gone_on and Tier.ORANGE in one.first
    )
    shown = f"{median(ahead):.0f} ({ahead[0]})" if ahead else "—"
    red = sum(Tier.RED in one.first for one in rows)
    never = sum(not one.first for one in rows)
    return f"| {kind} | {len(rows)} | {len(ahead)} | {shown} | {red} | {never} |"


def _honest_line(kind: str, rows: list[Looked]) -> str:
    counts = [sum(tier in one.first for one in rows) for tier in (1, 2, 3)]
    return f"| {kind} | {len(rows)} | {counts[0]} | {counts[1]} | {counts[2]} |"


def main() -> None:
    """Print the tables: of the reported seeds, or with `--tuned` of those the limits came from."""
    seeds = TUNED_ON if "--tuned" in sys.argv else REPORTED_ON
    print(f"Seeds {', '.join(map(str, seeds))}.\n")
    print(report(seeds))


if __name__ == "__main__":
    main()
