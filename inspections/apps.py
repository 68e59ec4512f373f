from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """检查: directories, draws, checklists."""

    name = "inspections"
    verbose_name = "检查"
