"""A row of a reference table as typed or read from a file: its cells in one form, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from institutions.core.reference_tables.columns import Column, Form, Kind, TableSpec, written_cell
from institutions.core.register.dates import read_date
from institutions.core.register.text import clean_text
from institutions.core.screening.normalise import fold_text
from regulator.kernel.money import parse_yuan_fen

Cells = Mapping[str, str]
_FEN = 100
_SHORTEST_WORD = 2
_MEANT_SHORT = ("emoji", "token", "code")
_SEPARATOR = "|"


@dataclass(frozen=True)
class CellProblem:
    """Why a cell cannot stay as it is. `column` is empty where the whole row is meant."""

    code: str
    column: str = ""
    params: Mapping[str, Any] = made_by(default_factory=dict)


@dataclass(frozen=True)
class ReadRow:
    """A row's cells in one form, and every problem; without problems it may be kept."""

    cells: Cells
    problems: tuple[CellProblem, ...]


def read_row(spec: TableSpec, texts: Mapping[str, str]) -> ReadRow:
    """A row from its texts by column name; what the table does not know is left out. Total."""
    cells: dict[str, str] = {}
    problems: list[CellProblem] = []
    for column in spec.columns:
        read = _read_cell(column, texts.get(column.name, ""))
        if isinstance(read, CellProblem):
            problems.append(read)
            cells[column.name] = texts.get(column.name, "").strip()
        else:
            cells[column.name] = read
    if not problems:
        problems.extend(_row_problems(spec, cells))
    return ReadRow(cells, tuple(problems))


def row_key(spec: TableSpec, cells: Cells) -> str:
    """What tells a row from the others of its table."""
    return _SEPARATOR.join(cells.get(name, "") for name in spec.key)


def row_label(spec: TableSpec, cells: Cells) -> str:
    """A row's key as a person reads it."""
    columns = (spec.column(name) for name in spec.key)
    return " ".join(_said(one, cells[one.name]) for one in columns if cells.get(one.name))


def _said(column: Column, value: str) -> str:
    """A number or a day says nothing without its header."""
    written = written_cell(column, value)
    return f"{column.header}{written}" if column.form in (Form.WHOLE, Form.DAY) else written


def _read_cell(column: Column, text: str) -> str | CellProblem:
    stripped = text.strip()
    if not stripped:
        return CellProblem("needed", column.name) if column.needed else ""
    return _READERS[column.form](column, stripped)


def _read_text(column: Column, text: str) -> str | CellProblem:
    line = " ".join(text.split())
    if len(line) > column.longest:
        return CellProblem("too_long", column.name, {"most": column.longest, "length": len(line)})
    return line


def _read_terms(column: Column, text: str) -> str | CellProblem:
    terms = [" ".join(term.split()) for term in text.replace("｜", "|").split("|")]
    kept = list(dict.fromkeys(term for term in terms if term))
    blank = next((term for term in kept if not fold_text(term).strip()), None)
    if blank is not None:
        return CellProblem("no_letters", column.name, {"value": blank})
    return _read_text(column, "|".join(kept))


def _read_whole(column: Column, text: str) -> str | CellProblem:
    digits = clean_text(text)
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        number = int(digits)
        if column.least <= number <= column.most:
            return str(number)
    params = {"value": text[:20], "least": column.least, "most": column.most}
    return CellProblem("no_whole_number", column.name, params)


def _read_day(column: Column, text: str) -> str | CellProblem:
    day = read_date(text).day
    return CellProblem("no_day", column.name, {"value": text[:20]}) if day is None else f"{day}"


def _read_yuan(column: Column, text: str) -> str | CellProblem:
    amount_fen = parse_yuan_fen(clean_text(text))
    if amount_fen is None or not 0 < amount_fen <= column.most * _FEN:
        params = {"value": text[:20], "most": f"{column.most:,}"}
        return CellProblem("no_amount", column.name, params)
    yuan, fen = divmod(amount_fen, _FEN)
    return f"{yuan}.{fen:02d}" if fen else str(yuan)


def _read_choice(column: Column, text: str) -> str | CellProblem:
    wanted = clean_text(text).casefold()
    for code, word in column.words.items():
        if wanted in (code.casefold(), word.casefold()):
            return code
    allowed = "、".join(column.words.values())
    return CellProblem("not_allowed", column.name, {"value": text[:20], "allowed": allowed})


_READERS = {
    Form.TEXT: _read_text,
    Form.TERMS: _read_terms,
    Form.WHOLE: _read_whole,
    Form.DAY: _read_day,
    Form.YUAN: _read_yuan,
    Form.CHOICE: _read_choice,
}


def _row_problems(spec: TableSpec, cells: Cells) -> list[CellProblem]:
    found = [_order(cells, *pair) for pair in _ORDERED.get(spec.kind, ())]
    if spec.kind is Kind.ALIASES:
        found.append(_too_short(cells, "alias", may_be_short=cells["kind"] in _MEANT_SHORT))
    if spec.kind is Kind.ACTIVITIES:
        found.append(_too_short(cells, "word", may_be_short=cells["treatment"] == "activity"))
    if spec.kind is Kind.NEGATIVE:
        found.append(_earliest(cells))
    return [one for one in found if one is not None]


# Pairs of columns of which the second is not before the first (or, for a size, above it).
_ORDERED: Mapping[Kind, tuple[tuple[str, str, int], ...]] = {
    Kind.UNITS: (("first_school_year", "last_school_year", 0),),
    Kind.NEGATIVE: (("grade_from", "grade_to", 0),),
    Kind.PRICES: (("students_from", "students_below", 1), ("valid_from", "valid_to", 0)),
}


def _order(cells: Cells, first: str, second: str, apart: int) -> CellProblem | None:
    earlier, later = cells[first], cells[second]
    if not later:
        return None
    if earlier.isdigit() and later.isdigit():
        is_wrong = int(later) < int(earlier) + apart
    else:
        is_wrong = later < earlier
    params = {"value": later, "first": earlier}
    return CellProblem("out_of_order", second, params) if is_wrong else None


def _too_short(cells: Cells, name: str, *, may_be_short: bool) -> CellProblem | None:
    length = len(fold_text(cells[name]).strip())
    if length == 0:
        return CellProblem("no_letters", name, {"value": cells[name]})
    if length < _SHORTEST_WORD and not may_be_short:
        return CellProblem("too_short", name, {"value": cells[name], "least": _SHORTEST_WORD})
    return None


def _earliest(cells: Cells) -> CellProblem | None:
    """A place in a term needs the grade; a grade is one of a school's twelve, or 99 for never."""
    grade = cells["earliest_grade"]
    if grade and 12 < int(grade) < 99:
        params = {"value": grade, "least": 1, "most": 12}
        return CellProblem("no_whole_number", "earliest_grade", params)
    if cells["earliest_term"] and not grade:
        return CellProblem("needs_other", "earliest_term", {"other": "earliest_grade"})
    return None
