"""What the pages of this room share: whose division is looked at, and forms with refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking, from which desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def division_asked(request: HttpRequest) -> str:
    """The division looked at: `?division=` for a desk that reaches further, else one's own.

    Raises Refused for a division out of reach.
    """
    actor = actor_of(request)
    division = request.GET.get("division", "") or actor.division
    require(actor, Action.CALENDAR_READ, Target(division=division))
    return division


def trail(*steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """Breadcrumbs from the calendars' overview: (label, address) each, the last one without."""
    first = (_("校历与节假日"), reverse("calendars:terms"))
    return [{"label": label, "url": url} for label, url in (first, *steps)]


def proposed_text() -> str:
    """What is said when a change waits for its second person."""
    return _("已提出。由第二个人签字以后才生效。")


def division_query(request: HttpRequest) -> str:
    """The end of a link that stays with the division looked at."""
    division = request.GET.get("division", "")
    return f"?{urlencode({'division': division})}" if division else ""


def answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    template: str,
    context: dict[str, Any],
    done: str,
    back: str,
) -> HttpResponse:
    """Show a form; when it is sent and sound, act: then `done` is said at the address `back`.

    A refusal shows every reason above the form with what was typed, and nothing has changed.
    """
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, done)
            return redirect(back)
    shown = context | {"form": form, "reasons": reasons, "back": back}
    return render(request, template, shown)
