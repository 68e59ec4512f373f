"""Draws before the public: what each state lets everybody see, and the server's own check."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inspections.choices.draw_texts import difference_text, not_stated_text
from inspections.models import Draw
from inspections.selectors.directories import published_items
from inspections.selectors.draws import (
    frame_seats,
    frame_strata,
    names_of_objects,
    public_bundle,
    public_bundle_text,
    public_draw,
    public_draws,
    verify_public,
)

PAGE_ROWS = 30


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Every draw that is public, the newest first."""
    page = Paginator(public_draws(), PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "public/draws/list.html", {"page": page})


@require_GET
def public_page(request: HttpRequest, number: str) -> HttpResponse:
    """One draw with all that its state makes public, and whether it verifies."""
    draw = _draw_or_404(number)
    bundle = public_bundle(draw)
    found = verify_public(draw)
    context = {
        "draw": draw,
        "bundle": bundle,
        "frame": bundle["frame"],
        "strata": frame_strata(draw),
        "seats": frame_seats(draw),
        "verification": found,
        "differences": [difference_text(one) for one in found.differences],
        "not_stated": not_stated_text(found.not_stated),
        "results": _results(bundle) if draw.is_open else [],
    }
    return render(request, "public/draws/detail.html", context)


def _results(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """The premises drawn, with the names behind their ids."""
    premises = names_of_objects(list(bundle["assignments"]))
    strata = {name: stratum for stratum, ids in bundle["drawn"].items() for name in ids}
    return [
        {
            "register_id": name,
            "stratum": strata.get(name, ""),
            "team": team,
            "premises": premises.get(name),
        }
        for name, team in bundle["assignments"].items()
    ]


@require_GET
def public_bundle_file(request: HttpRequest, number: str) -> HttpResponse:
    """The bundle as far as it is public, as a file."""
    draw = _draw_or_404(number)
    response = HttpResponse(public_bundle_text(draw), content_type="application/json")
    response["Content-Disposition"] = f'inline; filename="{draw.number}.json"'
    return response


@require_GET
def public_items(request: HttpRequest) -> HttpResponse:
    """The published list: what may be inspected, and on what legal basis."""
    context = {"items": published_items(division=settings.DIVISION)}
    return render(request, "public/draws/items.html", context)


def _draw_or_404(number: str) -> Draw:
    draw = public_draw(number)
    if draw is None:
        raise Http404
    return draw
