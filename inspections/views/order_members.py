"""Replacing a member of an order outside the draw: proposed by one person, agreed by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.forms.orders import DeclineReplacementForm, ReplaceMemberForm
from inspections.models import InspectionOrder, OrderMember, OrderReplacement
from inspections.selectors.orders import may_step_in, member_of, replacement_for
from inspections.services.order_replacements import (
    approve_replacement,
    ask_replacement,
    decline_replacement,
)
from inspections.views.orders import order_or_404
from inspections.views.pages import actor_of, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


def _crumbs(order: InspectionOrder, label: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("检查任务"), "url": reverse("inspections:orders")},
        {"label": order.number, "url": reverse("inspections:order", args=[order.number])},
        {"label": label},
    ]


def _seat_or_404(order: InspectionOrder, public_id: UUID) -> OrderMember:
    seat = member_of(order, public_id)
    if seat is None:
        raise Http404
    return seat


@page_for(Action.ORDER_PREPARE)
def replace_order_member(request: HttpRequest, number: str, public_id: UUID) -> HttpResponse:
    """Propose who steps in for somebody who cannot go."""
    order = order_or_404(request, number)
    seat = _seat_or_404(order, public_id)
    offered = may_step_in(order, seat.inspector, timezone.localdate())
    form = ReplaceMemberForm(posted(request), offered=offered)
    return form_page(
        request,
        form=form,
        act=lambda: ask_replacement(
            order=order,
            out=seat.inspector,
            **form.cleaned_data,
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:order", args=[number]),
        done=_("已提出换人，等第二人同意。"),
        context={
            "title": _("换下 %(name)s") % {"name": seat.inspector.name},
            "lede": _("人员是第二人批准过的，换人也要另一个人同意；同意以前仍由原来的人员检查。"),
            "submit": _("提出换人"),
            "crumbs": _crumbs(order, _("换人")),
        },
    )


def _replacement_or_404(order: InspectionOrder, public_id: UUID) -> OrderReplacement:
    row = replacement_for(order, public_id)
    if row is None:
        raise Http404
    return row


@require_POST
@page_for(Action.ORDER_APPROVE)
def approve_member(request: HttpRequest, number: str, public_id: UUID) -> HttpResponse:
    """Agree to a replacement."""
    row = _replacement_or_404(order_or_404(request, number), public_id)
    approve_replacement(replacement=row, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已换人。已经印好的合订本封面请改写人员。"))
    return redirect("inspections:order", number=number)


@page_for(Action.ORDER_APPROVE)
def decline_member(request: HttpRequest, number: str, public_id: UUID) -> HttpResponse:
    """Refuse a replacement, and say why."""
    order = order_or_404(request, number)
    row = _replacement_or_404(order, public_id)
    form = DeclineReplacementForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: decline_replacement(
            replacement=row, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:order", args=[number]),
        done=_("已记录，仍由原来的人员检查。"),
        context={
            "title": _("不同意换人"),
            "lede": f"{row.out.name} → {row.into.name}：{row.reason}",
            "submit": _("不同意这次换人"),
            "crumbs": _crumbs(order, _("不同意换人")),
        },
    )
