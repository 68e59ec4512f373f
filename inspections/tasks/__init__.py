"""Tasks of inspections: ids in, one service out."""

from inspections.tasks.checklists import render_checklists

__all__ = ["render_checklists"]
