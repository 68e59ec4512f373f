"""Rechecks and trials on pages of other things: `{% load rechecks %}`."""

from __future__ import annotations

from typing import Any

from django import template

from institutions.models import Filing, TableVersion
from institutions.selectors.trials import trials_of_version
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import VISITOR

register = template.Library()
_SHOWN = 5


@register.inclusion_tag("desk/rechecks/_trials_of_version.html", takes_context=True)
def trials_of(context: Any, version: TableVersion) -> dict[str, Any]:
    """The trials of a version that nobody signed yet, and the way to a new one. One query."""
    actor = getattr(context.get("request"), "actor", VISITOR)
    return {
        "version": version,
        "trials": list(trials_of_version(str(version.public_id))[:_SHOWN]),
        "may_try": may(actor, Action.FILING_TRY, Target(actor.division)),
    }


@register.inclusion_tag("desk/rechecks/_of_filing.html")
def rechecks_of(filing: Filing) -> dict[str, Any]:
    """When and why an approved filing was looked at again, and what came of it. One query."""
    shown = filing.rechecks.only("public_id", "filing_id", "opened_at", "cause_label", "state")
    return {"rechecks": list(shown[:_SHOWN])}
