"""Filings as filtered, as a workbook: what the list shows, for an officer's own desk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from institutions.models import Filing
from institutions.selectors.filings_screening import local_day

MOST_ROWS = 50_000


def filing_export(filings: QuerySet[Filing]) -> bytes:
    """One filing a row, at most `MOST_ROWS`; fees in yuan with two decimals, dates as dates."""
    columns = (
        (_("备案编号"), 20),
        (_("班级"), 30),
        (_("机构"), 30),
        (_("类别"), 10),
        (_("学科或项目"), 12),
        (_("培训方式"), 10),
        (_("开班日期"), 12),
        (_("结课日期"), 12),
        (_("总课时"), 8),
        (_("班额"), 8),
        (_("收费总额（元）"), 14),
        (_("核对结果"), 12),
        (_("状态"), 10),
        (_("提交日期"), 12),
    )
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("备案"))
        head = book.add_format({"bold": True, "bg_color": "#DCEBEA"})
        formats = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "#,##0.00"}),
        )
        for index, (label, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, label, head)
        for number, filing in enumerate(filings[:MOST_ROWS].iterator(chunk_size=500), start=1):
            _write(sheet, number, _values(filing), formats)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _values(filing: Filing) -> tuple[Any, ...]:
    submitted_on = local_day(filing.submitted_at) if filing.submitted_at else ""
    return (
        filing.number,
        filing.class_name,
        filing.institution.name,
        filing.get_category_display(),
        filing.activity,
        filing.get_delivery_display(),
        filing.starts_on,
        filing.ends_on,
        filing.lesson_count,
        filing.class_size,
        filing.fee_fen / 100,
        filing.get_outcome_display(),
        filing.get_state_display(),
        submitted_on,
    )


_MONEY_COLUMN = 10


def _write(sheet: Any, row: int, values: tuple[Any, ...], formats: tuple[Any, Any]) -> None:
    day_format, money_format = formats
    for index, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(row, index, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, index, value, money_format if index == _MONEY_COLUMN else None)
        else:
            sheet.write_datetime(row, index, value, day_format)
