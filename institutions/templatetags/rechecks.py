"""Rechecks and trials on pages of other things: `{% load rechecks %}`."""

from __future__ import annotations

from typing import Any

from django import template

from institutions.models import Filing, TableVersion
from institutions.selectors.trials import trials_of_version

register = template.Library()
_SHOWN = 5


@register.inclusion_tag("desk/rechecks/_trials_of_version.html")
def trials_of(version: TableVersion) -> dict[str, Any]:
    """The trials that were made of a table's version. One query."""
    return {"trials": list(trials_of_version(str(version.public_id))[:_SHOWN])}


@register.inclusion_tag("desk/rechecks/_of_filing.html")
def rechecks_of(filing: Filing) -> dict[str, Any]:
    """When and why an approved filing was looked at again, and what came of it. One query."""
    shown = filing.rechecks.only("public_id", "filing_id", "opened_at", "cause_label", "state")
    return {"rechecks": list(shown[:_SHOWN])}


@register.inclusion_tag("portal/rechecks/_of_filing.html")
def own_rechecks_of(filing: Filing) -> dict[str, Any]:
    """What the institution was told of a filing that was looked at again. One query."""
    told = filing.rechecks.filter(noticed_at__isnull=False)
    return {"rechecks": list(told.only("public_id", "filing_id", "state")[:_SHOWN])}
