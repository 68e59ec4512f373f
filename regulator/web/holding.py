"""Who holds a device in the field: a cookie that the offline page reads, gone at the logout.

It names the store of one person on the device and nothing else: it opens nothing on the server.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

HOLDER_COOKIE = "field_holder"
HOLDER_PATH = "/field/"
_HOURS = 36
_KEY_LENGTH = 20


def holder_key(user_id: int) -> str:
    """The name of a person's store on a device; says nothing about who it is."""
    return salted_hmac("regulator.field", str(user_id)).hexdigest()[:_KEY_LENGTH]


def mark_holder(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Say on the device whose store the offline page may open, for a day and a half."""
    response.set_cookie(
        HOLDER_COOKIE,
        holder_key(user_id),
        max_age=_HOURS * 3600,
        path=HOLDER_PATH,
        secure=request.is_secure(),
        samesite="Strict",
    )


def forget_holder(response: HttpResponse) -> None:
    """Close the store: what it still has to send waits for the next login of the same person."""
    response.delete_cookie(HOLDER_COOKIE, path=HOLDER_PATH, samesite="Strict")
