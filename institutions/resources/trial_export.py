"""A trial's changes as a workbook: who would newly pass or fail, by which rule, and why."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from institutions.models import TrialChange
from institutions.selectors.trials import ChangeLine, change_line

MOST_ROWS = 50_000


def trial_export(changes: QuerySet[TrialChange]) -> bytes:
    """One change a row, at most `MOST_ROWS`, as filtered."""
    columns = (
        (_("备案编号"), 20),
        (_("班级"), 30),
        (_("机构"), 30),
        (_("备案状态"), 10),
        (_("规则"), 24),
        (_("变化"), 12),
        (_("原来"), 10),
        (_("试算"), 10),
        (_("依据的内容"), 40),
        (_("说明"), 60),
        (_("依据"), 40),
    )
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("试算结果"))
        head = book.add_format({"bold": True, "bg_color": "#DCEBEA"})
        for index, (label, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, label, head)
        for number, change in enumerate(changes[:MOST_ROWS].iterator(chunk_size=500), start=1):
            for index, value in enumerate(_values(change_line(change))):
                sheet.write_string(number, index, value)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _values(line: ChangeLine) -> tuple[str, ...]:
    change, filing = line.change, line.change.filing
    return (
        filing.number,
        filing.class_name,
        filing.institution.name,
        str(filing.get_state_display()),
        str(line.title),
        str(change.get_kind_display()),
        str(change.get_before_display()),
        str(change.get_after_display()),
        line.evidence,
        line.message,
        line.basis,
    )
