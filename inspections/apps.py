from __future__ import annotations

from django.apps import AppConfig

from inspections.choices.credit import CREDIT_PARAM_LABELS, CREDIT_REFUSAL_TEXTS
from inspections.choices.directories import DIRECTORY_REFUSAL_TEXTS
from inspections.choices.draw_texts import FRAME_TEXTS
from inspections.choices.draws import DRAW_REFUSAL_TEXTS, PARAM_LABELS
from inspections.choices.findings import FINDING_PARAM_LABELS, FINDING_REFUSAL_TEXTS
from inspections.choices.orders import ORDER_PARAM_LABELS, ORDER_REFUSAL_TEXTS
from inspections.choices.plans import PLAN_PARAM_LABELS, PLAN_REFUSAL_TEXTS
from inspections.choices.results import RESULT_PARAM_LABELS, RESULT_REFUSAL_TEXTS
from inspections.choices.returns import RETURN_REFUSAL_TEXTS
from inspections.choices.visits import VISIT_PARAM_LABELS, VISIT_REFUSAL_TEXTS
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
        register_refusal_texts(ORDER_REFUSAL_TEXTS)
        register_param_labels(ORDER_PARAM_LABELS)
        register_refusal_texts(PLAN_REFUSAL_TEXTS)
        register_param_labels(PLAN_PARAM_LABELS)
        register_refusal_texts(CREDIT_REFUSAL_TEXTS)
        register_param_labels(CREDIT_PARAM_LABELS)
        register_refusal_texts(RETURN_REFUSAL_TEXTS)
        register_refusal_texts(VISIT_REFUSAL_TEXTS)
        register_param_labels(VISIT_PARAM_LABELS)
        register_refusal_texts(FINDING_REFUSAL_TEXTS)
        register_param_labels(FINDING_PARAM_LABELS)
        register_refusal_texts(RESULT_REFUSAL_TEXTS)
        register_param_labels(RESULT_PARAM_LABELS)
