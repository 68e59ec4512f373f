"""What phones ask and send: the day, records as JSON, pictures as bytes. `/field/sync/v1/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from inspections.core.visits.pictures import PHOTO_LIMIT_BYTES
from inspections.core.visits.receipts import record_digest
from inspections.forms.field_records import Sent, read_uuid, store_of
from inspections.models import Visit
from inspections.selectors.field_day import field_day
from inspections.selectors.visits import route_visit
from inspections.services.field_sync import Delivery, receive
from inspections.services.visit_pictures import keep_picture
from inspections.views.pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.kernel.outcomes import AdapterError, Refusal, Refused
from regulator.web.holding import holder_key, mark_holder
from regulator.web.refusals import refusal_texts

View = Callable[..., HttpResponse]
_RECORD_LIMIT_BYTES = 64 * 1024


def answered(view: View) -> View:
    """Guard a view for a device, which is told in JSON: log in again, may not, or why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"status": "login"}, status=403)
        if not may(actor_of(request), Action.FIELD_ENTER):
            return JsonResponse({"status": "login"}, status=403)
        if request.method == "POST" and not _is_holder(request):
            return JsonResponse({"status": "other"}, status=409)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _refused(refused)
        except AdapterError:
            return JsonResponse({"status": "later"}, status=503)

    guarded.action = Action.FIELD_ENTER  # type: ignore[attr-defined]
    return never_cache(guarded)


def _is_holder(request: HttpRequest) -> bool:
    """Whether the records come from the store of the person who is signed in, nobody else's."""
    stated = request.headers.get("X-Field-Holder", "")
    return stated == holder_key(actor_of(request).user_id or 0)


def _refused(refused: Refused) -> JsonResponse:
    codes = {one.code for one in refused.refusals}
    reasons = [
        {"code": one.code, "text": one.text, "basis": one.basis}
        for one in refusal_texts(refused.refusals)
    ]
    status = 409 if "sync.different" in codes else 422
    return JsonResponse({"status": "refused", "reasons": reasons}, status=status)


@require_GET
@answered
def sync_day(request: HttpRequest) -> HttpResponse:
    """The person's day, and the token without which nothing may be sent."""
    actor = actor_of(request)
    day = field_day(actor, on=timezone.localdate())
    response = JsonResponse({"status": "day", "csrf": get_token(request), **day})
    mark_holder(request, response, actor.user_id or 0)
    return response


@require_POST
@answered
def sync_record(request: HttpRequest) -> HttpResponse:
    """One record as JSON: `{"id", "visit", "kind", "body"}`."""
    data = request.read(_RECORD_LIMIT_BYTES + 1)
    sent = _read_json(data)
    return _received(request, sent, picture=b"")


@require_POST
@answered
def sync_picture(request: HttpRequest) -> HttpResponse:
    """A photo or a signature: its bytes in the body, what belongs to it in `?record=` as JSON."""
    sent = _read_json(request.GET.get("record", "").encode())
    data = request.read(PHOTO_LIMIT_BYTES + 1)
    return _received(request, sent, picture=data)


def _read_json(data: bytes) -> Mapping[str, Any]:
    try:
        sent = json.loads(data) if len(data) <= _RECORD_LIMIT_BYTES else None
    except ValueError:
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("body"), dict):
        raise Refused(Refusal("sync.unreadable", {"field": "record"}))
    return sent


def _received(request: HttpRequest, record: Mapping[str, Any], *, picture: bytes) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    client_id, kind = read_uuid(record.get("id"), "id"), str(record.get("kind", ""))
    visit, body = _visit_of(request, record), record["body"]
    kept = keep_picture(picture, stated_sha256=str(body.get("sha256", ""))) if picture else None
    store = store_of(kind, Sent(client_id, body, actor, at, kept))
    whole = {"visit": str(visit.public_id), "body": body, "sha256": kept.sha256 if kept else ""}
    try:
        digest = record_digest(kind, whole)
    except ValueError as error:
        raise Refused(Refusal("sync.unreadable", {"field": "body"})) from error
    delivery = Delivery(client_id, kind, digest, body, kept.sha256 if kept else "")
    received = receive(visit=visit, delivery=delivery, store=store, actor=actor, at=at)
    return JsonResponse({"status": "stored", **received.answer})


def _visit_of(request: HttpRequest, record: Mapping[str, Any]) -> Visit:
    public_id: UUID = read_uuid(record.get("visit"), "visit")
    visit = route_visit(actor_of(request), public_id)
    if visit is None:
        raise Refused(Refusal("sync.unknown_visit"))
    return visit
