"""The annual plan at the desk, and as everybody reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.core.plans.states import MOVES, PlanState
from inspections.forms.plans import LineForm, NewPlanForm, PlanForm, SendBackForm
from inspections.models import AnnualPlan, PlanLine
from inspections.selectors.directories import published_items
from inspections.selectors.orders import inspecting_departments
from inspections.selectors.plans import line_for, line_views, plan_for, plans_in, public_plans
from inspections.services.plans import (
    approve_plan,
    draft_plan,
    publish_plan,
    remove_line,
    revise_plan,
    save_line,
    send_back_plan,
    submit_plan,
)
from inspections.views.pages import actor_of, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for

_STEPS = {"submit": submit_plan, "approve": approve_plan, "publish": publish_plan}


def _plan_or_404(request: HttpRequest, public_id: UUID) -> AnnualPlan:
    plan = plan_for(actor_of(request), public_id)
    if plan is None:
        raise Http404
    return plan


def _line_or_404(request: HttpRequest, public_id: UUID) -> PlanLine:
    line = line_for(actor_of(request), public_id)
    if line is None:
        raise Http404
    return line


def _crumbs(plan: AnnualPlan | None, *labels: Any) -> list[dict[str, Any]]:
    crumbs = [{"label": _("年度抽查计划"), "url": reverse("inspections:plans")}]
    if plan is not None:
        title = _("%(year)s 年第 %(version)s 版") % {"year": plan.year, "version": plan.version}
        crumbs.append({"label": title, "url": reverse("inspections:plan", args=[plan.public_id])})
    return [*crumbs, *({"label": label} for label in labels)]


@require_GET
@page_for(Action.PLAN_READ)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every version of every plan, the newest first."""
    actor = actor_of(request)
    context = {"plans": plans_in(actor), "may_prepare": may(actor, Action.PLAN_PREPARE)}
    return render(request, "desk/inspections/plans.html", context)


@require_GET
@page_for(Action.PLAN_READ)
def plan_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version: its lines, what they come to, how far their draws are, what comes next."""
    plan, actor = _plan_or_404(request, public_id), actor_of(request)
    target, state = Target(division=plan.division_id), PlanState(plan.state)
    context = {
        "plan": plan,
        "lines": line_views(plan, on=timezone.localdate()),
        "moves": {
            move.name: state in move.sources and may(actor, move.action, target)
            for move in MOVES.values()
        },
        "may_edit": plan.is_draft and may(actor, Action.PLAN_PREPARE, target),
        "may_draw": plan.state == "published" and may(actor, Action.DRAW_PREPARE, target),
        "is_submitter": plan.submitted_by_user == actor.user_id,
        "crumbs": _crumbs(plan),
    }
    return render(request, "desk/inspections/plan.html", context)


@page_for(Action.PLAN_PREPARE)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin a year's plan, or its next version with the lines of the one before."""
    actor = actor_of(request)
    form = NewPlanForm(posted(request), initial={"year": timezone.localdate().year})
    return form_page(
        request,
        form=form,
        act=lambda: draft_plan(
            division=actor.division, **form.cleaned_data, actor=actor, at=timezone.now()
        ),
        back=reverse("inspections:plans"),
        done=_("已起草，请写入抽查事项。"),
        context={
            "title": _("起草年度抽查计划"),
            "lede": _("已经公布的年度起草的是新的一版，带着上一版的各项。"),
            "submit": _("起草"),
            "crumbs": _crumbs(None, _("起草")),
        },
    )


@page_for(Action.PLAN_PREPARE)
def edit_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change title, basis and reason of a draft."""
    plan = _plan_or_404(request, public_id)
    form = PlanForm(posted(request), plan=plan)
    return form_page(
        request,
        form=form,
        act=lambda: revise_plan(
            plan=plan, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:plan", args=[public_id]),
        done=_("已保存。"),
        context={"title": _("修改计划"), "crumbs": _crumbs(plan, _("修改"))},
    )


@page_for(Action.PLAN_PREPARE)
def new_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a new line of a draft."""
    return _line_page(request, _plan_or_404(request, public_id), None)


@page_for(Action.PLAN_PREPARE)
def edit_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a line of a draft."""
    line = _line_or_404(request, public_id)
    return _line_page(request, line.plan, line)


def _line_page(request: HttpRequest, plan: AnnualPlan, line: PlanLine | None) -> HttpResponse:
    form = LineForm(
        posted(request),
        departments=inspecting_departments(plan.division_id, timezone.localdate()),
        items=published_items(division=plan.division_id),
        line=line,
    )
    return form_page(
        request,
        form=form,
        act=lambda: save_line(
            plan=plan, line=line, draft=form.draft(), actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:plan", args=[plan.public_id]),
        done=_("已写入。"),
        context={"title": _("计划事项"), "crumbs": _crumbs(plan, _("计划事项"))},
    )


@require_POST
@page_for(Action.PLAN_PREPARE)
def remove_line_now(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a line out of a draft."""
    line = _line_or_404(request, public_id)
    remove_line(line=line, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已删去。"))
    return redirect("inspections:plan", public_id=line.plan.public_id)


@require_POST
@page_for(Action.PLAN_READ)
def move_plan(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """Submit, approve or publish; the service asks who may."""
    plan = _plan_or_404(request, public_id)
    if move not in _STEPS:
        raise Http404
    _STEPS[move](plan=plan, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已办理。"))
    return redirect("inspections:plan", public_id=public_id)


@page_for(Action.PLAN_APPROVE)
def send_back_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a submitted plan be changed again."""
    plan = _plan_or_404(request, public_id)
    form = SendBackForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: send_back_plan(
            plan=plan,
            note=form.cleaned_data["note"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:plan", args=[public_id]),
        done=_("已退回。"),
        context={
            "title": _("退回计划"),
            "submit": _("退回"),
            "crumbs": _crumbs(plan, _("退回")),
        },
    )


@require_GET
def public_plan_list(request: HttpRequest) -> HttpResponse:
    """The published plans of every year and division."""
    rows = public_plans().filter(state="published")
    return render(request, "public/draws/plans.html", {"plans": rows})


@require_GET
def public_plan_page(request: HttpRequest, year: int) -> HttpResponse:
    """The published plans of a year, with the versions before and their reasons."""
    plans = list(public_plans().filter(year=year))
    if not plans:
        raise Http404
    today = timezone.localdate()
    context = {
        "year": year,
        "current": [
            (plan, line_views(plan, on=today)) for plan in plans if plan.state == "published"
        ],
        "versions": plans,
    }
    return render(request, "public/draws/plan.html", context)
