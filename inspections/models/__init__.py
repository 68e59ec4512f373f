"""Directories, the published list, draws and checklists."""

from inspections.models.checklist import Checklist
from inspections.models.draw import Draw, DrawCounter, DrawExclusion, DrawReading, DrawReplacement
from inspections.models.drawn import DrawAssignment, DrawInspector, DrawTeam
from inspections.models.inspector import Inspector, Recusal
from inspections.models.item import InspectionItem

__all__ = [
    "Checklist",
    "Draw",
    "DrawAssignment",
    "DrawCounter",
    "DrawExclusion",
    "DrawInspector",
    "DrawReading",
    "DrawReplacement",
    "DrawTeam",
    "InspectionItem",
    "Inspector",
    "Recusal",
]
