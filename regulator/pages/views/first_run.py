"""A new bureau's checklist: what is still blank, why it matters, and where to enter it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from regulator.accounts.choices.texts import ROLE_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.pages.choices.first_run import SECTION_LABELS, TITLES, VACANT_DESKS, WHY
from regulator.pages.selectors.first_run import CheckItem, first_run_items


@require_GET
@page_for(Action.CALENDAR_READ)
def first_run(request: HttpRequest) -> HttpResponse:
    """Everything that nobody has entered or confirmed yet, section by section."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    items = first_run_items(actor, timezone.localdate())
    sections = [
        {"label": label, "items": [_line(item) for item in items if item.section == section]}
        for section, label in SECTION_LABELS.items()
    ]
    done = sum(item.is_done for item in items)
    context = {"sections": sections, "done": done, "total": len(items)}
    return render(request, "desk/first_run.html", context)


def _line(item: CheckItem) -> dict[str, Any]:
    return {
        "title": TITLES[item.code],
        "text": _text(item),
        "state": item.state,
        "url": reverse(item.url_name, args=item.url_args),
        "count": None if item.is_done else item.missing,
    }


def _text(item: CheckItem) -> str:
    if not item.roles:
        return "" if item.is_done else str(WHY[item.code])
    roles = "、".join(str(ROLE_LABELS[role]) for role in item.roles)
    return f"{VACANT_DESKS % {'roles': roles}}{WHY[item.code]}"
