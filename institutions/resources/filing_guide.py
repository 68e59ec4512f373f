"""The sheet `填表说明`: what each column asks for, and the rules that will read it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from institutions.choices.filing_columns import COLUMNS, Column
from institutions.choices.findings import RULE_TEXTS
from institutions.core.register_rules.catalogue import REGISTER_RULES
from institutions.core.screening.catalogue import RULES
from institutions.resources.filing_problem import DEFAULT_LIMITS, GUIDE_SHEET

_INK, _HEAD_GROUND, _LINE = "#1C2B2D", "#DCEBEA", "#B7C6C6"
_WIDTHS = (30, 64, 22, 56)
_LINE_POINTS = 15
_STEPS = (
    "在“备案”表里每行填一个班，从第 2 行填起；不要改列名、列的顺序和表名，不要合并单元格。",
    (
        f"一个文件最多 {DEFAULT_LIMITS.rows:,} 行、{DEFAULT_LIMITS.file_bytes >> 20} MB，"
        "保存为 .xlsx 或 CSV 后上传。"
    ),
    "上传后系统逐行核对，指出哪一格、为什么、怎么改；改好的行可以先提交，不必等全部改完。",
    "系统没有发现问题不等于通过：每个班都由主管部门的审核人员决定。备案通过之前不得招生、上课。",
)


COLUMN_HEADS = ("列名", "填什么", "要不要填", "例")
GuideTable = tuple[tuple[str, ...], list[tuple[str, ...]]]


def write_guide(book: Any) -> None:
    """Adds the guide to an open xlsxwriter workbook."""
    tables = [
        (COLUMN_HEADS, column_lines(COLUMNS)),
        (("核对规则", "说明", "适用", "依据"), _rules()),
    ]
    write_guide_sheet(book, "校外培训班备案表填表说明", _STEPS, tables)


def write_guide_sheet(
    book: Any, heading: str, steps: Sequence[str], tables: Sequence[GuideTable]
) -> None:
    """A form's sheet of explanations: numbered steps, then tables of four columns."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    title = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
    head = book.add_format(
        {"bold": True, "bg_color": _HEAD_GROUND, "border": 1, "border_color": _LINE}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": _LINE})
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, heading, title)
    row = 1
    for number, step in enumerate(steps, start=1):
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, f"{number}. {step}", body)
        sheet.set_row(row, 20)
        row += 1
    row += 1
    for headers, lines in tables:
        row = _write_table(sheet, row, headers, lines, head, body)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def column_lines(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """Each column in four cells, as `COLUMN_HEADS` names them."""
    return [
        (
            column.header,
            _with_options(str(column.guide), column.options),
            str(column.required),
            column.example,
        )
        for column in columns
    ]


def _rules() -> list[tuple[str, ...]]:
    """The catalogue that will read the sheet, in the Chinese words of its findings."""
    return [
        (
            str(RULE_TEXTS[rule.code].title),
            str(RULE_TEXTS[rule.code].explanation),
            rule.applies,
            "；".join(basis.cite() for basis in rule.bases),
        )
        for rule in (*RULES, *REGISTER_RULES)
    ]


def _with_options(guide: str, options: tuple[str, ...]) -> str:
    return f"{guide}可选：{'、'.join(options)}。" if options else guide


def _write_table(
    sheet: Any,
    row: int,
    headers: tuple[str, ...],
    lines: list[tuple[str, ...]],
    head: Any,
    body: Any,
) -> int:
    """Writes a table from `row` down; returns the row after a blank line below it."""
    for index, header in enumerate(headers):
        sheet.write_string(row, index, header, head)
    for line in lines:
        row += 1
        sheet.set_row(row, row_points(line, _WIDTHS))
        for index, text in enumerate(line):
            sheet.write_string(row, index, text, body)
    return row + 2


def row_points(texts: Sequence[str], widths: Sequence[int], *, most_lines: int = 12) -> int:
    """The height of a row whose texts wrap in columns of these widths (in half-width characters).

    Programs differ in whether they fit wrapped rows by themselves; a stated height suits them all.
    """
    lines = max(
        (
            sum(ceil(max(_half_widths(part), 1) / width) for part in text.split("\n"))
            for text, width in zip(texts, widths, strict=False)
        ),
        default=1,
    )
    return _LINE_POINTS * min(max(lines, 1), most_lines) + 3


def _half_widths(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
