"""Tasks of inspections: ids in, one service out."""

from inspections.tasks.checklists import render_checklists
from inspections.tasks.returns import read_result_workbook, read_scan

__all__ = ["read_result_workbook", "read_scan", "render_checklists"]
