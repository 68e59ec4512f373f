"""What the journeys' views of both entrances share: one journey or 404, moves, documents, files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header

from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.shape import JourneyTable, Move, Party
from institutions.models import Journey, JourneyDocument
from institutions.selectors.annual_checks import journey_hints
from institutions.selectors.journey_stated import stated_lines
from institutions.selectors.journey_view import (
    MoveLine,
    clock_lines,
    document_lines,
    journey_diagram,
    journey_steps,
    move_lines,
)
from institutions.selectors.journeys import (
    document_for,
    journey_for,
    journey_history,
    waiting_proposal,
)
from institutions.selectors.papers import papers_of_journey
from institutions.services.journey_policy import may_move
from institutions.views.journey_history import journey_history_lines
from institutions.views.register_pages import actor_of
from regulator.adapters.storage import read_stored
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def journey_or_404(request: HttpRequest, public_id: UUID) -> Journey:
    """A journey that the actor's desk reaches."""
    journey = journey_for(actor_of(request), public_id)
    if journey is None:
        raise Http404
    return journey


def document_or_404(journey: Journey, document_id: UUID) -> JourneyDocument:
    """A document of the journey."""
    document = document_for(journey, document_id)
    if document is None:
        raise Http404
    return document


def move_or_404(journey: Journey, name: str) -> Move:
    """A move of the journey's table that a person can make."""
    move = journey.table.by_name.get(name)
    if move is None or move.party is Party.SYSTEM:
        raise Http404
    return move


def table_or_404(kind: str) -> JourneyTable:
    """The table of a kind."""
    table = JOURNEYS.get(kind)
    if table is None:
        raise Http404
    return table


def crumbs_of(
    *, list_label: Any, list_url: str, label: Any, url: str, further: Any
) -> list[dict[str, Any]]:
    """The way from a list over a journey to a page of it; `further` is empty on its own page."""
    trail: list[dict[str, Any]] = [
        {"label": list_label, "url": list_url},
        {"label": label, "url": url if further else ""},
    ]
    return [*trail, {"label": further}] if further else trail


def journey_context(request: HttpRequest, journey: Journey) -> dict[str, Any]:
    """Everything a journey's page shows at either entrance."""
    actor, today = actor_of(request), timezone.localdate()
    lines = move_lines(journey, today)
    own = [line for line in lines if may_move(actor, line.move, journey)]
    return {
        "journey": journey,
        "kind": JOURNEY_KIND_LABELS[journey.kind],
        "steps": journey_steps(journey, today),
        "clocks": clock_lines(journey, today),
        "documents": document_lines(journey),
        "own_moves": [said(line) for line in in_order(own, journey)],
        "other_moves": [said(line) for line in lines if line not in own],
        "proposal": waiting_proposal(journey),
        "hints": refusal_texts(journey_hints(journey)),
        "diagram": journey_diagram(journey),
        "stated": stated_lines(journey),
        "grounds": journey.details.get("reasons") or [],
        "consequences": journey.details.get("consequences") or [],
        "papers": papers_of_journey(journey.public_id),
        "history": journey_history_lines(journey_history(journey)),
    }


def in_order(lines: list[MoveLine], journey: Journey) -> list[MoveLine]:
    """What leads on comes first, then other ways, and what ends it without a result last."""
    endings, way = journey.table.endings, (*journey.table.line, *journey.order)

    def place(line: MoveLine) -> tuple[bool, bool, bool]:
        target = line.move.target
        return (endings.get(target) == "dropped", target not in way, not line.is_ready)

    return sorted(lines, key=place)


def said(line: MoveLine) -> dict[str, Any]:
    """A move with its reasons in words."""
    reasons = refusal_texts(line.reasons)
    bases = dict.fromkeys(reason.basis for reason in reasons if reason.basis)
    return {"line": line, "reasons": reasons, "bases": "；".join(bases)}


def tried(request: HttpRequest, act: Callable[[], object], *, done: Any, back: str) -> HttpResponse:
    """Do something that has no form of its own; refusals become messages on the page before."""
    try:
        act()
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, f"{reason.text}{reason.remedy}")
    else:
        messages.success(request, done)
    return redirect(back)


def document_file(request: HttpRequest, journey: Journey, document_id: UUID) -> HttpResponse:
    """The bytes of a document, as they came; shown in the browser, never run."""
    document = document_or_404(journey, document_id)
    response = HttpResponse(read_stored(document.sha256), content_type=document.media_type)
    response["Content-Disposition"] = content_disposition_header(False, document.file_name) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
