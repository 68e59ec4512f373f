"""A person moves a pin, or enters about where a township lies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.core.places import position_refusals
from institutions.models import Premises, PremisesPoint, TownshipCentre
from institutions.services.geocoding import degrees, made_point, spoken_position
from institutions.services.register_records import lock_institution, record_event, require_edit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Township
from regulator.accounts.services import require
from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.coordinates import Position
from regulator.kernel.outcomes import Refusal, Refused

BY_A_PERSON = "person"


def move_point(
    *, premises: Premises, position: Position, reason: str, actor: Actor, at: datetime
) -> PremisesPoint:
    """Put a place's point where a person says it lies, in the system in which they read it.

    Raises Refused with every reason: not in the country, no reason, a closed place, nothing moved.
    """
    require_edit(actor, premises.institution)
    with transaction.atomic():
        locked = lock_institution(premises.institution)
        place = locked.premises.get(pk=premises.pk)
        held = PremisesPoint.objects.filter(premises=place).first()
        refusals = list(position_refusals(position))
        if not reason.strip():
            refusals.append(Refusal("places.reason_missing"))
        if place.ends_before is not None:
            refusals.append(Refusal("places.premises_closed"))
        if held is not None and held.source == BY_A_PERSON and held.position == position:
            refusals.append(Refusal("places.not_moved"))
        if refusals:
            raise Refused(refusals)
        old = None if held is None else spoken_position(held.position) | {"source": held.source}
        found = Found(position, Confidence.HIGH, "")
        point = made_point(place, found, source=BY_A_PERSON, by=actor.name, at=at)
        if held is not None:
            point.pk = held.pk
        point.save()
        record_event(
            institution=locked,
            kind="premises.point_moved",
            actor=actor,
            at=at,
            old=old,
            new={
                "register_id": place.register_id,
                **spoken_position(position),
                "source": BY_A_PERSON,
            },
            subject=place,
            reason=reason.strip(),
        )
    return point


def record_centre(
    *, township: Township, position: Position, source: str, actor: Actor, at: datetime
) -> TownshipCentre:
    """Enter about where a township lies; points that stand already are not moved by it."""
    require(actor, Action.SETTING_EDIT, Target(division=township.division_id))
    refusals = list(position_refusals(position))
    if not source.strip():
        refusals.append(Refusal("places.source_missing"))
    if refusals:
        raise Refused(refusals)
    with transaction.atomic():
        locked = Township.objects.select_for_update().get(pk=township.pk)
        held = TownshipCentre.objects.filter(township=locked).first()
        old = None if held is None else {**spoken_position(held.position), "source": held.source}
        new = {**spoken_position(position), "source": source.strip()}
        if old == new:
            raise Refused(Refusal("places.not_moved"))
        centre = TownshipCentre(
            division_id=locked.division_id,
            township=locked,
            longitude=degrees(position.longitude),
            latitude=degrees(position.latitude),
            system=position.system.value,
            source=source.strip(),
        )
        centre.save()
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="places.centre_recorded",
            subject=Subject("township", locked.code, locked.name),
            old=old,
            new=new,
            occurred_at=at,
        )
    return centre
