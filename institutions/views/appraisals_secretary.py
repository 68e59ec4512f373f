"""The secretary's pages: the list of experts, seating a panel, challenges. Names leave a trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.forms.appraisals import (
    ChallengeAnswerForm,
    ChooseForm,
    DrawForm,
    MemberForm,
)
from institutions.models import Appraisal, PanelMember
from institutions.selectors.appraisals import (
    challenge_of,
    chosen_members,
    chosen_seats,
    eligible_members,
    expert_desks,
    member_for,
    members_of,
)
from institutions.services.appraisal_panels import (
    decide_challenge,
    draw_panel,
    name_panel,
    replace_members,
    show_panel,
)
from institutions.services.expert_panel import add_member, end_member, show_members, show_names
from institutions.views.appraisals_desk import acted, appraisal_or_404, case_page, incomplete
from institutions.views.filings_portal import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@require_GET
@page_for(Action.PANEL_MANAGE)
def experts(request: HttpRequest) -> HttpResponse:
    """How many experts of which field; names are shown on request alone."""
    return _experts_page(request)


def _experts_page(
    request: HttpRequest, *, reasons: list[Any] | None = None, **more: Any
) -> HttpResponse:
    members = list(members_of(actor_of(request).division))
    context = {
        "members": [{"member": one, "name": ""} for one in members],
        "count": sum(one.ends_before is None for one in members),
        "reasons": reasons or [],
        **more,
    }
    return render(request, "desk/appraisals/experts.html", context, status=422 if reasons else 200)


@require_POST
@page_for(Action.PANEL_MANAGE)
def experts_shown(request: HttpRequest) -> HttpResponse:
    """The list with names, and the form to enter one; the look is recorded."""
    actor = actor_of(request)
    shown = show_members(actor=actor, at=timezone.now())
    return _experts_page(
        request,
        members=[{"member": one.member, "name": one.name} for one in shown],
        shown=True,
        form=_member_form(actor),
    )


def _member_form(actor: Actor, data: Any = None) -> MemberForm:
    desks = expert_desks(actor.division, timezone.localdate())
    options = [(str(desk.public_id), desk.user.name) for desk in desks]
    return MemberForm(data, options=options)


@require_POST
@page_for(Action.PANEL_MANAGE)
def expert_add(request: HttpRequest) -> HttpResponse:
    """Enter an expert in the list."""
    actor = actor_of(request)
    form = _member_form(actor, request.POST)
    if not form.is_valid():
        return _experts_page(request, shown=True, form=form)
    desks = expert_desks(actor.division, timezone.localdate())
    desk = desks.get(public_id=form.cleaned_data["appointment"])
    try:
        add_member(
            appointment=desk,
            field=form.cleaned_data["field"],
            declared_on=form.cleaned_data["declared_on"],
            actor=actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _experts_page(request, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("已列入专家名单。"))
    return redirect("appraisals:experts")


@require_POST
@page_for(Action.PANEL_MANAGE)
def expert_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an expert off the list."""
    member = member_for(actor_of(request), public_id)
    if member is None:
        raise Http404
    try:
        end_member(member=member, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        return _experts_page(request, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("已移出专家名单。"))
    return redirect("appraisals:experts")


@require_POST
@page_for(Action.PANEL_MANAGE)
def names(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who sits there, who may be named, and whom the institution wants kept away; recorded."""
    appraisal = appraisal_or_404(request, public_id)
    return case_page(request, appraisal, **_named(actor_of(request), appraisal))


def _named(actor: Actor, appraisal: Appraisal) -> dict[str, Any]:
    at = timezone.now()
    panel = show_panel(appraisal=appraisal, actor=actor, at=at)
    seats = list(appraisal.seats.order_by("number"))
    more: dict[str, Any] = {
        "names": [(seat.number, panel.names[seat.number]) for seat in seats],
        "challenges": [
            {
                "challenge": one,
                "statement": panel.statements[one.public_id],
                "form": _challenge_form(appraisal, panel.names) if not one.decided_at else None,
            }
            for one in appraisal.challenges.all()
        ],
    }
    return {**more, **_naming(actor, appraisal, at)}


def _naming(actor: Actor, appraisal: Appraisal, at: datetime) -> dict[str, Any]:
    """Who may be named, where a panel or a chair is to be filled."""
    empty = appraisal.seats.filter(left_at__isnull=False, is_replaced=False).exists()
    if appraisal.state != "opened" and not (appraisal.state == "voting" and empty):
        return {}
    members = list(eligible_members(appraisal, timezone.localdate(at)))
    options = [
        (str(one.member.public_id), f"{one.name}（{one.member.get_field_display()}）")
        for one in show_names(members, actor=actor, at=at)
    ]
    where = "appraisals:seat" if appraisal.state == "opened" else "appraisals:replace"
    return {
        "name_form": ChooseForm(options=options, label=_("能参加的专家")),
        "name_url": reverse(where, args=[appraisal.public_id]),
    }


def _challenge_form(
    appraisal: Appraisal, names_by_number: Any, data: Any = None
) -> ChallengeAnswerForm:
    options = [
        (str(seat.public_id), f"{seat.number} {names_by_number.get(seat.number, '')}".strip())
        for seat in appraisal.seats.order_by("number")
        if seat.counts
    ]
    return ChallengeAnswerForm(data, options=options, label=_("准予回避的席位（都不选就是不准）"))


@require_POST
@page_for(Action.PANEL_MANAGE)
def draw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draw a panel by lot."""
    appraisal = appraisal_or_404(request, public_id)
    form = DrawForm(request.POST)
    if not form.is_valid():
        return incomplete(request, appraisal)

    def act() -> object:
        return draw_panel(
            appraisal=appraisal,
            count=int(form.cleaned_data["count"]),
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("专家组已抽取，专家会收到通知。"))


def _members(request: HttpRequest) -> list[PanelMember]:
    return chosen_members(actor_of(request), request.POST.getlist("chosen"))


@require_POST
@page_for(Action.PANEL_MANAGE)
def seat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name a panel."""
    appraisal = appraisal_or_404(request, public_id)

    def act() -> object:
        return name_panel(
            appraisal=appraisal,
            members=_members(request),
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("专家组已组成，专家会收到通知。"))


@require_POST
@page_for(Action.PANEL_MANAGE)
def replace(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Fill the empty chairs."""
    appraisal = appraisal_or_404(request, public_id)

    def act() -> object:
        return replace_members(
            appraisal=appraisal,
            members=_members(request),
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("已补选，专家会收到通知。"))


@require_POST
@page_for(Action.PANEL_MANAGE)
def answer_challenge(request: HttpRequest, public_id: UUID, challenge_id: UUID) -> HttpResponse:
    """Answer a challenge."""
    appraisal = appraisal_or_404(request, public_id)
    challenge = challenge_of(appraisal, challenge_id)
    if challenge is None:
        raise Http404
    form = _challenge_form(appraisal, {}, request.POST)
    if not form.is_valid():
        return incomplete(request, appraisal)

    def act() -> object:
        return decide_challenge(
            challenge=challenge,
            seats=chosen_seats(appraisal, form.cleaned_data["chosen"]),
            answer=form.cleaned_data["answer"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("已答复回避申请。"))
