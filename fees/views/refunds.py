"""The refund desk: the list by due date, one request with its calculation, and what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.refunds import REFUND_MOVE_LABELS
from fees.core.refund_states import RefundState, moves_from
from fees.forms.refunds import RefundFilterForm
from fees.models import RefundRequest
from fees.selectors.insolvency import case_of
from fees.selectors.refunds import (
    history_of_request,
    proposals_of,
    request_counts,
    request_for,
    requests_in,
)
from fees.services.refund_payment import due_fen
from fees.services.refund_requests import read_reasons
from fees.views.desk import PAGE_ROWS, actor_of
from fees.views.refund_showing import (
    left_workdays,
    request_facts,
    request_steps,
    shown_calculation,
    shown_proposals,
    told_requests,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.database.sealing import Erased

_DESK_MOVES = ("decide", "pay", "close", "appeal", "withdraw")


def request_or_404(request: HttpRequest, public_id: UUID) -> RefundRequest:
    """A request that the actor's desk reaches."""
    row = request_for(actor_of(request), public_id)
    if row is None:
        raise Http404
    return row


def refund_crumbs(row: RefundRequest, label: str = "") -> list[dict[str, Any]]:
    """The way from the list over a request to a page of it."""
    way: list[dict[str, Any]] = [{"label": _("退费"), "url": reverse("fees:refunds")}]
    name = row.contract.number
    if not label:
        return [*way, {"label": name}]
    page = reverse("fees:refund", args=[row.public_id])
    return [*way, {"label": name, "url": page}, {"label": label}]


@require_GET
@page_for(Action.REFUND_READ)
def refund_list(request: HttpRequest) -> HttpResponse:
    """Every request that waits for somebody, the nearest due first; overdue ones are a filter."""
    actor, form, today = actor_of(request), RefundFilterForm(request.GET), timezone.localdate()
    filters = form.filters()
    page = Paginator(requests_in(actor, filters, today), PAGE_ROWS)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "page": shown,
        "rows": [(row, left_workdays(row.payment_deadline, today)) for row in shown],
        "stats": _stats(request_counts(actor, today)),
    }
    return render(request, "desk/fees/refunds.html", context)


def _stats(counts: dict[str, int]) -> list[dict[str, Any]]:
    url = reverse("fees:refunds")
    late = "breach" if counts["overdue"] else "ok"
    return [
        {"label": _("等机构答复"), "value": counts["asked"], "url": f"{url}?state=asked"},
        {"label": _("等核定"), "value": counts["to_decide"], "url": f"{url}?part=open"},
        {"label": _("等退款"), "value": counts["to_pay"], "url": f"{url}?state=decided"},
        {
            "label": _("逾期没有退"),
            "value": counts["overdue"],
            "url": f"{url}?part=overdue",
            "tone": late,
        },
    ]


@require_GET
@page_for(Action.REFUND_READ)
def refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: where it stands, how the amount comes out line by line, what may be done."""
    row, today = request_or_404(request, public_id), timezone.localdate()
    is_decided = bool(row.calculation)
    context = {
        "row": row,
        "crumbs": refund_crumbs(row),
        "facts": request_facts(row),
        "steps": request_steps(row, today),
        "decided": shown_calculation(row.calculation) if is_decided else None,
        "proposals": [] if is_decided else shown_proposals(proposals_of(row)),
        "moves": _moves(request, row),
        "case": case_of(row.contract.institution_id),
        "may_read": _may_handle(request, row),
        "events": told_requests(history_of_request(row)),
    }
    return render(request, "desk/fees/refund.html", context)


def _may_handle(request: HttpRequest, row: RefundRequest) -> bool:
    target = Target(division=row.contract.institution.division_id)
    return may(actor_of(request), Action.REFUND_HANDLE, target)


def _moves(request: HttpRequest, row: RefundRequest) -> list[dict[str, Any]]:
    """What this desk may do next; the first is the one that leads on."""
    actor = actor_of(request)
    target = Target(division=row.contract.institution.division_id)
    names = {move.name: move for move in moves_from(RefundState(row.state))}
    order = ("pay", "close", *_DESK_MOVES) if row.state == "decided" else _DESK_MOVES
    found = []
    if row.state == "decided" and due_fen(row):
        names.pop("close")  # what is due is paid first
    for name in dict.fromkeys(order):
        if name in names and may(actor, names[name].action, target):
            url = reverse(f"fees:refund_{name}", args=[row.public_id])
            leads_on = name != "withdraw"
            found.append({"label": REFUND_MOVE_LABELS[name], "url": url, "leads_on": leads_on})
    return found


@require_GET
@page_for(Action.REFUND_HANDLE)
def refund_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What parent and institution wrote; that it was read is kept."""
    row = request_or_404(request, public_id)
    labels = {
        "reason": _("家长的理由"),
        "answer_reason": _("机构的异议"),
        "decision_reason": _("核定的理由"),
        "appeal_reason": _("对核定的异议"),
    }
    try:
        words = read_reasons(row, actor=actor_of(request), at=timezone.now())
    except Erased:
        words = {}
    context = {
        "row": row,
        "crumbs": refund_crumbs(row, _("各方的说明")),
        "words": [(labels[name], text) for name, text in words.items() if text],
    }
    response = render(request, "desk/fees/refund_words.html", context)
    response["Cache-Control"] = "no-store"
    return response
