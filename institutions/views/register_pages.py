"""What the register's views share: the actor, the entry or 404, refusals kept for the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Institution
from institutions.selectors.register import institution_for
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, at which desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty post too is a post, and says what is missing."""
    return request.POST if request.method == "POST" else None


def entry_or_404(
    request: HttpRequest, public_id: UUID, action: Action = Action.REGISTER_READ
) -> Institution:
    """An entry that the actor's desk reaches."""
    institution = institution_for(actor_of(request), public_id, action)
    if institution is None:
        raise Http404
    return institution


def entry_url(institution: Institution) -> str:
    """The entry's own page."""
    return reverse("register:detail", args=[institution.public_id])


def crumbs_to(institution: Institution, label: Any) -> list[dict[str, Any]]:
    """The way from the register over an entry to a page of it."""
    return [
        {"label": _("机构名册"), "url": reverse("register:list")},
        {"label": institution.name, "url": entry_url(institution)},
        {"label": label},
    ]


def acted(
    request: HttpRequest, *, form: Form, act: Callable[[dict[str, Any]], object]
) -> list[Any] | None:
    """None once a valid post was acted on; else every reason of a refusal, often none."""
    if request.method != "POST" or not form.is_valid():
        return []
    try:
        act(form.cleaned_data)
    except Refused as refused:
        return list(refusal_texts(refused.refusals))
    return None


def form_page(
    request: HttpRequest,
    *,
    institution: Institution,
    form: Form,
    done: Any,
    act: Callable[[dict[str, Any]], object],
    **words: Any,
) -> HttpResponse:
    """One form on a page of its own. `words`: title, submit, lede, and danger for a red button."""
    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, done)
        return redirect(entry_url(institution))
    context = {
        **words,
        "institution": institution,
        "form": form,
        "refusals": refusals,
        "cancel_url": entry_url(institution),
        "crumbs": crumbs_to(institution, words["title"]),
    }
    return render(request, "desk/register/form.html", context)
