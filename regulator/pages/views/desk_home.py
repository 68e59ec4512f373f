"""The desk's front page (yours today), and the parents' one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fees.selectors.guardians import guardian_contracts
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.pages.selectors.duty import Duty
from regulator.pages.selectors.today import duties_of


def _address(duty: Duty) -> str:
    try:
        path = reverse(duty.url_name)
    except NoReverseMatch:
        return ""
    return f"{path}?{duty.query}" if duty.query else path


@page_for(Action.DESK_ENTER)
def desk_home(request: HttpRequest) -> HttpResponse:
    """What waits at this desk today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    items: list[dict[str, Any]] = [
        {
            "title": duty.title,
            "text": duty.text,
            "count": duty.count,
            "url": _address(duty),
            "due": duty.due,
            "left": duty.left,
            "unit": duty.unit,
            "provisional": duty.provisional,
            "state": duty.state,
        }
        for duty in duties_of(actor, today)
    ]
    return render(request, "desk/home/today.html", {"items": items, "today": today})


@page_for(Action.FIELD_ENTER)
def field_home(_request: HttpRequest) -> HttpResponse:
    """An inspector's day begins with the teams they are in."""
    return redirect("inspections:my_teams")


@page_for(Action.PARENT_ENTER)
def parent_home(request: HttpRequest) -> HttpResponse:
    """What a parent can do: their own contracts, and looking an institution up."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {"contracts": guardian_contracts(actor)}
    return render(request, "public/parent_home.html", context)
