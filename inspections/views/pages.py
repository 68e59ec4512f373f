"""What the views of inspections share: the actor, the draw or 404, refusals shown on the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.models import Checklist, Draw
from inspections.selectors.draws import draw_for, may_read_sealed
from regulator.adapters.sealed_storage import read_sealed
from regulator.adapters.storage import read_stored
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.web.refusals import refusal_texts


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, at which desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty post too is a post, and says what is missing."""
    return request.POST if request.method == "POST" else None


def draw_or_404(request: HttpRequest, number: str) -> Draw:
    """A draw that the actor's desk reaches."""
    draw = draw_for(actor_of(request), number)
    if draw is None:
        raise Http404
    return draw


def sealed_draw_or_refuse(request: HttpRequest, number: str) -> Draw:
    """A draw whose lists the actor may see; raises Refused where they are sealed for them."""
    draw = draw_or_404(request, number)
    if not may_read_sealed(actor_of(request), draw):
        raise Refused(Refusal("draw.sealed"))
    return draw


def crumbs_to(draw: Draw, label: Any = "") -> list[dict[str, Any]]:
    """The way from the list of draws to a page of one."""
    crumbs = [{"label": _("抽查任务"), "url": reverse("inspections:draws")}]
    if label:
        url = reverse("inspections:draw", args=[draw.number])
        return [*crumbs, {"label": draw.number, "url": url}, {"label": label}]
    return [*crumbs, {"label": draw.number}]


def crumbs_from(start: Any, address: str, *more: tuple[Any, str]) -> list[dict[str, Any]]:
    """The way from a list, by its label and the name of its address, over labels and urls."""
    return [
        {"label": start, "url": reverse(address)},
        *({"label": label, "url": url} for label, url in more),
    ]


def attempt(form: Form, act: Callable[[], object]) -> list[Any] | None:
    """Act on a valid form; the reasons where it was refused, None where the form is not valid."""
    if not form.is_valid():
        return None
    try:
        act()
    except Refused as refused:
        return list(refusal_texts(refused.refusals))
    return []


def form_page(
    request: HttpRequest,
    *,
    form: Form,
    act: Callable[[], object],
    back: str,
    done: Any,
    context: Mapping[str, Any],
    template: str = "desk/inspections/form.html",
) -> HttpResponse:
    """One form on a page of its own: act on a valid post, show every reason of a refusal."""
    refusals = attempt(form, act) if request.method == "POST" else None
    if refusals == []:
        messages.success(request, done)
        return redirect(back)
    shown = {**context, "form": form, "reasons": refusals, "cancel_url": back}
    return render(request, template, shown)


def pdf_response(checklist: Checklist) -> HttpResponse:
    """The kept bytes of a paper, shown in the browser under its own name."""
    if not checklist.sha256:
        raise Refused(Refusal("checklist.not_rendered"))
    response = HttpResponse(read_sealed(checklist.sha256), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{checklist.file_name}"'
    return response


def picture_response(digest: str, media_type: str) -> HttpResponse:
    """A kept picture, shown in the browser and kept by nobody on the way."""
    response = HttpResponse(read_stored(digest), content_type=media_type)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    return response
