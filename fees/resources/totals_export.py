"""The published tables as a workbook: hidden cells stay hidden, and no person is named."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from fees.selectors.totals import ClassTable

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def totals_export(tables: Sequence[ClassTable]) -> HttpResponse:
    """One sheet a term, as an attachment."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        for number, table in enumerate(tables, start=1):
            sheet = workbook.add_worksheet(f"{number}")
            sheet.write_string(0, 0, table.term)
            for place, name in enumerate((*table.columns, _("合计")), start=1):
                sheet.write_string(1, place, name)
            for line, (row, cells) in enumerate(table.lines(), start=2):
                sheet.write_string(line, 0, row or _("合计"))
                for place, count in enumerate(cells, start=1):
                    if count is None:
                        sheet.write_string(line, place, _("隐去"))
                    else:
                        sheet.write_number(line, place, count)
            sheet.freeze_panes(2, 1)
            sheet.set_column(0, 0, 36)
        if not tables:
            workbook.add_worksheet("1")
    response = HttpResponse(buffer.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="prepaid-fees.xlsx"'
    return response
