"""Which department accepts, decides and registers, by category, division and date."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from institutions.core.journeys.competence import Competence, competence_rows, competent

_TABLE = Path(__file__).resolve().parent.parent / "data" / "competence.csv"


@cache
def shipped_competence() -> tuple[Competence, ...]:
    """The shipped rows, each with its source and how sure it is."""
    with _TABLE.open(encoding="utf-8-sig", newline="") as file:
        return competence_rows(csv.DictReader(file))


def competent_for(
    *, division: str, category: str, activity: str = "", on: date
) -> Competence | None:
    """Who accepts, consents, decides and registers on the day; None where no row speaks of it."""
    return competent(
        shipped_competence(), division=division, category=category, activity=activity, on=on
    )
