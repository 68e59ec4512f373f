"""Workbooks that institutions fill in, and get back with reasons: drop-downs, guide, version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import override

from institutions.choices.filing_columns import DAY, MONEY, TEXT, WHOLE, Column
from institutions.resources.filing_cells import number_text
from institutions.resources.filing_guide import row_points
from institutions.resources.filing_problem import META_SHEET, REASON_HEADER

_REASON_WIDTH = 60
_NUMBER_FORMATS = {TEXT: "@", WHOLE: "0", MONEY: "0.00", DAY: "yyyy-mm-dd"}
_INK, _HEAD_GROUND, _BAD_GROUND, _LINE = "#1C2B2D", "#DCEBEA", "#FBEAE6", "#B7C6C6"
_INPUT_MESSAGE_LIMIT = 255
_CREATED_ON = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReturnedRow:
    """A row as the institution filed it, with everything that stands against it.

    `bad_headers` are the columns the reasons speak of; their cells are tinted.
    """

    cells: Mapping[str, str]
    reasons: tuple[str, ...]
    bad_headers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Form:
    """What a form asks for: its sheet, its columns and their version, and the other sheets.

    `write_others` adds them to the open book; `sources` are ranges of theirs that a column's
    drop-down offers, by header. `most_rows` is how far down the drop-downs reach.
    """

    title: str
    sheet: str
    columns: tuple[Column, ...]
    version: int
    most_rows: int
    write_others: Callable[[Any], None]
    sources: Mapping[str, str] = field(default_factory=dict)
    frozen_columns: int = 2


def form_workbook(form: Form, rows: tuple[ReturnedRow, ...] = ()) -> bytes:
    """The form as `.xlsx`, blank, or with rows in the given order and their reasons beside them.

    A Chinese form whoever downloads it: its guides are printed in Chinese in any case.
    """
    with override("zh-hans"):
        return _written(form, rows)


def _written(form: Form, rows: tuple[ReturnedRow, ...]) -> bytes:
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # The same content gives the same bytes: the file's own clock is fixed.
        book.set_properties({"title": form.title, "created": _CREATED_ON})
        sheet = book.add_worksheet(form.sheet)
        _write_headers(book, sheet, form, with_reason=bool(rows))
        _write_rows(book, sheet, form, rows)
        form.write_others(book)
        meta = book.add_worksheet(META_SHEET)
        meta.write_row(0, 0, ("template_version", form.version))
        meta.hide()
        sheet.activate()
    return out.getvalue()


def _write_headers(book: Any, sheet: Any, form: Form, *, with_reason: bool) -> None:
    head = book.add_format(
        {
            "bold": True,
            "font_color": _INK,
            "bg_color": _HEAD_GROUND,
            "border": 1,
            "border_color": _LINE,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
        }
    )
    sheet.set_row(0, 34)
    width = len(form.columns)
    for index, column in enumerate(form.columns):
        sheet.set_column(index, index, column.width, _cell_format(book, column.kind))
        sheet.write_string(0, index, column.header, head)
        source = form.sources.get(column.header, "")
        sheet.data_validation(1, index, form.most_rows, index, _validation(column, source))
    if with_reason:
        sheet.set_column(width, width, _REASON_WIDTH)
        sheet.write_string(0, width, REASON_HEADER, head)
    sheet.freeze_panes(1, form.frozen_columns)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell_format(book: Any, kind: str, **extra: Any) -> Any:
    return book.add_format(
        {"num_format": _NUMBER_FORMATS[kind], "text_wrap": True, "valign": "top", **extra}
    )


def _validation(column: Column, source: str = "") -> dict[str, Any]:
    """A list, a date or a number with the guide as its hint; only closed lists refuse."""
    rule: dict[str, Any] = {
        "input_title": column.header,
        "input_message": f"{column.guide}（{column.required}）"[:_INPUT_MESSAGE_LIMIT],
    }
    if source:
        return rule | {"validate": "list", "source": source, "show_error": False}
    if column.options:
        rule |= {"validate": "list", "source": list(column.options)}
        if column.closed:
            return rule | {"error_title": column.header, "error_message": str(column.closed)}
        return rule | {"show_error": False}
    if column.kind in (WHOLE, MONEY):
        kind = "integer" if column.kind == WHOLE else "decimal"
        return rule | {
            "validate": kind,
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_message": "这里应填不小于 0 的数字。",
        }
    return rule | {"validate": "any"}


def _write_rows(book: Any, sheet: Any, form: Form, rows: tuple[ReturnedRow, ...]) -> None:
    plain = {kind: _cell_format(book, kind) for kind in _NUMBER_FORMATS}
    bad = {kind: _cell_format(book, kind, bg_color=_BAD_GROUND) for kind in _NUMBER_FORMATS}
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_color": _INK})
    widths = (*(column.width for column in form.columns), _REASON_WIDTH)
    for number, row in enumerate(rows, start=1):
        texts = (*(row.cells.get(one.header, "") for one in form.columns), "\n".join(row.reasons))
        sheet.set_row(number, row_points(texts, widths))
        for index, column in enumerate(form.columns):
            formats = bad if column.header in row.bad_headers else plain
            _write_cell(sheet, number, index, row.cells.get(column.header, ""), column, formats)
        sheet.write_string(number, len(form.columns), "\n".join(row.reasons), wrapped)


def _write_cell(
    sheet: Any, row: int, index: int, text: str, column: Column, formats: Mapping[str, Any]
) -> None:
    """A number or a date where the text is exactly one, else the text as it was filed."""
    shape = formats[column.kind]
    if column.kind == DAY and (day := _iso_day(text)) is not None:
        sheet.write_datetime(row, index, day, shape)
    elif column.kind in (WHOLE, MONEY) and (number := _exact_number(text)) is not None:
        sheet.write_number(row, index, number, shape)
    elif text:
        sheet.write_string(row, index, text, formats[TEXT])
    else:
        sheet.write_blank(row, index, None, shape)


def _iso_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day.year >= 1901 else None


def _exact_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number_text(number) == text else None
