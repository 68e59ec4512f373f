"""One's own account and desks; stand-ins and hand-overs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.forms.desks import HandOverForm, StandInForm
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import (
    appointment_by_public_id,
    appointments_in,
    desks_of,
    hand_overs_in,
    stand_ins_in,
)
from regulator.accounts.selectors.people import colleagues_of
from regulator.accounts.services import appoint_stand_in, end_stand_in, hand_over
from regulator.accounts.views.access import page_for, signed_in
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@signed_in
def account_page(request: HttpRequest) -> HttpResponse:
    """My account: who I am here, at which desks, and who stands in for me."""
    user: Any = request.user
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "desks": desks_of(user, timezone.localdate()),
        "stand_ins": stand_ins_in(actor),
        "hand_overs": hand_overs_in(actor),
    }
    return render(request, "accounts/account.html", context)


def _desk_or_404(request: HttpRequest, public_id: str) -> Appointment:
    desk = appointment_by_public_id(public_id)
    actor = request.actor  # type: ignore[attr-defined]
    if desk is None or not appointments_in(actor).filter(pk=desk.pk).exists():
        raise Http404
    return desk


@page_for(Action.STAND_IN_APPOINT)
def stand_in_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name a stand-in for a desk."""
    desk, actor = _desk_or_404(request, public_id), request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    initial = {"starts_on": today, "ends_before": today + timedelta(days=7)}
    form = StandInForm(colleagues_of(actor, today), request.POST or None, initial=initial)
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        deputy = values.pop("colleague")
        try:
            appoint_stand_in(desk, deputy=deputy, actor=actor, at=timezone.now(), **values)
        except Refused as refused:
            refusals = refusal_texts(refused.refusals)
        else:
            messages.success(request, _("已指定 %(name)s 代岗。") % {"name": deputy.name})
            return redirect("accounts:account")
    context = {"desk": desk, "form": form, "refusals": refusals}
    return render(request, "accounts/stand_in.html", context)


@page_for(Action.STAND_IN_APPOINT)
def stand_in_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a stand-in from tomorrow on (or from its second day)."""
    actor = request.actor  # type: ignore[attr-defined]
    stand_in = stand_ins_in(actor).filter(public_id=public_id).first()
    if stand_in is None:
        raise Http404
    if request.method == "POST":
        tomorrow = timezone.localdate() + timedelta(days=1)
        earliest = stand_in.starts_on + timedelta(days=1)
        end_stand_in(stand_in, ends_before=max(tomorrow, earliest), actor=actor, at=timezone.now())
        messages.success(request, _("代岗到今天为止。"))
        return redirect("accounts:account")
    return render(request, "accounts/stand_in_end.html", {"stand_in": stand_in})


@page_for(Action.HAND_OVER)
def hand_over_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand a desk over to a colleague."""
    desk, actor = _desk_or_404(request, public_id), request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    form = HandOverForm(colleagues_of(actor, today), request.POST or None, initial={"on": today})
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(
                desk,
                successor=form.cleaned_data["colleague"],
                on=form.cleaned_data["on"],
                note=form.cleaned_data["note"],
                open_work={},
                actor=actor,
                at=timezone.now(),
            )
        except Refused as refused:
            refusals = refusal_texts(refused.refusals)
        else:
            messages.success(request, _("岗位已交接。"))
            return redirect("accounts:account")
    context = {"desk": desk, "form": form, "refusals": refusals}
    return render(request, "accounts/hand_over.html", context)
