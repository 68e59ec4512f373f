"""Draws before the public: what each state lets everybody see, and the server's own check."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from inspections.choices.draw_texts import (
    STAGE_TEXTS,
    difference_text,
    not_stated_text,
    verifier_texts,
)
from inspections.documents.verifier import saved_style, verifier_program, verifier_script
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
from inspections.selectors.published import published_results, results_of_draw

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
        "stage_text": STAGE_TEXTS[found.stage],
        "differences": [difference_text(one) for one in found.differences],
        "not_stated": not_stated_text(found.not_stated),
        "results": _results(bundle) if draw.is_open else [],
        "published": published_results(results_of_draw(draw)) if draw.is_open else [],
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
def public_verify(request: HttpRequest, number: str) -> HttpResponse:
    """The page on which the visitor's own browser recomputes a draw."""
    draw = _draw_or_404(number)
    crumbs = [
        {"url": reverse("inspections:public_draw", args=[draw.number]), "label": draw.number},
        {"label": _("自己核对抽查")},
    ]
    return render(request, "public/draws/verify.html", {**_carried(draw), "crumbs": crumbs})


@require_GET
def public_verifier(request: HttpRequest, number: str) -> HttpResponse:
    """The same page as one file to keep: data, program and texts inside, no connection anywhere."""
    draw = _draw_or_404(number)
    own = {"script": verifier_script("page.js"), "style": saved_style()}
    response = render(request, "documents/draw_verifier.html", {**_carried(draw), **own})
    response["Content-Disposition"] = f'attachment; filename="{draw.number}-verify.html"'
    return response


@require_GET
def public_program(request: HttpRequest) -> HttpResponse:
    """The verifier as one Python file that needs the standard library alone."""
    response = HttpResponse(verifier_program(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_dr1.py"'
    return response


def _carried(draw: Draw) -> dict[str, Any]:
    """What both pages carry. A `<` inside JSON stands as an escape: it could end the element."""
    texts = json.dumps(verifier_texts(), ensure_ascii=False)
    return {
        "draw": draw,
        "texts_json": texts.replace("<", "\\u003c"),
        "bundle_json": public_bundle_text(draw).replace("<", "\\u003c"),
    }


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
