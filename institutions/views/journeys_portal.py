"""Journeys in the portal: what the institution may apply for, and one journey as a checklist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.journey_words import move_label
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.shape import Party
from institutions.models import Journey
from institutions.selectors.journey_view import journey_lines, startable
from institutions.selectors.journeys import journeys_of
from institutions.views.filings_portal import institution_or_404
from institutions.views.journey_forms import Beginning, Frame, move_page, start_page, upload_page
from institutions.views.journey_pages import (
    crumbs_of,
    document_file,
    journey_context,
    journey_or_404,
    table_or_404,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.web.refusals import refusal_texts

_FORM = "portal/journeys/form.html"


def _url(journey: Journey) -> str:
    return reverse("journeys:own", args=[journey.public_id])


def _crumbs(journey: Journey, label: Any = "") -> list[dict[str, Any]]:
    """The way to a journey, or to a page of it."""
    return crumbs_of(
        list_label=_("许可事项"),
        list_url=reverse("journeys:own_list"),
        label=JOURNEY_KIND_LABELS[journey.kind],
        url=_url(journey),
        further=label,
    )


@require_GET
@page_for(Action.JOURNEY_READ_OWN)
def own_list(request: HttpRequest) -> HttpResponse:
    """The institution's journeys, and what it may apply for."""
    institution, today = institution_or_404(request), timezone.localdate()
    choices = [
        {"choice": choice, "reasons": refusal_texts(choice.reasons)}
        for choice in startable(institution, party=Party.INSTITUTION, today=today)
    ]
    context = {
        "institution": institution,
        "lines": journey_lines(list(journeys_of(institution)), today),
        "choices": sorted(choices, key=lambda one: bool(one["reasons"])),
    }
    return render(request, "portal/journeys/list.html", context)


@page_for(Action.JOURNEY_APPLY)
def own_start(request: HttpRequest, kind: str) -> HttpResponse:
    """Apply for something."""
    institution, table = institution_or_404(request), table_or_404(kind)
    back = reverse("journeys:own_list")
    crumbs = [
        {"label": _("许可事项"), "url": back},
        {"label": JOURNEY_KIND_LABELS[kind]},
    ]
    department = institution.competent_department_id or "education"
    beginning = Beginning(table, institution, institution.division_id, department)
    return start_page(request, beginning, Frame(_FORM, back, crumbs), url_name="journeys:own")


@require_GET
@page_for(Action.JOURNEY_READ_OWN)
def own_journey(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A checklist in plain words: what to hand in, what the bureau waits for, until when."""
    journey = journey_or_404(request, public_id)
    context = journey_context(request, journey)
    context |= {"crumbs": _crumbs(journey), "to_do": _to_do(journey, context), "at_portal": True}
    return render(request, "portal/journeys/journey.html", context)


def _to_do(journey: Journey, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents to hand in, one line each, the next step last."""
    if journey.is_over:
        return []
    items = []
    for line in context["documents"]:
        if not line.is_needed and line.newest is None:
            continue
        items.append(_document_item(journey, line))
    return items


def _document_item(journey: Journey, line: Any) -> dict[str, Any]:
    url = reverse("journeys:own_upload", args=[journey.public_id, line.kind])
    newest = line.newest
    if newest is None:
        return {"title": line.label, "text": _("还没有上传。"), "url": url, "state": "todo"}
    if newest.state == "returned":
        text = _("退回：%(reason)s") % {"reason": newest.reason}
        return {"title": line.label, "text": text, "url": url, "state": "blocked"}
    if newest.state == "accepted":
        return {"title": line.label, "text": _("核对通过。"), "state": "done"}
    return {"title": line.label, "text": _("已上传，可以换一份。"), "url": url, "state": "done"}


@page_for(Action.JOURNEY_APPLY)
def own_move(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """Make the institution's own move: hand in, complete, take back."""
    journey = journey_or_404(request, public_id)
    label = move_label(journey.kind, move) if move in journey.table.by_name else move
    return move_page(request, journey, move, Frame(_FORM, _url(journey), _crumbs(journey, label)))


@page_for(Action.JOURNEY_APPLY)
def own_upload(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Hand in a document."""
    journey = journey_or_404(request, public_id)
    crumbs = _crumbs(journey, _("上传材料"))
    return upload_page(
        request, journey, kind, Frame("portal/journeys/upload.html", _url(journey), crumbs)
    )


@require_GET
@page_for(Action.JOURNEY_READ_OWN)
def own_file(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """A document's bytes, as the institution handed it in."""
    return document_file(request, journey_or_404(request, public_id), document_id)
