"""Screening a filing a second time, as trials and rechecks ask for it; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from institutions.choices.reference_tables import KIND_LABELS
from institutions.core.register_rules.catalogue import REGISTER_RULES_BY_CODE
from institutions.core.register_rules.facts import RegisterFacts
from institutions.core.screening.engine import ScreeningContext
from institutions.models import Filing, TableVersion
from institutions.selectors.filings_register import (
    division_facts,
    facts_of_filings,
    filed_class,
    full_findings,
)
from institutions.selectors.filings_screening import screen_cells


def screened_again(filing: Filing, context: ScreeningContext) -> list[dict[str, Any]]:
    """What the tables of a context say of a filing as it was filed, by the law of its own days.

    What the register had to say when it was filed stays as it was: a table does not touch it. The
    certificate number stays masked, which no rule minds.
    """
    asked = context_of_day(context, filing.screened_on)
    found = screen_cells(1, filing.cells, asked).findings
    of_register = (one for one in filing.findings if one["rule"] in REGISTER_RULES_BY_CODE)
    return [*found, *of_register]


def found_now(
    filings: Sequence[Filing], context: ScreeningContext, *, on: date
) -> dict[int, list[dict[str, Any]]]:
    """By filing, what every rule says of it on a day, those of the register too.

    Filings come with their institution. Three queries, and seven for each institution.
    """
    if not filings:
        return {}
    shared = division_facts(context.division)
    by_institution: dict[int, list[Filing]] = {}
    for filing in filings:
        by_institution.setdefault(filing.institution_id, []).append(filing)
    found: dict[int, list[dict[str, Any]]] = {}
    for of_one in by_institution.values():
        facts = facts_of_filings(of_one, on=on, shared=shared)
        for filing in of_one:
            found[filing.pk] = _every_finding(filing, context, facts)
    return found


def _every_finding(
    filing: Filing, context: ScreeningContext, facts: RegisterFacts
) -> list[dict[str, Any]]:
    asked = context_of_day(context, filing.screened_on)
    # An earlier version's day of filing is asked of the database; the first version has its own.
    first_submitted_at = filing.submitted_at if filing.version == 1 else None
    screened = full_findings(
        screen_cells(1, filing.cells, asked),
        facts,
        certificate_index=filing.certificate_index,
        filed=filed_class(filing, first_submitted_at),
    )
    return screened.findings


def context_of_day(context: ScreeningContext, filed_on: date) -> ScreeningContext:
    """The same tables on the day a class was filed."""
    return context if context.filed_on == filed_on else replace(context, filed_on=filed_on)


def version_by_key(division: str, key: UUID | str) -> TableVersion | None:
    """A version of one of the division's tables by its public id."""
    versions = TableVersion.objects.select_related("table")
    return versions.filter(table__division=division, public_id=key).first()


def version_label(version: TableVersion) -> str:
    """A version as people call it, in Chinese whoever reads: it is kept with what it caused."""
    with translation.override(settings.LANGUAGE_CODE):
        kind = str(KIND_LABELS[version.table.kind])
        return _("%(table)s第 %(number)d 版") % {"table": kind, "number": version.number}
