"""The figures of a year's inspections as a workbook: a sheet for each question."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from inspections.selectors.inspection_statistics import Coverage, Statistics

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (44, 14, 14, 14)
Row = Sequence[Any]


def statistics_export(found: Statistics) -> HttpResponse:
    """The figures, sent as an attachment."""
    response = HttpResponse(_workbook(_sheets(found)), content_type=_XLSX)
    name = f"inspections-{found.year}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheets(found: Statistics) -> list[tuple[str, list[Row]]]:
    head = [_("分组"), _("检查对象"), _("已检查"), _("覆盖率")]
    counted = [_("名称"), _("数量")]
    return [
        (_("总体"), [head, *_coverage([found.whole])]),
        (_("按类别"), [head, *_coverage(found.by_category)]),
        (_("按镇街"), [head, *_coverage(found.by_township)]),
        (_("按信用等级"), [head, *_coverage(found.by_tier)]),
        (_("按事项"), [counted, *([str(one.label), one.count] for one in found.by_item)]),
        (_("按部门"), [counted, *([str(one.label), one.count] for one in found.by_department)]),
        (
            _("按机构"),
            [
                [_("机构"), _("检查次数"), _("在场分钟")],
                *([one.name, one.visits, one.minutes] for one in found.institutions),
            ],
        ),
        (
            _("按期率"),
            [
                [_("名称"), _("按期"), _("总数")],
                *([str(one.label), one.in_time, one.total] for one in found.rates.values()),
            ],
        ),
    ]


def _coverage(rows: Iterable[Coverage]) -> list[Row]:
    return [[str(one.label), one.total, one.visited, one.percent] for one in rows]


def _workbook(sheets: list[tuple[str, list[Row]]]) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        bold = workbook.add_format({"bold": True})
        for title, rows in sheets:
            sheet = workbook.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(_WIDTHS):
                sheet.set_column(column, column, width)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row, bold if number == 0 else None)
    return buffer.getvalue()
