"""Inspection orders outside the draw at the desk, and leads from those who may not inspect."""

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

from inspections.core.orders import MOVES, OrderState
from inspections.forms.orders import LeadAnswerForm, LeadForm, OrderForm, WithdrawOrderForm
from inspections.models import InspectionOrder, Lead
from inspections.selectors.orders import (
    inspecting_departments,
    inspectors_of,
    leads_in,
    order_for,
    orders_in,
    replacements_of,
)
from inspections.services.leads import answer_lead, report_lead
from inspections.services.orders import (
    approve_order,
    draft_order,
    end_order,
    revise_order,
    start_order,
    withdraw_order,
)
from inspections.views.pages import actor_of, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.selectors.people import departments
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor

PAGE_ROWS = 50
_GOING = ("approved", "running")
_STEPS = {"approve": approve_order, "start": start_order, "end": end_order}


def order_or_404(request: HttpRequest, number: str) -> InspectionOrder:
    """An order that the actor's desk reaches."""
    order = order_for(actor_of(request), number)
    if order is None:
        raise Http404
    return order


def _crumbs(*labels: Any) -> list[dict[str, Any]]:
    crumbs = [{"label": _("检查任务"), "url": reverse("inspections:orders")}]
    return [*crumbs, *({"label": label} for label in labels)]


@require_GET
@page_for(Action.ORDER_READ)
def order_list(request: HttpRequest) -> HttpResponse:
    """Campaigns, patrols, complaint checks and re-checks, the newest first."""
    actor = actor_of(request)
    page = Paginator(orders_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "may_prepare": may(actor, Action.ORDER_PREPARE)}
    return render(request, "desk/inspections/orders.html", context)


@require_GET
@page_for(Action.ORDER_READ)
def order_page(request: HttpRequest, number: str) -> HttpResponse:
    """One order: what it rests on, where its teams go, what comes next."""
    order, actor = order_or_404(request, number), actor_of(request)
    target = Target(order.division_id, order.lead_department_id)
    names = {one.code: str(one) for one in departments()}
    context = {
        "order": order,
        "replacements": replacements_of(order),
        **_rights(order, actor, target),
        "joint": [names[code] for code in order.joint_departments],
        "targets": order.targets.select_related("premises__institution"),
        "members": order.members.select_related("inspector__department"),
        "leads": order.leads.all(),
        "moves": {
            move.name: OrderState(order.state) in move.sources and may(actor, move.action, target)
            for move in MOVES.values()
        },
        "is_drafter": order.drafted_by_user == actor.user_id,
        "crumbs": _crumbs(order.number),
    }
    return render(request, "desk/inspections/order.html", context)


def _rights(order: InspectionOrder, actor: Actor, target: Target) -> dict[str, Any]:
    """What the desk may do with an order besides its moves."""
    prepares = may(actor, Action.ORDER_PREPARE, target)
    return {
        "actor_user": actor.user_id,
        "may_revise": order.state == "drafted" and prepares,
        "may_replace": order.state in _GOING and prepares,
        "may_agree": may(actor, Action.ORDER_APPROVE, target),
        "may_print": order.state in (*_GOING, "ended")
        and may(actor, Action.CHECKLIST_PRINT, Target(order.division_id)),
    }


def _form(request: HttpRequest, order: InspectionOrder | None = None) -> OrderForm:
    actor, today = actor_of(request), timezone.localdate()
    bodies = inspecting_departments(actor.division, today)
    codes = [actor.department, *(one.code for one in bodies)]
    return OrderForm(
        posted(request),
        lead=actor.department,
        departments=bodies,
        inspectors=inspectors_of(actor.division, codes, today),
        order=order,
    )


@page_for(Action.ORDER_PREPARE)
def new_order(request: HttpRequest) -> HttpResponse:
    """Draft an order of the actor's own department."""
    actor, form = actor_of(request), _form(request)
    return form_page(
        request,
        form=form,
        act=lambda: draft_order(
            division=actor.division, draft=form.draft(), actor=actor, at=timezone.now()
        ),
        back=reverse("inspections:orders"),
        done=_("已起草，请另一名人员批准。"),
        context={
            "title": _("起草检查任务"),
            "lede": _("由您所在的部门发起。不是抽中的检查：要有依据，要另一名人员批准。"),
            "submit": _("起草"),
            "crumbs": _crumbs(_("起草")),
        },
    )


@page_for(Action.ORDER_PREPARE)
def edit_order(request: HttpRequest, number: str) -> HttpResponse:
    """Change a drafted order."""
    order = order_or_404(request, number)
    form = _form(request, order)
    return form_page(
        request,
        form=form,
        act=lambda: revise_order(
            order=order, draft=form.draft(), actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:order", args=[number]),
        done=_("已修改。最后修改的人不能批准。"),
        context={"title": _("修改检查任务"), "crumbs": _crumbs(order.number, _("修改"))},
    )


@require_POST
@page_for(Action.ORDER_READ)
def move_order(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Approve, start or end an order; the service asks who may."""
    order = order_or_404(request, number)
    if move not in _STEPS:
        raise Http404
    _STEPS[move](order=order, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已办理。"))
    return redirect("inspections:order", number=number)


@page_for(Action.ORDER_PREPARE)
def withdraw_page(request: HttpRequest, number: str) -> HttpResponse:
    """Take an order back before anybody goes out."""
    order = order_or_404(request, number)
    form = WithdrawOrderForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: withdraw_order(
            order=order,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:order", args=[number]),
        done=_("已撤回，编号保留。"),
        context={
            "title": _("撤回检查任务 %(number)s") % {"number": number},
            "submit": _("撤回"),
            "danger": True,
            "crumbs": _crumbs(order.number, _("撤回")),
        },
    )


@require_GET
@page_for(Action.LEAD_REPORT)
def lead_list(request: HttpRequest) -> HttpResponse:
    """Leads: what came in, where it went, what became of it."""
    actor = actor_of(request)
    page = Paginator(leads_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    lines = [(row, row.state == "open" and _may_answer(request, row)) for row in page]
    return render(request, "desk/inspections/leads.html", {"page": page, "lines": lines})


def _may_answer(request: HttpRequest, lead: Lead) -> bool:
    target = Target(lead.division_id, lead.to_department_id)
    return may(actor_of(request), Action.ORDER_PREPARE, target)


@page_for(Action.LEAD_REPORT)
def new_lead(request: HttpRequest) -> HttpResponse:
    """Report a lead."""
    form = LeadForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: _report(request, form),
        back=reverse("inspections:leads"),
        done=_("线索已转给所选部门。"),
        context={
            "title": _("提供线索"),
            "lede": _(
                "议事协调机构、第三方、网格员和没有执法证的人员不得检查，看到的可以报在这里。"
            ),
            "submit": _("提供"),
            "crumbs": _lead_crumbs(_("提供")),
        },
    )


def _report(request: HttpRequest, form: LeadForm) -> Lead:
    data, actor = form.cleaned_data, actor_of(request)
    return report_lead(
        division=actor.division,
        source=data["source"],
        source_name=data["source_name"],
        text=data["text"],
        to_department=data["to_department"].code,
        register_id=data["register_id"],
        actor=actor,
        at=timezone.now(),
    )


def _lead_crumbs(label: Any) -> list[dict[str, Any]]:
    return [{"label": _("线索"), "url": reverse("inspections:leads")}, {"label": label}]


@page_for(Action.ORDER_PREPARE)
def answer_lead_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what became of a lead."""
    lead = leads_in(actor_of(request)).filter(public_id=public_id).first()
    if lead is None:
        raise Http404
    form = LeadAnswerForm(posted(request), lead=lead)
    return form_page(
        request,
        form=form,
        act=lambda: answer_lead(
            lead=lead, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:leads"),
        done=_("已记录处理情况。"),
        context={"title": _("处理线索"), "lede": lead.text, "crumbs": _lead_crumbs(_("处理"))},
    )
