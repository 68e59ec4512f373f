"""Papers at the portal: what the bureau sent, to read, to save, and to confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.core.papers.kinds import PaperKind
from institutions.selectors.papers import papers_in
from institutions.services.papers_handing import confirm_receipt
from institutions.views.papers_pages import kept_file, paper_lines, paper_or_404
from institutions.views.register_pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 20


@require_GET
@page_for(Action.PAPER_READ_OWN)
def own_papers(request: HttpRequest) -> HttpResponse:
    """The papers of one's own institution, newest first."""
    rows = papers_in(actor_of(request), Action.PAPER_READ_OWN)
    rows = rows.exclude(kind=PaperKind.SERVICE_RECEIPT.value)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "lines": paper_lines(page.object_list)}
    return render(request, "portal/papers/list.html", context)


@require_GET
@page_for(Action.PAPER_READ_OWN)
def own_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The kept PDF of one's own paper."""
    return kept_file(paper_or_404(request, public_id, Action.PAPER_READ_OWN))


@require_POST
@page_for(Action.PAPER_READ_OWN)
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm that the paper has arrived."""
    paper = paper_or_404(request, public_id, Action.PAPER_READ_OWN)
    try:
        confirm_receipt(paper=paper, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.warning(request, reason.text)
    else:
        messages.success(request, _("已确认收到。"))
    return redirect("papers:portal")
