"""The workbooks that institutions get: the blank template, and their own bad rows with reasons."""

from __future__ import annotations

from collections.abc import Iterable

from institutions.choices.filing_columns import COLUMNS
from institutions.resources.filing_guide import write_guide
from institutions.resources.filing_problem import DEFAULT_LIMITS, SHEET_NAME, TEMPLATE_VERSION
from institutions.resources.form_workbooks import Form, ReturnedRow, form_workbook

_FORM = Form(
    title="校外培训班备案表",
    sheet=SHEET_NAME,
    columns=COLUMNS,
    version=TEMPLATE_VERSION,
    most_rows=DEFAULT_LIMITS.rows,
    write_others=write_guide,
)

__all__ = ["ReturnedRow", "filing_template", "returned_workbook"]


def filing_template() -> bytes:
    """The blank filing workbook, version 1, as `.xlsx`: drop-downs, text cells, guide, version."""
    return form_workbook(_FORM)


def returned_workbook(rows: Iterable[ReturnedRow]) -> bytes:
    """The same workbook with the rows in the given order and their reasons in the column `原因`.

    It can be corrected and uploaded again as it is: the reader accepts the extra column.
    """
    return form_workbook(_FORM, tuple(rows))
