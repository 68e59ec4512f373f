"""Users and their desks, for who manages accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.forms.desks import AppointmentForm, UserForm
from regulator.accounts.models import User
from regulator.accounts.selectors.people import user_by_public_id, users_in
from regulator.accounts.services import appoint, change_password, create_user, set_user_active
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_ROWS = 50


def _may_manage(request: HttpRequest) -> bool:
    return may(request.actor, Action.ACCOUNT_MANAGE)  # type: ignore[attr-defined]


@page_for(Action.ACCOUNT_READ)
def people_page(request: HttpRequest) -> HttpResponse:
    """The users of the division."""
    users = users_in(request.actor)  # type: ignore[attr-defined]
    wanted = request.GET.get("q", "").strip()
    if wanted:
        users = users.filter(name__icontains=wanted) | users.filter(username__icontains=wanted)
    page = Paginator(users, _ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "q": wanted, "may_manage": _may_manage(request)}
    return render(request, "accounts/people.html", context)


@page_for(Action.ACCOUNT_MANAGE)
def person_new(request: HttpRequest) -> HttpResponse:
    """Make a user."""
    form, refusals = UserForm(request.POST or None), []
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            user = create_user(
                division=actor.division, actor=actor, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            refusals = refusal_texts(refused.refusals)
        else:
            change_password(
                user,
                password=form.cleaned_data["password"],
                must_change=True,
                actor=actor,
                at=timezone.now(),
            )
            return redirect("accounts:person", public_id=user.public_id)
    return render(request, "accounts/person_new.html", {"form": form, "refusals": refusals})


def _person_or_404(request: HttpRequest, public_id: str) -> User:
    user = user_by_public_id(request.actor, public_id)  # type: ignore[attr-defined]
    if user is None:
        raise Http404
    return user


@page_for(Action.ACCOUNT_READ)
def person_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One user: desks now and before."""
    person = _person_or_404(request, public_id)
    context = {"person": person, "may_manage": _may_manage(request)}
    return render(request, "accounts/person.html", context)


@page_for(Action.ACCOUNT_MANAGE)
def person_appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a user at a desk."""
    person, actor = _person_or_404(request, public_id), request.actor  # type: ignore[attr-defined]
    form = AppointmentForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            appoint(
                person,
                division=actor.division,
                actor=actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            refusals = refusal_texts(refused.refusals)
        else:
            messages.success(request, _("已任命。"))
            return redirect("accounts:person", public_id=person.public_id)
    context = {"person": person, "form": form, "refusals": refusals}
    return render(request, "accounts/appoint.html", context)


@page_for(Action.ACCOUNT_MANAGE)
def person_activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close or open a user's login, with a reason."""
    person = _person_or_404(request, public_id)
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST" and reason:
        set_user_active(
            person,
            is_active=not person.is_active,
            reason=reason,
            actor=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
        return redirect("accounts:person", public_id=person.public_id)
    missing = request.method == "POST"
    return render(
        request, "accounts/person_activity.html", {"person": person, "reason_missing": missing}
    )
