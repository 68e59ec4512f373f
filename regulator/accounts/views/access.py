"""Who may open a page: signed in, and granted its action."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.accounts.views.resuming import send_to_login

View = Callable[..., HttpResponseBase]


def page_for(action: Action) -> Callable[[View], View]:
    """Guard a view: a visitor is sent to the login page, who may not gets every reason.

    The policy is asked for the actor's own division here; what a view shows of one institution
    or department is asked again by its selector or service.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if isinstance(request.user, AnonymousUser) or not request.user.is_authenticated:
                return send_to_login(request)
            if request.user.must_change_password:
                return redirect("accounts:password")
            actor = request.actor  # type: ignore[attr-defined]
            require(actor, action, Target(division=actor.division))
            return view(request, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return guard


def signed_in(view: View) -> View:
    """Guard a view that every signed-in person may open."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return send_to_login(request)
        return view(request, *args, **kwargs)

    return guarded
