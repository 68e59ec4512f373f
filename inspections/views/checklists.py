"""Printed checklists of orders outside the draw, a paper issued again, and blank forms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.documents.checklists import blank_html
from inspections.models import Draw, InspectionOrder
from inspections.selectors.checklist_facts import blank_facts
from inspections.selectors.checklist_sources import division_of, printable_orders, source_for
from inspections.selectors.checklists import (
    checklist_named,
    checklist_version,
    former_checklists,
    latest_checklists,
)
from inspections.services.checklists import issue_checklists, papers_page, reissue_checklist
from inspections.views.pages import actor_of, pdf_response
from institutions.choices.register import CATEGORY_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.pdf import render_pdf

_VERSION_DIGITS = 4


@require_GET
@page_for(Action.CHECKLIST_PRINT)
def checklists_home(request: HttpRequest) -> HttpResponse:
    """Orders whose checklists may be printed, and blank forms by category."""
    context = {
        "orders": printable_orders(actor_of(request)),
        "categories": [(code, label) for code, label in CATEGORY_LABELS.items() if code],
    }
    return render(request, "desk/inspections/checklists.html", context)


def _source_or_404(request: HttpRequest, number: str) -> Draw | InspectionOrder:
    source = source_for(actor_of(request), number)
    if source is None:
        raise Http404
    return source


@require_GET
@page_for(Action.CHECKLIST_PRINT)
def source_papers(request: HttpRequest, number: str) -> HttpResponse:
    """The papers of one draw or order, with their versions."""
    source = _source_or_404(request, number)
    context = {
        "source": source,
        "rows": latest_checklists(source),
        "former": former_checklists(source),
        "crumbs": [{"label": _("检查清单"), "url": "/desk/checklists/"}, {"label": number}],
    }
    return render(request, "desk/inspections/source_papers.html", context)


@require_POST
@page_for(Action.CHECKLIST_PRINT)
def print_source(request: HttpRequest, number: str) -> HttpResponse:
    """Issue what is not issued yet, and have it rendered."""
    source = _source_or_404(request, number)
    job = issue_checklists(source=source, actor=actor_of(request), at=timezone.now())
    if job is None:
        messages.info(request, _("清单已经印好，再印得到同样的文件。"))
        return redirect("inspections:source_papers", number=number)
    return redirect("jobs:job", public_id=job.public_id)


@require_GET
@page_for(Action.CHECKLIST_PRINT)
def source_paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The kept bytes of one paper: of its latest version, or of the one that is asked for."""
    source, version = _source_or_404(request, number), request.GET.get("version", "")
    if version and not (version.isdecimal() and len(version) <= _VERSION_DIGITS):
        raise Http404
    found = (
        checklist_version(source, name, int(version)) if version else checklist_named(source, name)
    )
    if found is None:
        raise Http404
    return pdf_response(found)


@require_POST
@page_for(Action.CHECKLIST_PRINT)
def reissue_paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Issue the next version of one paper with what is known today."""
    source = _source_or_404(request, number)
    found = checklist_named(source, name)
    if found is None or found.kind != "premises":
        raise Http404
    row = reissue_checklist(checklist=found, actor=actor_of(request), at=timezone.now())
    issue_checklists(source=source, actor=actor_of(request), at=timezone.now())
    text = _("%(name)s 已发第 %(version)s 版；旧版的页交回时会被拒绝。")
    messages.success(request, text % {"name": row.name, "version": row.version})
    return redirect(papers_page(source))


@require_GET
@page_for(Action.CHECKLIST_PRINT)
def blank_form(request: HttpRequest, category: str) -> HttpResponse:
    """A blank form of a category, from the items published today."""
    if not CATEGORY_LABELS.get(category):
        raise Http404
    division = division_of(actor_of(request))
    facts = blank_facts(division, category=category, on=timezone.localdate())
    response = HttpResponse(render_pdf(blank_html(facts)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="blank-{category}.pdf"'
    return response
