"""What was typed when a session had run out is kept, and given back after the login."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

_SESSION_KEY = "typed"
_KEPT_CHARACTERS = 200_000
_NEVER_KEPT = ("password", "csrfmiddlewaretoken", "token")


def send_to_login(request: HttpRequest) -> HttpResponse:
    """To the login page; what a POST carried (but for passwords and files) waits in the session."""
    path = request.get_full_path()
    query = {"next": path}
    if request.method == "POST":
        typed = _typed(request)
        # A POST's own address may take no GET; the page it was typed on does.
        query["next"] = _page_typed_on(request)
        if typed:
            key = secrets.token_urlsafe(12)
            request.session[_SESSION_KEY] = {"key": key, "path": path, "fields": typed}
            query["kept"] = key
    return HttpResponseRedirect(f"{reverse('accounts:login')}?{urlencode(query)}")


def _page_typed_on(request: HttpRequest) -> str:
    """The same-site page that the form stood on (Referer), else the form's own address."""
    origin = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    return referer[len(origin) :] if referer.startswith(origin + "/") else request.get_full_path()


def _typed(request: HttpRequest) -> list[list[str]]:
    pairs = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in _NEVER_KEPT)
    ]
    size = sum(len(name) + len(value) for name, value in pairs)
    return pairs if size <= _KEPT_CHARACTERS else []


def kept_fields(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for this page: `{"key", "path", "fields": [[name, value], …]}`, or None."""
    key = request.GET.get("kept")
    if not key or not hasattr(request, "session"):
        return None
    kept: dict[str, Any] | None = request.session.get(_SESSION_KEY)
    return kept if kept and kept["key"] == key else None
