"""The fee supervisor's look at erasing: what is held back and why, what was erased."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.core.erasure import retention_refusals
from fees.selectors.retention import coming_count, due_in, erased_in, erasure_facts
from fees.views.desk import PAGE_ROWS, actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.web.refusals import refusal_texts

_ERASED_SHOWN = 20


@require_GET
@page_for(Action.ESCROW_EDIT)
def retention(request: HttpRequest) -> HttpResponse:
    """Contracts whose day has come and what they wait for; the latest that were erased."""
    actor, today = actor_of(request), timezone.localdate()
    page = Paginator(due_in(actor, today), PAGE_ROWS).get_page(request.GET.get("page"))
    rows, erased = list(page.object_list), erased_in(actor)
    facts = erasure_facts(rows)
    context = {
        "page": page,
        "rows": [(row, refusal_texts(retention_refusals(facts[row.pk]))) for row in rows],
        "erased": erased[:_ERASED_SHOWN],
        "stats": [
            {"label": _("到期没有删除"), "value": page.paginator.count},
            {"label": _("30 天内到期"), "value": coming_count(actor, today)},
            {"label": _("已经删除"), "value": erased.count()},
        ],
    }
    return render(request, "desk/fees/retention.html", context)
