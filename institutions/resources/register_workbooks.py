"""The workbook in which refused rows come back, and the template for a register list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from institutions.choices.register_texts import (
    REASON_HEADER,
    ROW_NUMBER_HEADER,
    TEMPLATE_HELP_TEXTS,
)
from institutions.core.register.headers import TEMPLATE_HEADERS

_WIDTHS = {"institution_name": 34, "address": 40, "registered_address": 40, "content": 30}


def refused_workbook(
    headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str]]
) -> bytes:
    """Refused rows in their order: the file's own columns, then the reason, then the row number.

    `rows` are (number in the original sheet, cells, reason). Every cell is written as text, so that
    no number loses digits and nothing is a formula.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(str(REASON_HEADER))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "num_format": "@"})
        text = book.add_format({"num_format": "@", "valign": "top"})
        reason = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        width = len(headers)
        for column, header in enumerate([*headers, str(REASON_HEADER), str(ROW_NUMBER_HEADER)]):
            sheet.write_string(0, column, header, bold)
        for line, (number, cells, why) in enumerate(rows, start=1):
            for column, cell in enumerate(cells[:width]):
                sheet.write_string(line, column, cell, text)
            sheet.write_string(line, width, why, reason)
            sheet.write_number(line, width + 1, number)
        sheet.set_column(0, max(width - 1, 0), 16)
        sheet.set_column(width, width, 60)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def register_template() -> bytes:
    """An empty list with the headers, all columns as text, and a sheet that explains them."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("机构名册")
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        for column, (field, header) in enumerate(TEMPLATE_HEADERS.items()):
            sheet.write_string(0, column, header, bold)
            sheet.set_column(column, column, _WIDTHS.get(field, 18), text)
        sheet.freeze_panes(1, 1)
        guide = book.add_worksheet("填表说明")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for line, (field, header) in enumerate(TEMPLATE_HEADERS.items()):
            guide.write_string(line, 0, header, bold)
            guide.write_string(line, 1, str(TEMPLATE_HELP_TEXTS.get(field, "")), wrapped)
        guide.set_column(0, 0, 22)
        guide.set_column(1, 1, 80)
    return buffer.getvalue()
