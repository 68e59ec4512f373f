"""Screening a filing a second time, as trials and rechecks ask for it; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from institutions.choices.reference_tables import KIND_LABELS
from institutions.core.screening.engine import ScreeningContext
from institutions.models import Filing, ScreeningTrial, TableVersion
from institutions.selectors.filings_screening import screen_cells, screening_context


def screened_again(filing: Filing, context: ScreeningContext) -> list[dict[str, Any]]:
    """What the tables of a context say of a filing as it was filed, by the law of its own days.

    The certificate number stays masked, which no rule minds.
    """
    asked = context_of_day(context, filing.screened_on)
    return screen_cells(1, filing.cells, asked).findings


def context_of_day(context: ScreeningContext, filed_on: date) -> ScreeningContext:
    """The same tables on the day a class was filed."""
    return context if context.filed_on == filed_on else replace(context, filed_on=filed_on)


def version_by_key(division: str, key: UUID | str) -> TableVersion | None:
    """A version of one of the division's tables by its public id."""
    versions = TableVersion.objects.select_related("table")
    return versions.filter(table__division=division, public_id=key).first()


def trial_contexts(
    trial: ScreeningTrial, on: date
) -> tuple[ScreeningContext, ScreeningContext | None] | None:
    """The tables in force, and with the trial's version before all others of its kind.

    The second is None where the trial tries no version; all is None where the version is gone.
    """
    now = screening_context(trial.division_id, on)
    if not trial.table_key:
        return now, None
    version = version_by_key(trial.division_id, trial.table_key)
    if version is None:
        return None
    return now, screening_context(trial.division_id, on, proposed=version)


def version_label(version: TableVersion) -> str:
    """A version as people call it, in Chinese whoever reads: it is kept with what it caused."""
    with translation.override(settings.LANGUAGE_CODE):
        kind = str(KIND_LABELS[version.table.kind])
        return _("%(table)s第 %(number)d 版") % {"table": kind, "number": version.number}
