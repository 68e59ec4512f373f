"""The search box: for anyone over the public register, at a desk over all within its reach."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.selectors.public_register import public_lines, public_search
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.pages.selectors.search import search_everything

PAGE_ROWS = 20


@require_GET
def public_search_page(request: HttpRequest) -> HttpResponse:
    """Institutions by name, part of a name, pinyin, number or address."""
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(public_search(text), PAGE_ROWS).get_page(request.GET.get("page"))
    lines = public_lines(page.object_list, on=timezone.localdate()) if text else []
    return render(request, "public/search.html", {"q": text, "page": page, "lines": lines})


@require_GET
@page_for(Action.DESK_ENTER)
def desk_search_page(request: HttpRequest) -> HttpResponse:
    """Institutions, filings and draws."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:100]
    found = search_everything(actor, text, on=timezone.localdate())
    return render(request, "desk/search.html", {"q": text, "found": found})
