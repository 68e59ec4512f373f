"""The chain as people read it: by division, with its head to print and keep."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.audit.selectors.chain import events_in, head_of
from regulator.kernel.actors import Actor
from regulator.pages.choices.events import event_label

_ROWS = 50


@page_for(Action.AUDIT_READ)
def audit_page(request: HttpRequest) -> HttpResponse:
    """The division's events, newest first, found by person, subject or kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = request.GET.get("q", "").strip()
    events = events_in(actor.division, wanted=wanted)
    page = Paginator(events, _ROWS).get_page(request.GET.get("page"))
    rows = [{"event": event, "label": event_label(event.kind)} for event in page]
    context: dict[str, Any] = {
        "page": page,
        "rows": rows,
        "q": wanted,
        "head": head_of(actor.division),
    }
    return render(request, "desk/audit/list.html", context)


@page_for(Action.AUDIT_READ)
def audit_head_page(request: HttpRequest) -> HttpResponse:
    """The head of the chain, to be printed, signed and kept outside the system."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {"head": head_of(actor.division), "actor": actor, "now": timezone.now()}
    return render(request, "desk/audit/head.html", context)
