"""The offline field page, the same for everybody, and the service worker that keeps it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from inspections.choices.field_texts import field_texts
from inspections.choices.visits import (
    ANSWER_LABELS,
    CATEGORY_LABELS,
    HINDRANCE_LABELS,
    SIGNER_LABELS,
)
from inspections.views.pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.canonical import canonical_digest
from regulator.web.holding import mark_holder

_WORKER = Path(__file__).resolve().parent.parent / "static/inspections/field/worker.js"
_MODULES = (
    *("answers", "arrival", "day", "delivery", "dom", "ending", "fold", "map"),
    *("page", "pictures", "sign", "store", "visit"),
)
_STYLES = (
    *("tokens", "base", "layout", "navigation", "menus", "forms", "finders", "tables", "states"),
    *("journey", "findings", "lists", "public", "portal", "field", "ceremony", "print"),
)


def _shell() -> list[str]:
    """Every address that the page needs to open without network, the page first."""
    files = [
        *(f"inspections/field/{name}.js" for name in _MODULES),
        *(f"web/css/{name}.css" for name in _STYLES),
        "inspections/field/field.css",
        "web/icons.svg",
        "web/favicon.svg",
    ]
    return [reverse("inspections:field_day"), *(static(name) for name in files)]


def _labels(labels: Any) -> dict[str, str]:
    return {code: str(label) for code, label in labels.items()}


@require_GET
@never_cache
@page_for(Action.FIELD_ENTER)
def field_day_page(request: HttpRequest) -> HttpResponse:
    """The page itself: it names nobody, for the device keeps it; the day comes by itself."""
    texts = field_texts() | {
        "answers": _labels(ANSWER_LABELS),
        "categories": _labels(CATEGORY_LABELS),
        "hindrances": _labels(HINDRANCE_LABELS),
        "signers": _labels(SIGNER_LABELS),
    }
    written = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    context = {"texts_json": written}
    response = render(request, "field/inspections/offline_day.html", context)
    mark_holder(request, response, actor_of(request).user_id or 0)
    return response


@require_GET
@never_cache
def field_worker(request: HttpRequest) -> HttpResponse:
    """The service worker with the list of what it keeps; a new list is a new worker."""
    shell = _shell()
    program = _WORKER.read_text(encoding="utf-8")
    version = canonical_digest({"shell": shell, "program": program})[:12]
    head = f"const SHELL = {json.dumps(shell)};\nconst VERSION = {json.dumps(version)};\n"
    response = HttpResponse(head + program, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/field/"
    return response
