from __future__ import annotations

from django.apps import AppConfig

from institutions.choices.appraisals import APPRAISAL_PARAM_LABELS, APPRAISAL_REFUSAL_TEXTS
from institutions.choices.exchange import EXCHANGE_PARAM_LABELS, EXCHANGE_REFUSAL_TEXTS
from institutions.choices.filings import FILING_PARAM_LABELS, FILING_REFUSAL_TEXTS
from institutions.choices.journey_params import JOURNEY_PARAM_LABELS
from institutions.choices.journey_words import WORDS
from institutions.choices.materials import MATERIAL_PARAM_LABELS, MATERIAL_REFUSAL_TEXTS
from institutions.choices.notice_texts import NOTICE_REFUSAL_TEXTS
from institutions.choices.papers import PAPER_PARAM_LABELS, PAPER_REFUSAL_TEXTS
from institutions.choices.places_texts import PLACES_REFUSAL_TEXTS
from institutions.choices.rechecks import RECHECK_PARAM_LABELS, RECHECK_REFUSAL_TEXTS
from institutions.choices.reference_tables import (
    REFERENCE_PARAM_LABELS,
    REFERENCE_REFUSAL_TEXTS,
)
from institutions.choices.register_texts import REGISTER_PARAM_LABELS, REGISTER_REFUSAL_TEXTS
from institutions.choices.staff_texts import STAFF_PARAM_LABELS, STAFF_REFUSAL_TEXTS
from institutions.choices.standards import PREMISES_REFUSAL_TEXTS, STANDARD_REFUSAL_TEXTS
from institutions.choices.wave_texts import WAVE_PARAM_LABELS, WAVE_REFUSAL_TEXTS
from regulator.web.refusals import register_param_labels, register_refusal_texts


class InstitutionsConfig(AppConfig):
    """培训机构: the register, licensing, staff, course filings and their screening."""

    name = "institutions"
    label = "institutions"
    verbose_name = "培训机构"

    def ready(self) -> None:
        register_refusal_texts(REGISTER_REFUSAL_TEXTS)
        register_param_labels(REGISTER_PARAM_LABELS)
        register_refusal_texts(EXCHANGE_REFUSAL_TEXTS)
        register_param_labels(EXCHANGE_PARAM_LABELS)
        register_refusal_texts(FILING_REFUSAL_TEXTS)
        register_refusal_texts(WORDS.refusals)
        register_param_labels(JOURNEY_PARAM_LABELS)
        register_refusal_texts(WAVE_REFUSAL_TEXTS)
        register_param_labels(WAVE_PARAM_LABELS)
        register_param_labels(FILING_PARAM_LABELS)
        register_refusal_texts(RECHECK_REFUSAL_TEXTS)
        register_param_labels(RECHECK_PARAM_LABELS)
        register_refusal_texts(APPRAISAL_REFUSAL_TEXTS)
        register_param_labels(APPRAISAL_PARAM_LABELS)
        register_refusal_texts(MATERIAL_REFUSAL_TEXTS)
        register_param_labels(MATERIAL_PARAM_LABELS)
        register_refusal_texts(NOTICE_REFUSAL_TEXTS)
        register_refusal_texts(PAPER_REFUSAL_TEXTS)
        register_param_labels(PAPER_PARAM_LABELS)
        register_refusal_texts(STAFF_REFUSAL_TEXTS)
        register_param_labels(STAFF_PARAM_LABELS)
        register_refusal_texts(STANDARD_REFUSAL_TEXTS)
        register_refusal_texts(REFERENCE_REFUSAL_TEXTS)
        register_param_labels(REFERENCE_PARAM_LABELS)
        register_refusal_texts(PREMISES_REFUSAL_TEXTS)
        register_refusal_texts(PLACES_REFUSAL_TEXTS)
