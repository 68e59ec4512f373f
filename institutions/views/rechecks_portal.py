"""The institution's side of a recheck: the notice, the findings beside the text, its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from institutions.core.recheck_states import RecheckState
from institutions.forms.rechecks import AnswerForm
from institutions.models import FilingRecheck
from institutions.selectors.filings_findings import cell_views
from institutions.selectors.papers import papers_of_matter
from institutions.selectors.rechecks import answer_term, own_recheck, own_rechecks
from institutions.selectors.rechecks_page import recheck_steps, recheck_view
from institutions.services.notice_reading import read_notice
from institutions.services.rechecks import AnswerFile, answer_recheck
from institutions.views.filings_portal import actor_of, crumbs
from institutions.views.register_pages import acted, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored

PAGE_ROWS = 50


@require_GET
@page_for(Action.FILING_READ_OWN)
def recheck_list(request: HttpRequest) -> HttpResponse:
    """What the bureau asked the institution about its approved classes."""
    actor, today = actor_of(request), timezone.localdate()
    page = Paginator(own_rechecks(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    term = answer_term(actor.division)
    rows = [{"recheck": one, "clock": term.clock(one, today)} for one in page]
    context = {"page": page, "rows": rows, "crumbs": crumbs((_("复核"), ""))}
    return render(request, "portal/rechecks/list.html", context)


def _own_or_404(request: HttpRequest, public_id: UUID) -> FilingRecheck:
    recheck = own_recheck(actor_of(request), public_id)
    if recheck is None:
        raise Http404
    return recheck


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_READ_OWN)
def recheck_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One notice, delivered by being opened; the findings beside the text, and the answer."""
    recheck = _own_or_404(request, public_id)
    actor, at = actor_of(request), timezone.now()
    form = AnswerForm(posted(request), request.FILES or None)
    if recheck.notice is not None:
        recheck.notice = read_notice(notice=recheck.notice, actor=actor, at=at)

    def answer(data: dict[str, Any]) -> FilingRecheck:
        sent = data["file"]
        kept = AnswerFile(sent.name, sent.read()) if sent else None
        return answer_recheck(recheck=recheck, words=data["words"], file=kept, actor=actor, at=at)

    reasons = acted(request, form=form, act=answer)
    if reasons is None:
        messages.success(request, _("已答复。主管部门作出决定以后会通知您。"))
        return redirect("rechecks:own", public_id=public_id)
    return render(
        request,
        "portal/rechecks/recheck.html",
        _context(recheck, form, reasons),
        status=422 if reasons or form.errors else 200,
    )


def _context(recheck: FilingRecheck, form: AnswerForm, reasons: list[Any]) -> dict[str, Any]:
    today, term = timezone.localdate(), answer_term(recheck.division_id)
    view = recheck_view(recheck)
    return {
        "recheck": recheck,
        "filing": recheck.filing,
        "view": view,
        "cells": cell_views(view.shown),
        "steps": recheck_steps(recheck, term, today),
        "clock": term.clock(recheck, today),
        "may_answer": recheck.state == RecheckState.NOTICED.value,
        "form": form,
        "reasons": reasons,
        "papers": papers_of_matter(recheck.public_id),
        "crumbs": crumbs((_("复核"), reverse("rechecks:own_list")), (recheck.filing.number, "")),
    }


@require_GET
@page_for(Action.FILING_READ_OWN)
def own_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file that the institution sent with its answer."""
    return answer_file(_own_or_404(request, public_id))


def answer_file(recheck: FilingRecheck) -> HttpResponse:
    """The bytes as they came; shown in the browser, never run."""
    if not recheck.answer_file_sha256:
        raise Http404
    data = read_stored(recheck.answer_file_sha256)
    response = HttpResponse(data, content_type=recheck.answer_file_type)
    name = content_disposition_header(False, recheck.answer_file_name) or ""
    response["Content-Disposition"] = name
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
