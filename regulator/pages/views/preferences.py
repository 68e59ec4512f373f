"""What a reader chooses for their own screen: theme and text size, kept in cookies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from regulator.web.choices import TEXT_SIZES, THEMES

_ALLOWED = {"theme": THEMES, "text": TEXT_SIZES}
_KEPT_SECONDS = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Set the chosen cookies and go back to the page; unknown values change nothing."""
    wanted = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = "/"
    if request.headers.get("X-Requested-With") == "fetch":
        response: HttpResponse = HttpResponse(status=204)
    else:
        response = HttpResponseRedirect(wanted)
    for name, allowed in _ALLOWED.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(
                name, value, max_age=_KEPT_SECONDS, samesite="Lax", secure=request.is_secure()
            )
    return response
