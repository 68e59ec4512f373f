"""Finding out where places lie: asking outside any transaction, writing down what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from institutions.choices.places_texts import JOB_TITLE
from institutions.models import GeocodingAnswer, Institution, Premises, PremisesPoint
from institutions.selectors.places import Target, unlocated
from institutions.services.register_records import as_recorded
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target as PolicyTarget
from regulator.accounts.services import require
from regulator.adapters.geocoding.answers import Found
from regulator.adapters.geocoding.asking import Asking, geocoder_source
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import running_job_of
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.kernel.outcomes import AdapterError, InvariantError, Refusal, Refused

JOB_KIND = "institutions.locate_premises"
JOB_PAGE = "/desk/places/"


@dataclass(frozen=True)
class Answered:
    """What a geocoder said of one place; `found` is None where it knows none."""

    target: Target
    found: Found | None


def locate_later(*, division: str, actor: Actor, at: datetime) -> Job:
    """Have the places of a division that have no point looked up, one job at a time.

    Raises Refused where nothing is to be looked up, or where a job is at it already.
    """
    require(actor, Action.REGISTER_EDIT, PolicyTarget(division=division))
    with transaction.atomic():
        if running_job_of(kind=JOB_KIND, division=division) is not None:
            raise Refused(Refusal("places.geocoding_running"))
        if not unlocated(division, geocoder_source()).exists():
            raise Refused(Refusal("places.nothing_to_locate"))
        return enqueue(
            kind=JOB_KIND,
            division=division,
            params={"division": division},
            actor=actor,
            at=at,
            title=JOB_TITLE,
            page=JOB_PAGE,
        )


def ask_for(ask: Asking, targets: Iterable[Target]) -> tuple[list[Answered], AdapterError | None]:
    """Ask for each place in turn; stops at the first failure, and gives it with what came before.

    Raises InvariantError inside a transaction: nobody waits for a map service with rows locked.
    """
    if ask.is_remote and transaction.get_connection().in_atomic_block:
        raise InvariantError("地图服务不能在事务里查询。")
    answered: list[Answered] = []
    for target in targets:
        try:
            answered.append(Answered(target, ask(target.asked)))
        except AdapterError as failure:
            return answered, failure
    return answered, None


def record_answers(
    *, division: str, source: str, answered: Sequence[Answered], actor: Actor, at: datetime
) -> int:
    """Keep what was answered, and a point where none is yet; how many points were made.

    Call it in the chunk's transaction. A place that got a point meanwhile, from a person say, keeps
    it; the answer is kept all the same.
    """
    keys = sorted({each.target.premises.institution_id for each in answered})
    held = {
        each.pk: each
        for each in Institution.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    pointed = set(
        PremisesPoint.objects.filter(
            premises__in=[each.target.premises for each in answered]
        ).values_list("premises", flat=True)
    )
    drafts, points = [], []
    for each in answered:
        place = each.target.premises
        if each.found is not None and place.pk not in pointed:
            points.append(made_point(place, each.found, source=source, by=actor.name, at=at))
        drafts.append(_event(held[place.institution_id], each, source))
    GeocodingAnswer.objects.bulk_create(_answer(each, source, at) for each in answered)
    PremisesPoint.objects.bulk_create(points)
    append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
    return len(points)


def made_point(
    premises: Premises, found: Found, *, source: str, by: str, at: datetime
) -> PremisesPoint:
    """The unsaved point of a place: as it was given, and converted."""
    given = found.position
    wgs84 = given.in_system(CoordinateSystem.WGS84)
    return PremisesPoint(
        premises=premises,
        longitude=degrees(given.longitude),
        latitude=degrees(given.latitude),
        system=given.system.value,
        wgs84_longitude=wgs84.longitude,
        wgs84_latitude=wgs84.latitude,
        source=source,
        confidence=found.confidence.value,
        placed_by=by,
        placed_at=at,
    )


def degrees(number: float) -> Decimal:
    """Degrees as they are kept: to seven places, which is a centimetre."""
    return Decimal(f"{number:.7f}")


def spoken_position(position: Position) -> dict[str, str]:
    """A position as an event holds it."""
    return {
        "longitude": f"{position.longitude:.7f}",
        "latitude": f"{position.latitude:.7f}",
        "system": position.system.value,
    }


def _answer(answered: Answered, source: str, at: datetime) -> GeocodingAnswer:
    place, found = answered.target.premises, answered.found
    answer = GeocodingAnswer(
        premises=place,
        source=source,
        asked=answered.target.asked[:400],
        address_key=place.address_key,
        outcome="none" if found is None else "match",
        answered_at=at,
    )
    if found is not None:
        answer.longitude = degrees(found.position.longitude)
        answer.latitude = degrees(found.position.latitude)
        answer.system = found.position.system.value
        answer.confidence = found.confidence.value
        answer.matched = found.matched[:200]
    return answer


def _event(institution: Institution, answered: Answered, source: str) -> EventDraft:
    place, found = answered.target.premises, answered.found
    new: dict[str, object] = {
        "register_id": place.register_id,
        "asked": answered.target.asked,
        "source": source,
        "premises": str(place.public_id),
    }
    if found is not None:
        new |= spoken_position(found.position)
        new |= {"confidence": found.confidence.value, "matched": found.matched}
    return EventDraft(
        kind="premises.not_located" if found is None else "premises.located",
        subject=Subject("institution", str(institution.public_id), institution.name),
        new=as_recorded(new),
    )
