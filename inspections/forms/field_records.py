"""What a device sends, read from JSON: every field checked, and what is to be stored of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from inspections.core.visits.answers import AnswerDraft
from inspections.models import Visit
from inspections.selectors.visits import listed_items, team_inspectors
from inspections.services.field_sync import Store
from inspections.services.visit_answers import record_answers
from inspections.services.visit_pictures import (
    KeptPicture,
    PhotoDraft,
    SignatureDraft,
    record_photo,
    record_signature,
)
from inspections.services.visits import (
    Arrival,
    Place,
    conclude_visit,
    give_notice,
    record_arrival,
    record_hindrance,
)
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Sent:
    """A record, who sends it and when; `picture` is kept already where the record has one."""

    client_id: UUID
    body: Mapping[str, Any]
    actor: Actor
    at: datetime
    picture: KeptPicture | None = None


def store_of(kind: str, sent: Sent) -> Store:
    """What is done with a record of that kind. Raises Refused where it cannot be read."""
    maker = _MAKERS.get(kind)
    if maker is None:
        raise _unreadable("kind")
    return maker(sent)


def _unreadable(name: str) -> Refused:
    return Refused(Refusal("sync.unreadable", {"field": name}))


def read_uuid(value: Any, name: str) -> UUID:
    """A client-made id. Raises Refused."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise _unreadable(name) from error


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise _unreadable(name)
    return value.strip()


def _moment(body: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(body.get(name, "")))
    except ValueError as error:
        raise _unreadable(name) from error
    if moment.tzinfo is None:
        raise _unreadable(name)
    return moment


def _whole(body: Mapping[str, Any], name: str) -> int | None:
    value = body.get(name)
    if value is None or value == "":
        return None
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise _unreadable(name) from error


def _place(body: Mapping[str, Any]) -> Place | None:
    place = body.get("place")
    if place is None:
        return None
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
        accuracy_m = max(0, round(float(place.get("accuracy_m", 0))))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable("place") from error
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise _unreadable("place")
    return Place(latitude, longitude, min(accuracy_m, 1_000_000))


def _notice(sent: Sent) -> Store:
    receiver, given_at = _text(sent.body, "receiver")[:60], _moment(sent.body, "made_at")

    def store(visit: Visit) -> None:
        give_notice(visit=visit, receiver=receiver, given_at=given_at, actor=sent.actor, at=sent.at)

    return store


def _arrival(sent: Sent) -> Store:
    wanted = sent.body.get("inspectors")
    if not isinstance(wanted, list):
        raise _unreadable("inspectors")
    ids = {read_uuid(one, "inspectors") for one in wanted}
    method, code = _text(sent.body, "method"), _text(sent.body, "code")[:80]
    reason, place = _text(sent.body, "reason")[:200], _place(sent.body)
    arrived_at = _moment(sent.body, "made_at")

    def store(visit: Visit) -> None:
        there = [one for one in team_inspectors(visit) if one.public_id in ids]
        arrival = Arrival(method, there, arrived_at, code=code, reason=reason, place=place)
        record_arrival(visit=visit, arrival=arrival, actor=sent.actor, at=sent.at)

    return store


def _answer(sent: Sent) -> Store:
    body = sent.body
    corrects = body.get("corrects") or None
    code, version = _text(body, "item"), _whole(body, "version")
    answer, entered_at = _text(body, "answer"), _moment(body, "made_at")
    value, remark = _text(body, "measured_value"), _text(body, "remark")
    earlier = read_uuid(corrects, "corrects") if corrects else None

    def store(visit: Visit) -> None:
        draft = AnswerDraft(
            client_id=sent.client_id,
            item=_item_key(visit, code, version),
            item_code=code,
            answer=answer,
            entered_at=entered_at,
            measured_value=value,
            remark=remark,
            corrects=earlier,
        )
        record_answers(visit=visit, answers=[draft], source="phone", actor=sent.actor, at=sent.at)

    return store


def _item_key(visit: Visit, code: str, version: int | None) -> int | None:
    """The key of an item on the visit's checklist, by its code and version."""
    rows = listed_items(visit)
    return next((row.pk for row in rows if (row.code, row.version) == (code, version)), None)


def _conclusion(sent: Sent) -> Store:
    categories = sent.body.get("categories")
    if not isinstance(categories, list) or not all(isinstance(one, str) for one in categories):
        raise _unreadable("categories")
    remark, ended_at = _text(sent.body, "remark")[:400], _moment(sent.body, "made_at")

    def store(visit: Visit) -> None:
        conclude_visit(
            visit=visit,
            categories=categories,
            remark=remark,
            ended_at=ended_at,
            actor=sent.actor,
            at=sent.at,
        )

    return store


def _hindrance(sent: Sent) -> Store:
    hindrance, reason = _text(sent.body, "hindrance"), _text(sent.body, "reason")[:400]
    ended_at = _moment(sent.body, "made_at")

    def store(visit: Visit) -> None:
        record_hindrance(
            visit=visit,
            hindrance=hindrance,
            reason=reason,
            ended_at=ended_at,
            actor=sent.actor,
            at=sent.at,
        )

    return store


def _photo(sent: Sent) -> Store:
    picture = _picture(sent)
    code, version = _text(sent.body, "item"), _whole(sent.body, "version")
    taken_at, place = _moment(sent.body, "made_at"), _place(sent.body)

    def store(visit: Visit) -> None:
        draft = PhotoDraft(
            client_id=sent.client_id,
            picture=picture,
            taken_at=taken_at,
            item=_item_key(visit, code, version) if code else None,
            place=place,
        )
        record_photo(visit=visit, photo=draft, actor=sent.actor, at=sent.at)

    return store


def _signature(sent: Sent) -> Store:
    picture = _picture(sent)
    signer, name = _text(sent.body, "signer"), _text(sent.body, "name")[:60]
    signed_at = _moment(sent.body, "made_at")

    def store(visit: Visit) -> None:
        draft = SignatureDraft(sent.client_id, picture, signer, name, signed_at)
        record_signature(visit=visit, signature=draft, actor=sent.actor, at=sent.at)

    return store


def _picture(sent: Sent) -> KeptPicture:
    if sent.picture is None:
        raise _unreadable("picture")
    return sent.picture


_MAKERS: Mapping[str, Callable[[Sent], Store]] = {
    "notice": _notice,
    "arrival": _arrival,
    "answers": _answer,
    "conclusion": _conclusion,
    "hindrance": _hindrance,
    "photo": _photo,
    "signature": _signature,
}
