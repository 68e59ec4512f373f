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


def form_page(
    request: HttpRequest,
    *,
    institution: Institution,
    form: Form,
    title: Any,
    submit: Any,
    done: Any,
    act: Callable[[dict[str, Any]], object],
    lede: Any = "",
    danger: bool = False,
) -> HttpResponse:
    """One form on a page of its own: act on a valid post, show every reason of a refusal."""
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            refusals = refusal_texts(refused.refusals)
        else:
            messages.success(request, done)
            return redirect(entry_url(institution))
    context = {
        "institution": institution,
        "form": form,
        "title": title,
        "lede": lede,
        "submit": submit,
        "danger": danger,
        "refusals": refusals,
        "cancel_url": entry_url(institution),
        "crumbs": crumbs_to(institution, title),
    }
    return render(request, "desk/register/form.html", context)
