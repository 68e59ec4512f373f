"""Verification for anyone: by the QR code, or by hand with number and check code."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.choices.papers import PAPER_KIND_LABELS
from institutions.choices.papers_public import VERDICTS
from institutions.forms.papers import VerifyForm
from institutions.selectors.papers_public import paper_by_hand, verification
from institutions.views.papers_limits import note_miss, too_many_misses


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    """Enter what is printed on a paper; what is found has an address of its own."""
    asked = "code" in request.GET
    form = VerifyForm(request.GET if asked else None)
    if not asked or not form.is_valid():
        return render(request, "public/papers/verify.html", {"form": form})
    if too_many_misses(request):
        return _unanswered(request, form, "too_many", status=429)
    paper = paper_by_hand(**form.cleaned_data)
    if paper is None:
        note_miss(request)
        return _unanswered(request, form, "unknown", status=200)
    return redirect("papers:verified", public_id=paper.public_id)


@require_GET
def verified(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the register says of one paper today."""
    if too_many_misses(request):
        return _unanswered(request, VerifyForm(), "too_many", status=429)
    today = timezone.localdate()
    found = verification(public_id, on=today)
    if found is None:
        note_miss(request)
        return _unanswered(request, VerifyForm(), "unknown", status=404)
    context = {
        "found": found,
        "paper": found.paper,
        "title": PAPER_KIND_LABELS[found.paper.kind],
        "today": today,
    }
    response = render(request, "public/papers/verified.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _unanswered(request: HttpRequest, form: VerifyForm, code: str, *, status: int) -> HttpResponse:
    context = {"form": form, "verdict": VERDICTS[code]}
    return render(request, "public/papers/verify.html", context, status=status)
