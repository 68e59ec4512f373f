"""Draws at the desk: the list, one draw, a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.forms.draws import DrawPlanForm, RevealForm, VoidForm
from inspections.models import PlanLine
from inspections.selectors.draw_view import draw_steps
from inspections.selectors.draws import (
    draws_in,
    exclusions_of,
    frame_seats,
    frame_strata,
    readings_of,
)
from inspections.selectors.plans import drawable_lines, line_for, planned_draw
from inspections.selectors.preview import FrameChoices, frame_choices, preview_frame, visit_cap
from inspections.selectors.publication import draw_progress
from inspections.services.draw_ceremony import request_void, reveal_draw, void_draw
from inspections.services.draw_preparing import (
    approve_exclusions,
    freeze_frame,
    publish_commitment,
)
from inspections.views.pages import (
    actor_of,
    attempt,
    crumbs_to,
    draw_or_404,
    form_page,
    posted,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


@require_GET
@page_for(Action.DRAW_READ)
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every draw that the desk reaches, the newest first."""
    actor = actor_of(request)
    page = Paginator(draws_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "may_prepare": may(actor, Action.DRAW_PREPARE)}
    return render(request, "desk/inspections/draws.html", context)


@require_GET
@page_for(Action.DRAW_READ)
def draw_page(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: where it stands, what its frame is, what comes next."""
    draw = draw_or_404(request, number)
    context = {
        "draw": draw,
        "frame": draw.frame,
        "view": draw_steps(draw, actor_of(request)),
        "strata": frame_strata(draw),
        "seats": frame_seats(draw),
        "exclusions": exclusions_of(draw),
        "readings": readings_of(draw),
        "crumbs": crumbs_to(draw),
    }
    return render(request, "desk/inspections/draw.html", context)


@page_for(Action.DRAW_PREPARE)
def new_draw(request: HttpRequest) -> HttpResponse:
    """Plan a draw: look at the frame it would give, then fix it."""
    actor, now = actor_of(request), timezone.now()
    line = _line_or_404(request)
    choices = _choices(actor, line)
    planned = planned_draw(line, choices.tiers) if line else None
    form = DrawPlanForm(posted(request), choices=choices, planned=planned)
    crumbs = [{"label": _("抽查任务"), "url": reverse("inspections:draws")}]
    crumbs.append({"label": _("准备一次抽查")})
    context: dict[str, Any] = {"form": form, "choices": choices, "crumbs": crumbs, "line": line}
    context["lines"] = [] if line else drawable_lines(actor.division, now.year)
    if request.method == "POST" and form.is_valid():
        plan = form.plan()
        if request.POST.get("step") == "freeze":
            refusals = attempt(form, lambda: _freeze(request, plan, line))
            if not refusals:
                return redirect("inspections:draw", number=request.session.pop("frozen"))
            context["reasons"] = refusals
        else:
            preview = preview_frame(division=actor.division, plan=plan, at=now)
            context["preview"] = preview
            context["reasons"] = refusal_texts(preview.reasons)
    return render(request, "desk/inspections/new_draw.html", context)


def _choices(actor: Actor, line: PlanLine | None) -> FrameChoices:
    today = timezone.localdate()
    return frame_choices(
        division=actor.division,
        on=today,
        cap=visit_cap(actor.division, today),
        categories=line.categories if line else (),
    )


def _line_or_404(request: HttpRequest) -> PlanLine | None:
    """The line of the annual plan that the address names, None where it names none."""
    wanted = request.GET.get("line", "")
    if not wanted:
        return None
    line = line_for(actor_of(request), wanted)
    if line is None:
        raise Http404
    return line


def _freeze(request: HttpRequest, plan: Any, line: PlanLine | None) -> None:
    actor = actor_of(request)
    draw = freeze_frame(
        division=actor.division, plan=plan, line=line, actor=actor, at=timezone.now()
    )
    request.session["frozen"] = draw.number
    messages.success(
        request,
        _("抽查 %(number)s 的抽查框已固定，请另一名人员复核并公布承诺。") % {"number": draw.number},
    )


@require_POST
@page_for(Action.DRAW_APPROVE)
def approve_draw_exclusions(request: HttpRequest, number: str) -> HttpResponse:
    """The second officer approves what the frame leaves out."""
    draw = draw_or_404(request, number)
    approve_exclusions(draw=draw, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("排除记录已复核。"))
    return redirect("inspections:draw", number=number)


@require_POST
@page_for(Action.DRAW_APPROVE)
def commit_draw(request: HttpRequest, number: str) -> HttpResponse:
    """The second officer publishes the commitment."""
    draw = draw_or_404(request, number)
    publish_commitment(draw=draw, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("承诺已公布，公众现在可以看到抽查框和承诺值。"))
    return redirect("inspections:draw", number=number)


@page_for(Action.DRAW_REVEAL)
def reveal_page(request: HttpRequest, number: str) -> HttpResponse:
    """Publish everything, once the last visit has ended."""
    draw = draw_or_404(request, number)
    progress = draw_progress(draw, today=timezone.localdate())
    form = RevealForm(posted(request), known=progress.last_visit_ended_at)
    return form_page(
        request,
        form=form,
        act=lambda: reveal_draw(
            draw=draw,
            last_visit_ended_at=form.cleaned_data["last_visit_ended_at"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:draw", args=[number]),
        done=_("抽查已揭晓，名单、密钥和全部结果已经公开。"),
        context={
            "title": _("揭晓抽查 %(number)s") % {"number": number},
            "lede": _("揭晓之后，名单、检查人员编号和密钥对所有人公开，不能收回。"),
            "submit": _("揭晓并公布"),
            "crumbs": crumbs_to(draw, _("揭晓")),
        },
    )


@page_for(Action.DRAW_VOID)
def void_page(request: HttpRequest, number: str) -> HttpResponse:
    """Void a draw, or ask for it where the randomness is known."""
    draw = draw_or_404(request, number)
    form = VoidForm(posted(request))
    act = request_void if draw.randomness else void_draw
    return form_page(
        request,
        form=form,
        act=lambda: act(
            draw=draw,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:draw", args=[number]),
        done=_("已记录。") if draw.randomness else _("抽查已作废，原因和密钥已经公布。"),
        context=_void_context(draw, number),
    )


def _void_context(draw: Any, number: str) -> dict[str, Any]:
    after = _("读数已经产生：提出申请后，由另一个部门的人员会签才作废。编号保留，结果照样公布。")
    before = _("作废后编号保留，抽查框、密钥和原因会公布，不能恢复。")
    return {
        "title": _("作废抽查 %(number)s") % {"number": number},
        "lede": after if draw.randomness else before,
        "submit": _("提出作废") if draw.randomness else _("作废"),
        "danger": True,
        "crumbs": crumbs_to(draw, _("作废")),
    }


@require_POST
@page_for(Action.DRAW_VOID)
def sign_void(request: HttpRequest, number: str) -> HttpResponse:
    """Another department countersigns a void."""
    draw = draw_or_404(request, number)
    void_draw(draw=draw, reason="", actor=actor_of(request), at=timezone.now())
    messages.success(request, _("抽查已作废，原因和密钥已经公布。"))
    return redirect("inspections:draw", number=number)
