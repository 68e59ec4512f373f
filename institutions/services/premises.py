"""Premises: each gets a register id that is never given out again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from institutions.core.register.text import clean_text, match_key
from institutions.models import Institution, Premises, RegisterCounter
from institutions.services.register_records import (
    day_of,
    lock_institution,
    record_event,
    require_edit,
    settle_entry,
)
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

_COUNTER = "premises"
_LARGEST = 999_999


def add_premises(
    *,
    institution: Institution,
    address: str,
    area: str = "",
    floor_area_m2: Decimal | None = None,
    is_licensed: bool = True,
    on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Premises:
    """Enter a place where the institution teaches, from `on` (by default the day of `at`).

    `area` is a township code. Raises Refused for a blank or an already entered address.
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
            on=on or day_of(at),
        )
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="premises.added",
            actor=actor,
            at=at,
            new=_values(premises),
            subject=premises,
        )
    return premises


def create_premises(
    *,
    institution: Institution,
    address: str,
    area: str,
    floor_area_m2: Decimal | None,
    is_licensed: bool,
    on: date,
) -> Premises:
    """The row of new premises of a locked institution, inside the caller's transaction."""
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
    )


def correct_premises(
    *,
    premises: Premises,
    address: str,
    area: str,
    floor_area_m2: Decimal | None,
    is_licensed: bool,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Premises:
    """Put right what was entered of a place; the register id stays."""
    require_edit(actor, premises.institution)
    with transaction.atomic():
        locked = lock_institution(premises.institution)
        held = locked.premises.get(pk=premises.pk)
        old = _values(held)
        key = match_key(address)
        taken = locked.premises.filter(address_key=key, ends_before__isnull=True)
        other = taken.exclude(pk=held.pk).first()
        if not key:
            raise Refused(Refusal("register.address_missing"))
        if other is not None:
            raise Refused(Refusal("register.address_taken", {"register_id": other.register_id}))
        held.address, held.address_key, held.area = clean_text(address), key, area
        held.floor_area_m2, held.is_licensed = floor_area_m2, is_licensed
        new = _values(held)
        if new == old:
            raise Refused(Refusal("register.nothing_changed"))
        held.save(update_fields=["address", "address_key", "area", "floor_area_m2", "is_licensed"])
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


def close_premises(
    *, premises: Premises, on: date, reason: str, actor: Actor, at: datetime
) -> Premises:
    """The institution no longer teaches there from `on`; the row and its id stay."""
    require_edit(actor, premises.institution)
    with transaction.atomic():
        locked = lock_institution(premises.institution)
        held = locked.premises.get(pk=premises.pk)
        if held.ends_before is not None:
            raise Refused(Refusal("register.premises_closed", {"before": held.ends_before}))
        if on < held.starts_on:
            raise Refused(Refusal("register.date_before_start", {"starts": held.starts_on}))
        held.ends_before = on
        held.save(update_fields=["ends_before"])
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="premises.closed",
            actor=actor,
            at=at,
            old={"ends_before": ""},
            new={"ends_before": on.isoformat()},
            subject=held,
            reason=reason,
        )
    return held


def _next_register_id() -> str:
    RegisterCounter.objects.get_or_create(name=_COUNTER)
    counter = RegisterCounter.objects.select_for_update().get(name=_COUNTER)
    if counter.last_number >= _LARGEST:
        raise InvariantError("六位登记编号已用完。")
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return f"P{counter.last_number:06d}"


def _values(premises: Premises) -> dict[str, object]:
    area_m2 = premises.floor_area_m2
    return {
        "register_id": premises.register_id,
        "address": premises.address,
        "area": premises.area,
        "floor_area_m2": "" if area_m2 is None else str(area_m2),
        "is_licensed": premises.is_licensed,
        "starts_on": premises.starts_on.isoformat(),
    }
