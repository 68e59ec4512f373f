"""The portal's pages of one class: a row corrected on the spot, a filing and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.core.filing_states import TRANSITIONS, FilingState
from institutions.forms.filings import RowForm, StatementForm, WithdrawalForm
from institutions.models import Filing, UploadRow
from institutions.selectors.filings import (
    current_decisions,
    next_row_to_correct,
    own_filing,
    upload_row,
)
from institutions.selectors.filings_drafts import change_in_hand, may_change
from institutions.selectors.filings_findings import (
    Shown,
    cell_doubts,
    cell_problems,
    cell_views,
    finding_views,
    preview,
)
from institutions.selectors.filings_journey import filing_journey
from institutions.services.filings_submission import resubmit_filing, submit_rows, withdraw_filing
from institutions.services.filings_upload import correct_row
from institutions.views.filings_pages import actor_of, crumbs
from institutions.views.filings_portal import upload_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def _row_or_404(request: HttpRequest, public_id: UUID, number: int) -> UploadRow:
    row = upload_row(upload_or_404(request, public_id), number)
    if row is None:
        raise Http404
    return row


def _form(shown: Shown, wrong_licence: str = "") -> RowForm:
    """The cells, with what is wrong and what only a reviewer can judge at each."""
    problems = cell_problems(shown)
    if wrong_licence:
        said = _("“%(number)s”不是本机构的许可证号或信用代码。") % {"number": wrong_licence}
        problems["机构许可证号"] = (*problems.get("机构许可证号", ()), said)
    return RowForm.showing(shown.cells, problems=problems, doubts=cell_doubts(shown))


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def row_page(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One row: what is wrong stands at its cell; saving screens it again at once."""
    row = _row_or_404(request, public_id, number)
    if row.filing is not None:
        return redirect("filings:own", public_id=row.filing.public_id)
    if request.method == "POST":
        sent = RowForm(request.POST, cells=row.cells, problems={}).changed_cells()
        row = correct_row(row=row, cells=sent, actor=actor_of(request), at=timezone.now())
        if not row.needs_correction:
            messages.success(request, _("第 %(row)d 行改好了，可以提交。") % {"row": number})
            return _to_next(row)
        messages.warning(request, _("已保存，但还有要改的地方，见下面标出的格。"))
    return render(request, "portal/filings/row.html", _row_context(row))


def _row_context(row: UploadRow, statement: StatementForm | None = None) -> dict[str, Any]:
    return {
        "upload": row.upload,
        "row": row,
        "form": _form(row, row.wrong_licence),
        "findings": finding_views(row),
        "may_state": row.outcome == "flagged" and not row.wrong_licence,
        "statement": statement or StatementForm(),
        "check_url": reverse("filings:row_check", args=[row.upload.public_id, row.row_number]),
        "next": next_row_to_correct(row.upload, row.row_number),
        "crumbs": crumbs(
            (row.upload.file_name, reverse("filings:upload", args=[row.upload.public_id])),
            (_("第 %(row)d 行") % {"row": row.row_number}, ""),
        ),
    }


def _to_next(row: UploadRow) -> HttpResponse:
    following = next_row_to_correct(row.upload, row.row_number)
    if following is None:
        return redirect(f"{reverse('filings:upload', args=[row.upload.public_id])}?part=ready")
    return redirect("filings:row", public_id=row.upload.public_id, number=following.row_number)


@require_POST
@page_for(Action.FILING_FILE)
def row_check(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """The same checks while typing: what would be found if it were saved now."""
    row = _row_or_404(request, public_id, number)
    return _live_findings(request, row, row.upload.division_id)


@require_POST
@page_for(Action.FILING_FILE)
def row_submit(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Hand one row in although a breach was found, with a statement."""
    row = _row_or_404(request, public_id, number)
    form = StatementForm(request.POST)
    if not form.is_valid():
        context = _row_context(row, form)
        return render(request, "portal/filings/row.html", context, status=422)
    done = submit_rows(
        upload=row.upload,
        row_ids=[row.pk],
        statement=form.cleaned_data["statement"],
        actor=actor_of(request),
        at=timezone.now(),
    )
    if done.refused:
        raise Refused(done.refused[0].refusals)
    messages.success(request, _("已连同说明提交，由审核人员决定。"))
    return redirect("filings:own", public_id=done.filings[0].public_id)


def _live_findings(request: HttpRequest, kept: UploadRow | Filing, division: str) -> HttpResponse:
    sent = RowForm(request.POST, cells=kept.cells, problems={}).changed_cells()
    seen = preview(kept, sent, division=division, on=timezone.localdate())
    context = {"findings": finding_views(seen), "outcome": seen.outcome}
    return render(request, "portal/filings/row.html#findings", context)


def own_filing_or_404(request: HttpRequest, public_id: UUID) -> Filing:
    """The filing, if it is the person's own institution's."""
    filing = own_filing(actor_of(request), public_id)
    if filing is None:
        raise Http404
    return filing


@require_GET
@page_for(Action.FILING_READ_OWN)
def filing_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One filing: where it stands, who must act, what was found and decided."""
    filing = own_filing_or_404(request, public_id)
    context = {
        "filing": filing,
        "steps": filing_journey(filing, timezone.localdate()),
        "cells": cell_views(filing),
        "findings": finding_views(filing, current_decisions(filing)),
        "reviews": list(filing.reviews.all()),
        "may_correct": filing.state == FilingState.RETURNED.value,
        "may_change": may_change(filing, timezone.localdate()),
        "change": change_in_hand(filing),
        "has_versions": filing.version > 1 or filing.amends_id is not None,
        "crumbs": crumbs((filing.number, "")),
        "may_withdraw": FilingState(filing.state) in TRANSITIONS["withdraw"].sources,
    }
    return render(request, "portal/filings/filing.html", context)


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def correct_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A returned filing: correct it and hand it in again as its next version."""
    filing = own_filing_or_404(request, public_id)
    reasons: list[Any] = []
    shown: Shown = filing
    if request.method == "POST":
        sent = RowForm(request.POST, cells=filing.cells, problems={}).changed_cells()
        statement = request.POST.get("statement", "")
        try:
            resubmit_filing(
                filing=filing,
                cells=sent,
                statement=statement,
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refused:
            reasons = refusal_texts(refused.refusals)
            shown = preview(filing, sent, division=filing.division_id, on=timezone.localdate())
        else:
            messages.success(request, _("已改正并重新提交，正在等审核。"))
            return redirect("filings:own", public_id=filing.public_id)
    return _correction(request, filing, shown, reasons)


def _correction(
    request: HttpRequest, filing: Filing, shown: Shown, reasons: list[Any]
) -> HttpResponse:
    initial = {"statement": request.POST.get("statement", "")}
    context = {
        "filing": filing,
        "form": _form(shown),
        "findings": finding_views(shown),
        "statement": StatementForm(initial=initial),
        "reasons": reasons,
        "review": filing.reviews.first(),
        "check_url": reverse("filings:correct_check", args=[filing.public_id]),
        "crumbs": crumbs(
            (filing.number, reverse("filings:own", args=[filing.public_id])), (_("改正"), "")
        ),
    }
    status = 422 if reasons else 200
    return render(request, "portal/filings/correct.html", context, status=status)


@require_POST
@page_for(Action.FILING_FILE)
def correct_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same checks while a returned filing is being corrected."""
    filing = own_filing_or_404(request, public_id)
    return _live_findings(request, filing, filing.division_id)


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def withdraw_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask once more, then take the filing back."""
    filing = own_filing_or_404(request, public_id)
    form = WithdrawalForm(request.POST or None)
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_filing(
                filing=filing,
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refused:
            reasons = refusal_texts(refused.refusals)
        else:
            messages.success(request, _("已撤回。"))
            return redirect("filings:own", public_id=filing.public_id)
    context = {"filing": filing, "form": form, "reasons": reasons}
    return render(request, "portal/filings/withdraw.html", context, status=422 if reasons else 200)
