"""Premises: each gets a register id that is never given out again."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from institutions.core.register.premises import PremisesDetails, details_refusals
from institutions.core.register.text import clean_text, match_key
from institutions.models import Institution, Premises, PremisesPoint
from institutions.services.register_records import (
    day_of,
    lock_institution,
    record_event,
    require_edit,
    settle_entry,
)
from institutions.services.running_numbers import PREMISES_COUNTER, take_running
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

_DETAILS = tuple(field.name for field in fields(PremisesDetails))
_CORRECTED = ("address", "address_key", "area", "floor_area_m2", "is_licensed")
_LARGEST = 999_999


def add_premises(
    *,
    institution: Institution,
    address: str,
    area: str = "",
    floor_area_m2: Decimal | None = None,
    is_licensed: bool = True,
    details: PremisesDetails | None = None,
    on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Premises:
    """Enter a place where the institution teaches, from `on` (by default the day of `at`).

    `area` is a township code. Raises Refused for a blank or an already entered address, and for
    details that cannot be so.
    """
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        premises = create_premises(
            institution=locked,
            address=address,
            area=area,
            floor_area_m2=floor_area_m2,
            is_licensed=is_licensed,
            details=details,
            on=on or day_of(at),
        )
        enter_premises(premises=premises, actor=actor, at=at)
    return premises


def create_premises(
    *,
    institution: Institution,
    address: str,
    area: str,
    floor_area_m2: Decimal | None,
    is_licensed: bool,
    details: PremisesDetails | None = None,
    on: date,
) -> Premises:
    """The row of new premises of a locked institution, inside the caller's transaction."""
    known = details or PremisesDetails()
    _refuse(details_refusals(known, floor_area_m2=floor_area_m2))
    cleaned = clean_text(address)
    key = match_key(cleaned)
    if not key:
        raise Refused(Refusal("register.address_missing"))
    held = institution.premises.filter(address_key=key, ends_before__isnull=True).first()
    if held is not None:
        raise Refused(Refusal("register.address_taken", {"register_id": held.register_id}))
    return Premises.objects.create(
        institution=institution,
        register_id=_next_register_id(),
        address=cleaned,
        address_key=key,
        area=area,
        floor_area_m2=floor_area_m2,
        is_licensed=is_licensed,
        starts_on=on,
        **asdict(known),
    )


def correct_premises(
    *,
    premises: Premises,
    address: str,
    area: str,
    floor_area_m2: Decimal | None,
    is_licensed: bool,
    details: PremisesDetails | None = None,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Premises:
    """Put right what was entered of a place; the register id stays. Without details they stay too.

    A point that a geocoder found for another address goes with it; one that a person set stays.
    """
    require_edit(actor, premises.institution)
    with transaction.atomic():
        locked = lock_institution(premises.institution)
        held = locked.premises.get(pk=premises.pk)
        old, old_key = _values(held), held.address_key
        _refuse(_address_refusals(locked, held, address))
        held.address, held.address_key, held.area = clean_text(address), match_key(address), area
        held.floor_area_m2, held.is_licensed = floor_area_m2, is_licensed
        for name, value in asdict(details or details_of(held)).items():
            setattr(held, name, value)
        _refuse(details_refusals(details_of(held), floor_area_m2=floor_area_m2))
        new = _values(held)
        if new == old:
            raise Refused(Refusal("register.nothing_changed"))
        held.save(update_fields=[*_CORRECTED, *_DETAILS])
        if held.address_key != old_key and _drop_found_point(held):
            new["point_dropped"] = True
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="premises.corrected",
            actor=actor,
            at=at,
            old=old,
            new=new,
            subject=held,
            reason=reason,
        )
    return held


def details_of(premises: Premises) -> PremisesDetails:
    """What is known of a place beyond its address."""
    return PremisesDetails(**{name: getattr(premises, name) for name in _DETAILS})


def _drop_found_point(premises: Premises) -> bool:
    found = PremisesPoint.objects.filter(premises=premises).exclude(source="person")
    return bool(found.delete()[0])


def _address_refusals(
    institution: Institution, premises: Premises, address: str
) -> tuple[Refusal, ...]:
    key = match_key(address)
    if not key:
        return (Refusal("register.address_missing"),)
    taken = institution.premises.filter(address_key=key, ends_before__isnull=True)
    other = taken.exclude(pk=premises.pk).first()
    if other is not None:
        return (Refusal("register.address_taken", {"register_id": other.register_id}),)
    return ()


def _refuse(refusals: tuple[Refusal, ...]) -> None:
    if refusals:
        raise Refused(refusals)


def close_premises(
    *, premises: Premises, on: date, reason: str, actor: Actor, at: datetime
) -> Premises:
    """The institution no longer teaches there from `on`; the row and its id stay."""
    require_edit(actor, premises.institution)
    with transaction.atomic():
        locked = lock_institution(premises.institution)
        held = locked.premises.get(pk=premises.pk)
        end_premises(premises=held, on=on, reason=reason, actor=actor, at=at)
    return held


def enter_premises(*, premises: Premises, reason: str = "", actor: Actor, at: datetime) -> None:
    """The event of premises just made by `create_premises`, with gaps and search brought in line.

    Inside the caller's transaction, for what a journey brings about.
    """
    settle_entry(premises.institution)
    record_event(
        institution=premises.institution,
        kind="premises.added",
        actor=actor,
        at=at,
        new=_values(premises),
        subject=premises,
        reason=reason,
    )


def end_premises(*, premises: Premises, on: date, reason: str, actor: Actor, at: datetime) -> None:
    """`close_premises` of a locked institution, inside the caller's transaction."""
    if premises.ends_before is not None:
        raise Refused(Refusal("register.premises_closed", {"before": premises.ends_before}))
    if on < premises.starts_on:
        raise Refused(Refusal("register.date_before_start", {"starts": premises.starts_on}))
    premises.ends_before = on
    premises.save(update_fields=["ends_before"])
    settle_entry(premises.institution)
    record_event(
        institution=premises.institution,
        kind="premises.closed",
        actor=actor,
        at=at,
        old={"ends_before": ""},
        new={"ends_before": on.isoformat()},
        subject=premises,
        reason=reason,
    )


def _next_register_id() -> str:
    number = take_running(PREMISES_COUNTER, 1)[0]
    if number > _LARGEST:
        raise InvariantError("六位登记编号已用完。")
    return f"P{number:06d}"


def _values(premises: Premises) -> dict[str, object]:
    """What an event holds of a place; details that nobody entered are not mentioned."""
    area_m2 = premises.floor_area_m2
    details = {
        name: value if isinstance(value, int) else str(value)
        for name, value in asdict(details_of(premises)).items()
        if value not in (None, "")
    }
    return {
        "register_id": premises.register_id,
        "address": premises.address,
        "area": premises.area,
        "floor_area_m2": "" if area_m2 is None else str(area_m2),
        **details,
        "is_licensed": premises.is_licensed,
        "starts_on": premises.starts_on.isoformat(),
    }
