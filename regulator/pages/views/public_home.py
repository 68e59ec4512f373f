"""The front page: one search box and the few figures that matter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.selectors.public_register import public_figures


@require_GET
def public_home(request: HttpRequest) -> HttpResponse:
    """Look an institution up."""
    today = timezone.localdate()
    return render(
        request, "public/home.html", {"figures": public_figures(on=today), "today": today}
    )
