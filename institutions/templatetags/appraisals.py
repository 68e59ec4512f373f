"""Appraisals on the pages of a filing that other hands keep."""

from __future__ import annotations

from typing import Any

from django import template

from institutions.models import Filing
from institutions.selectors.appraisals import appraisals_of

register = template.Library()
_SHOWN = 5


@register.inclusion_tag("components/appraisals_of_own.html")
def appraisals_of_own(filing: Filing) -> dict[str, Any]:
    """What of an institution's own filing is or was with the expert group. One query."""
    return {"appraisals": list(appraisals_of(filing)[:_SHOWN])}
