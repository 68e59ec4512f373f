"""A bureau's rows as the screening reads them; the other tables come of `table_rows`."""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.reference_tables.rows import Cells
from institutions.core.screening.tables import GradeEdition, WeekPace


def grade_editions(rows: Iterable[Cells]) -> tuple[GradeEdition, ...]:
    """The editions by subject and grade."""
    return tuple(
        GradeEdition(cells["subject"], int(cells["grade"]), cells["edition"]) for cells in rows
    )


def week_paces(rows: Iterable[Cells], *, basis: str) -> tuple[WeekPace, ...]:
    """The week table; `basis` is what the bureau named for the whole of it."""
    return tuple(
        WeekPace(
            subject=cells["subject"],
            edition=cells["edition"],
            grade=int(cells["grade"]),
            term=int(cells["term"]),
            unit=cells["unit"],
            week=int(cells["week"]),
            revision=cells["revision"],
            basis=basis,
        )
        for cells in rows
    )
