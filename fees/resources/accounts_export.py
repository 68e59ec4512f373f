"""The escrow accounts as filtered, as a workbook or CSV; numbers stay masked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from fees.choices.texts import FIELD_LABELS, KIND_LABELS, STATE_LABELS
from fees.models import EscrowAccount

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    "kind",
    "bank_name",
    "branch_name",
    "account_number",
    "agreement_number",
    "agreed_on",
    "state",
    "active_on",
    "published_on",
)


def accounts_export(rows: Iterable[EscrowAccount], kind: str) -> HttpResponse:
    """The rows as `xlsx` or `csv`, sent as an attachment."""
    lines = [[_("机构"), *(str(FIELD_LABELS[name]) for name in _COLUMNS)]]
    lines += [_line(row) for row in rows]
    if kind == "xlsx":
        response = HttpResponse(_workbook(lines), content_type=_XLSX)
    else:
        response = HttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="escrow-accounts.{kind}"'
    return response


def _line(row: EscrowAccount) -> list[str]:
    days = (row.active_on, row.published_on if row.is_published else None)
    return [
        row.institution.name,
        str(KIND_LABELS[row.kind]),
        row.bank_name,
        row.branch_name,
        row.masked_number,
        row.agreement_number,
        "" if row.agreed_on is None else row.agreed_on.isoformat(),
        str(STATE_LABELS[row.state]),
        *("" if day is None else day.isoformat() for day in days),
    ]


def _workbook(lines: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(lines[0]) - 1, 22)
    return buffer.getvalue()


def _csv(lines: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_tame(text) for text in line] for line in lines)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _tame(text: str) -> str:
    # A spreadsheet would run a cell that begins like a formula (CWE-1236).
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
