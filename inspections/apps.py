from __future__ import annotations

from django.apps import AppConfig

from inspections.choices.directories import DIRECTORY_REFUSAL_TEXTS
from inspections.choices.draw_texts import FRAME_TEXTS
from inspections.choices.draws import DRAW_REFUSAL_TEXTS, PARAM_LABELS
from regulator.web.refusals import register_param_labels, register_refusal_texts


class InspectionsConfig(AppConfig):
    """检查: directories, draws, checklists."""

    name = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        register_refusal_texts(FRAME_TEXTS)
        register_refusal_texts(DRAW_REFUSAL_TEXTS)
        register_refusal_texts(DIRECTORY_REFUSAL_TEXTS)
        register_param_labels(PARAM_LABELS)
