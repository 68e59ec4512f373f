"""A bank's CSV under its layout. A bad cell is named by its line and its column."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date

from fees.core.statements.cells import read_day, read_fen
from fees.core.statements.mapping import NEEDED, Amounts, Layout
from fees.core.statements.shapes import (
    DEFAULT_LIMITS,
    BadStatement,
    BankLine,
    Direction,
    FileLimits,
    ParsedStatement,
    check_balances,
    check_size,
)

_OPTIONAL = ("reference", "counterparty", "purpose", "balance")
_ENCODING_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}
Row = Mapping[str, str]


def read_csv(data: bytes, layout: Layout, limits: FileLimits = DEFAULT_LIMITS) -> ParsedStatement:
    """The movements of a CSV file, the earliest first. Raises BadStatement.

    Lines without a date and without an amount (totals, remarks below the table) are left out.
    """
    check_size(data, limits)
    found: list[tuple[BankLine, int | None]] = []
    for place, row in _rows(_decoded(data, layout.encoding), layout, limits):
        if not row["date"] and not _has_amount(row, layout):
            continue
        found.append((_line(place, row, layout), _balance(place, row, layout)))
        if len(found) > limits.lines:
            raise BadStatement("too_many_lines", limit=limits.lines)
    if not found:
        raise BadStatement("empty")
    if found[0][0].value_on > found[-1][0].value_on:
        found.reverse()
    return check_balances(_statement(found))


def _statement(found: list[tuple[BankLine, int | None]]) -> ParsedStatement:
    first, last = found[0], found[-1]
    opening = None if first[1] is None else first[1] - first[0].signed_fen
    lines = tuple(sorted((line for line, _balance in found), key=lambda line: line.value_on))
    return ParsedStatement(lines, opening, last[1])


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadStatement("encoding", line=line, encoding=_ENCODING_NAMES[encoding]) from error


def _rows(text: str, layout: Layout, limits: FileLimits) -> Iterator[tuple[int, Row]]:
    """Each line below the headers as texts by the layout's own names, with its place."""
    lines = text.removesuffix("\n").split("\n")
    reader = csv.reader([f"{line}\n" for line in lines], strict=True)
    places: dict[str, int] | None = None
    try:
        for record in reader:
            if reader.line_num < layout.header_row:
                continue
            if places is None:
                places = _places(record, layout, reader.line_num)
                continue
            cells = {name: _cell(record, at, limits) for name, at in places.items()}
            yield reader.line_num, cells
    except csv.Error as error:
        raise BadStatement("quote", line=reader.line_num) from error
    if places is None:
        raise BadStatement("header_missing", line=layout.header_row, column=layout.date)


def _places(header: list[str], layout: Layout, line: int) -> dict[str, int]:
    titles = [cell.strip() for cell in header]
    wanted = {name: getattr(layout, name) for name in (*NEEDED[layout.amounts], *_OPTIONAL)}
    places = {}
    for name, title in wanted.items():
        if not title:
            continue
        if title not in titles:
            raise BadStatement("header_missing", line=line, column=title)
        places[name] = titles.index(title)
    return places


def _cell(record: list[str], at: int, limits: FileLimits) -> str:
    return record[at].strip()[: limits.text_characters] if at < len(record) else ""


def _has_amount(row: Row, layout: Layout) -> bool:
    names = ("incoming", "outgoing") if layout.amounts is Amounts.TWO_COLUMNS else ("amount",)
    return any(row[name] for name in names)


def _line(place: int, row: Row, layout: Layout) -> BankLine:
    direction, amount_fen = _READERS[layout.amounts](place, row, layout)
    return BankLine(
        place,
        _day(place, row, layout),
        direction,
        amount_fen,
        row.get("reference", ""),
        row.get("counterparty", ""),
        row.get("purpose", ""),
    )


def _day(place: int, row: Row, layout: Layout) -> date:
    day = read_day(row["date"], layout.date_format)
    if day is None:
        raise BadStatement("date", line=place, column=layout.date, value=row["date"][:40])
    return day


def _fen(place: int, text: str, column: str) -> int:
    fen = read_fen(text)
    if fen is None:
        raise BadStatement("amount", line=place, column=column, value=text[:40])
    return fen


def _of_two_columns(place: int, row: Row, layout: Layout) -> tuple[Direction, int]:
    given = {
        direction: _fen(place, row[name], getattr(layout, name))
        for direction, name in ((Direction.IN, "incoming"), (Direction.OUT, "outgoing"))
        if row[name]
    }
    moved = {direction: abs(fen) for direction, fen in given.items() if fen}
    if len(moved) != 1:
        column = f"{layout.incoming}/{layout.outgoing}"
        raise BadStatement("two_amounts", line=place, column=column)
    return next(iter(moved.items()))


def _of_sign(place: int, row: Row, layout: Layout) -> tuple[Direction, int]:
    fen = _fen(place, row["amount"], layout.amount)
    if not fen:
        raise BadStatement("amount", line=place, column=layout.amount, value=row["amount"][:40])
    return (Direction.IN if fen > 0 else Direction.OUT), abs(fen)


_OUT_WORDS = {"贷": "借", "收入": "支出", "收": "付", "C": "D", "转入": "转出"}


def _of_flag(place: int, row: Row, layout: Layout) -> tuple[Direction, int]:
    fen, word = _fen(place, row["amount"], layout.amount), row["flag"]
    if fen <= 0:
        raise BadStatement("amount", line=place, column=layout.amount, value=row["amount"][:40])
    if word == layout.incoming_word:
        return Direction.IN, fen
    if word and word == _OUT_WORDS.get(layout.incoming_word, word):
        return Direction.OUT, fen
    raise BadStatement("direction", line=place, column=layout.flag, value=word[:40])


_READERS = {
    Amounts.TWO_COLUMNS: _of_two_columns,
    Amounts.SIGNED: _of_sign,
    Amounts.FLAGGED: _of_flag,
}


def _balance(place: int, row: Row, layout: Layout) -> int | None:
    text = row.get("balance", "")
    return _fen(place, text, layout.balance) if text else None
