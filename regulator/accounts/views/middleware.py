"""Who is asking, from which desk; and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from regulator.accounts.models import User
from regulator.accounts.selectors.desks import actor_of
from regulator.kernel.actors import VISITOR, Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

DESK_SESSION_KEY = "desk"
GetResponse = Callable[[HttpRequest], HttpResponse]


class DeskMiddleware:
    """Sets `request.actor`, read from the session only when somebody looks at it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return VISITOR
    return actor_of(
        user,
        timezone.localdate(),
        appointment_id=request.session.get(DESK_SESSION_KEY),
    )


class RefusalMiddleware:
    """A Refused that a view lets through becomes a page with every reason (403)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal page; anything else goes on to Django."""
        if not isinstance(exception, Refused):
            return None
        reasons = refusal_texts(exception.refusals)
        context = {
            "reasons": reasons,
            "has_remedy": any(reason.remedy for reason in reasons),
            "back_url": _page_before(request),
        }
        return render(request, "errors/refused.html", context, status=403)


def _page_before(request: HttpRequest) -> str:
    """The page of this site that led here; empty when unknown, or when it is the refused one."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        before, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    is_refused = request.method == "GET" and before == request.build_absolute_uri()
    return before if is_ours and not is_refused else ""
