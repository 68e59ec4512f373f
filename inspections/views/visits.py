"""The desk's pages of visits: what is planned, approved, under way, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.forms.visits import SettlementForm, VisitFilterForm
from inspections.models import Visit
from inspections.selectors.visit_view import visit_history, visit_view
from inspections.selectors.visits import kept_records, visit_for
from inspections.selectors.visits_desk import (
    awaiting_approval,
    drawn_draw,
    order_of_division,
    plannable,
    planned_of_task,
    visits_filtered,
)
from inspections.selectors.withholding import may_ask_withholding, requests_of, withholding_of
from inspections.services.field_sync import settle_kept
from inspections.services.visit_pictures import record_photo_opening
from inspections.services.visit_planning import approve_visits, plan_order_visits, plan_visits
from inspections.views.pages import actor_of, picture_response
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refusal, Refused

PAGE_ROWS = 50
_PNG = "image/png"


@require_GET
@page_for(Action.DRAW_READ)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits that the desk may know, what waits for approval, what may be planned."""
    actor = actor_of(request)
    form = VisitFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"task": "", "state": ""}
    rows = visits_filtered(actor, number=chosen["task"].strip(), state=chosen["state"])
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "waiting": awaiting_approval(actor),
        "plannable": plannable(actor) if may(actor, Action.VISIT_PLAN) else [],
        "may_approve": may(actor, Action.VISIT_APPROVE),
    }
    return render(request, "desk/inspections/visits.html", context)


def _to_list(request: HttpRequest, words: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect("inspections:visits")


@require_POST
@page_for(Action.VISIT_PLAN)
def plan_draw(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the visits of a draw."""
    actor = actor_of(request)
    draw = drawn_draw(actor, number)
    if draw is None:
        raise Http404
    visits = plan_visits(draw=draw, actor=actor, at=timezone.now())
    return _to_list(request, _("已安排 %(count)s 次检查，等待审批。") % {"count": len(visits)})


@require_POST
@page_for(Action.VISIT_PLAN)
def plan_order(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the visits of an order."""
    actor = actor_of(request)
    order = order_of_division(actor, number)
    if order is None:
        raise Http404
    visits = plan_order_visits(order=order, actor=actor, at=timezone.now())
    return _to_list(request, _("已安排 %(count)s 次检查，等待审批。") % {"count": len(visits)})


@require_POST
@page_for(Action.VISIT_APPROVE)
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve every planned visit of a draw or an order; the leader sees how many, not whom."""
    actor = actor_of(request)
    planned = planned_of_task(actor, number)
    if not planned:
        raise Http404
    visits = approve_visits(visits=planned, actor=actor, at=timezone.now())
    return _to_list(request, _("已审批 %(count)s 次检查。") % {"count": len(visits)})


def _visit_or_404(request: HttpRequest, public_id: UUID) -> Visit:
    visit = visit_for(actor_of(request), public_id)
    if visit is None:
        raise Http404
    return visit


@require_GET
@page_for(Action.DRAW_READ)
def visit_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One visit: its steps, its answers, its photos, where it was, what was refused."""
    visit = _visit_or_404(request, public_id)
    context = {
        "visit": visit,
        "view": visit_view(visit),
        "kept": kept_records(visit),
        "may_settle": may(actor_of(request), Action.VISIT_KEEP),
        "may_ask_withholding": may_ask_withholding(actor_of(request), visit),
        "requests": requests_of(visit),
        "withholding": withholding_of(visit),
        "history": visit_history(visit)[:30],
        "crumbs": [
            {"label": _("现场检查"), "url": reverse("inspections:visits")},
            {"label": visit.register_id},
        ],
    }
    return render(request, "desk/inspections/visit.html", context)


@require_GET
@page_for(Action.DRAW_READ)
def photo(request: HttpRequest, public_id: UUID, photo_id: UUID) -> HttpResponse:
    """A photo of a visit that the desk may know; that it was opened is an event."""
    row = _visit_or_404(request, public_id).photos.filter(public_id=photo_id).first()
    if row is None:
        raise Http404
    record_photo_opening(photo=row, actor=actor_of(request), at=timezone.now())
    return picture_response(row.sha256, row.media_type)


@require_GET
@page_for(Action.DRAW_READ)
def signature(request: HttpRequest, public_id: UUID, signature_id: UUID) -> HttpResponse:
    """A signature of a visit that the desk may know."""
    row = _visit_or_404(request, public_id).signatures.filter(public_id=signature_id).first()
    if row is None:
        raise Http404
    return picture_response(row.sha256, _PNG)


@require_POST
@page_for(Action.VISIT_KEEP)
def settle(request: HttpRequest, public_id: UUID, kept_id: UUID) -> HttpResponse:
    """Say what became of a delivery that was refused."""
    visit = _visit_or_404(request, public_id)
    row = visit.kept.filter(public_id=kept_id).first()
    if row is None:
        raise Http404
    form = SettlementForm(request.POST)
    if not form.is_valid():
        raise Refused(Refusal("visit.settlement_missing"))
    settle_kept(
        kept=row,
        settlement=form.cleaned_data["settlement"],
        actor=actor_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("已记下怎样处理。"))
    return redirect("inspections:visit", public_id=public_id)
