"""Which department accepts and decides an application, and which registers the legal person. Pure.

It differs by place, by what is taught and by date, so it is a table of rows with their source, not
code. The most exact row in force on the day holds: the longest division prefix first, then a row
that names the activity before one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Competence:
    """A row. Departments are codes; empty where no source names one.

    `division` is a prefix of division codes (empty: everywhere), `activity` empty: any.
    `consents` must agree before `decides` decides. The dates are half-open.
    """

    division: str
    category: str
    activity: str
    starts_on: date | None
    ends_before: date | None
    accepts: str
    decides: str
    consents: str
    registers: str
    source: str
    confidence: str

    def holds(self, *, division: str, category: str, activity: str, on: date) -> bool:
        """Whether the row speaks of this matter on the day."""
        return (
            division.startswith(self.division)
            and category == self.category
            and self.activity in ("", activity)
            and (self.starts_on is None or self.starts_on <= on)
            and (self.ends_before is None or on < self.ends_before)
        )


def competent(
    rows: Iterable[Competence], *, division: str, category: str, activity: str, on: date
) -> Competence | None:
    """The most exact row that holds on the day, or None where no source says anything."""
    found = [
        row
        for row in rows
        if row.holds(division=division, category=category, activity=activity, on=on)
    ]
    return max(found, key=_exactness, default=None)


def _exactness(row: Competence) -> tuple[int, bool, date]:
    return len(row.division), bool(row.activity), row.starts_on or date.min


def competence_rows(rows: Iterable[Mapping[str, str]]) -> tuple[Competence, ...]:
    """The rows of `competence.csv`; raises ValueError on a date that is none."""
    return tuple(
        Competence(
            division=row["division"].strip().rstrip("*"),
            category=row["category"],
            activity=row["activity"],
            starts_on=_day(row["from"]),
            ends_before=_day(row["before"]),
            accepts=row["accepts"],
            decides=row["decides"],
            consents=row["consents"],
            registers=row["registers"],
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in rows
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
