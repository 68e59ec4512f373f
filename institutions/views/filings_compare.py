"""Two versions of a filing side by side, old and new, for the institution and for the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.models import Filing
from institutions.selectors.filings import visible_filing
from institutions.selectors.filings_drafts import VersionChoice, compared_cells, versions_of
from institutions.views.filings_pages import actor_of, crumbs
from institutions.views.filings_rows import own_filing_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.FILING_READ_OWN)
def own_compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The institution's own filing, two of its versions."""
    filing = own_filing_or_404(request, public_id)
    page = reverse("filings:own", args=[filing.public_id])
    context = _comparison(request, filing)
    context["crumbs"] = crumbs((filing.number, page), (_("对照新旧内容"), ""))
    return render(request, "portal/filings/compare.html", context)


@require_GET
@page_for(Action.FILING_READ)
def desk_compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same for the desk that reviews it."""
    filing = visible_filing(actor_of(request), public_id)
    if filing is None:
        raise Http404
    context = _comparison(request, filing)
    context["crumbs"] = [
        {"label": _("课程备案"), "url": reverse("filings:list")},
        {"label": filing.number, "url": reverse("filings:review", args=[filing.public_id])},
        {"label": _("对照新旧内容"), "url": ""},
    ]
    return render(request, "desk/filings/compare.html", context)


def _comparison(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    """The two versions asked for; without a wish the last two."""
    versions = versions_of(filing)
    new = _asked(versions, request.GET.get("to", "")) or versions[-1]
    before = [one for one in versions if versions.index(one) < versions.index(new)]
    old = _asked(versions, request.GET.get("from", "")) or (before[-1] if before else new)
    cells = compared_cells(old.cells, new.cells)
    return {
        "filing": filing,
        "versions": [{"key": str(one.number), "label": _label(one, filing)} for one in versions],
        "old": {"key": str(old.number), "label": _label(old, filing)},
        "new": {"key": str(new.number), "label": _label(new, filing)},
        "changed": [one for one in cells if one.is_changed],
        "same": [one for one in cells if not one.is_changed],
    }


def _asked(versions: list[VersionChoice], asked: str) -> VersionChoice | None:
    return next((one for one in versions if str(one.number) == asked), None)


def _label(version: VersionChoice, filing: Filing) -> str:
    if version.is_approved_one:
        return _("原备案（第 %(n)d 版）") % {"n": version.label_number}
    if filing.amends_id is not None:
        return _("变更（第 %(n)d 次提交）") % {"n": version.label_number}
    return _("第 %(n)d 版") % {"n": version.label_number}
