from __future__ import annotations

from django.apps import AppConfig

from institutions.choices.filings import FILING_PARAM_LABELS, FILING_REFUSAL_TEXTS
from institutions.choices.register_texts import REGISTER_PARAM_LABELS, REGISTER_REFUSAL_TEXTS
from regulator.web.refusals import register_param_labels, register_refusal_texts


class InstitutionsConfig(AppConfig):
    """培训机构: the register, licensing, staff, course filings and their screening."""

    name = "institutions"
    label = "institutions"
    verbose_name = "培训机构"

    def ready(self) -> None:
        register_refusal_texts(REGISTER_REFUSAL_TEXTS)
        register_param_labels(REGISTER_PARAM_LABELS)
        register_refusal_texts(FILING_REFUSAL_TEXTS)
        register_param_labels(FILING_PARAM_LABELS)
