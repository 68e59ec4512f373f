"""A provider's public page, understood in ten seconds."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from inspections.selectors.published import published_results, results_of_institution
from institutions.selectors.public_register import joined, public_institution
from regulator.pages.selectors.public import provider_page

PAGE_ROWS = 20


@require_GET
def provider(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Licensed or not, for what, until when, money supervised or not, last inspection; classes."""
    institution = public_institution(public_id)
    if institution is None:
        raise Http404
    gathered = provider_page(institution, on=timezone.localdate())
    shown = gathered.provider
    context = {
        "institution": institution,
        "line": shown.line,
        "licence": shown.line.licence,
        "answer": shown.line.answer,
        "stages": joined(shown.scope),
        "ways": joined(shown.ways),
        "subjects": "、".join(shown.subjects),
        "provider": shown,
        "account": gathered.account,
        "inspection": gathered.inspection,
        "results": published_results(results_of_institution(institution)),
        "current_count": gathered.current_count,
        "staff": gathered.staff,
        "page": Paginator(gathered.classes, PAGE_ROWS).get_page(request.GET.get("page")),
        "today": gathered.on,
    }
    return render(request, "public/provider.html", context)
