"""Why a returned page is where it is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from inspections.models import ReturnedPage
from regulator.kernel.outcomes import Refusal
from regulator.web.refusals import refusal_message

register = template.Library()


@register.simple_tag
def page_reason(code: str, params: Mapping[str, Any]) -> str:
    """A reason by its code."""
    return str(refusal_message(Refusal(code, dict(params))))


@register.filter
def page_reasons(page: ReturnedPage) -> list[str]:
    """Every reason of a page, empty where it was filed."""
    if "all" in page.reason_params:
        return [page_reason(one["code"], one["params"]) for one in page.reason_params["all"]]
    return [page_reason(page.reason, page.reason_params)] if page.reason else []
