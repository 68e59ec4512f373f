"""The public page of an approved class."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.selectors.filings import public_filing
from institutions.selectors.filings_public import public_facts
from institutions.selectors.rechecks import revocation_of
from institutions.selectors.waivers import published_waivers


@require_GET
def public_class(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One approved class in the fields that anyone may see; of a revoked one, when and why."""
    filing = public_filing(public_id)
    if filing is None:
        raise Http404
    context = {
        "filing": filing,
        "facts": public_facts(filing),
        "waivers": published_waivers(filing, timezone.localdate()),
    }
    context["revocation"] = revocation_of(filing)
    return render(request, "public/filing_class.html", context)
