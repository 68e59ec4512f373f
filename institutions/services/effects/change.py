"""Changes: what was stated becomes true from its day, in the entry and on the licence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.core.register.text import clean_text, match_key
from institutions.models import Institution, Licence, Premises
from institutions.selectors.register_entry import entry_conflicts
from institutions.services.changes import begin_name
from institutions.services.journey_doing import Doing, Effect
from institutions.services.premises import create_premises, end_premises, enter_premises
from institutions.services.register_records import record_event, settle_entry
from institutions.services.rescreening import rescreen_after_licence
from regulator.kernel.outcomes import Refusal, Refused

_COLUMNS = ("sponsors", "legal_representative", "principal", "registered_address")
_PRINTED = ("name", "sponsors", "principal")


def _check_change(doing: Doing) -> None:
    """What only the register knows: whether the name is free and the place the institution's."""
    institution, stated = doing.institution, doing.stated
    matters, found = stated["matters"], []
    if "name" in matters:
        found += entry_conflicts(
            division=institution.division_id,
            name=clean_text(stated["new_name"]),
            place=institution.place,
            credit_code="",
            exclude=institution.pk,
        )
    if "premises" in matters:
        found += _premises_refusals(institution, stated)
    if found:
        raise Refused(found)


def _premises_refusals(institution: Institution, stated: Any) -> list[Refusal]:
    found, change = [], stated["premises_change"]
    places = institution.premises.filter(ends_before__isnull=True)
    if change in ("removed", "moved"):
        register_id = stated["premises_register_id"].strip().upper()
        if not places.filter(register_id=register_id).exists():
            found.append(Refusal("journey.premises_unknown", {"register_id": register_id}))
    if change in ("added", "moved"):
        held = places.filter(address_key=match_key(stated["new_address"])).first()
        if held is not None:
            found.append(Refusal("register.address_taken", {"register_id": held.register_id}))
    return found


def _apply_change(doing: Doing) -> None:
    """Every matter of the change, each with its own event and its own past kept."""
    institution, details = doing.institution, doing.journey.details
    day: date = doing.stated.get("takes_effect_on") or doing.on
    matters = details["matters"]
    reason = f"{doing.journey.number} {details.get('change_reason', '')}".strip()[:300]
    if "name" in matters:
        begin_name(
            institution=institution,
            name=details["new_name"],
            on=day,
            reason=reason,
            actor=doing.actor,
            at=doing.at,
        )
    _write_columns(institution, doing, day, reason)
    if "premises" in matters:
        _change_premises(institution, doing, day, reason)
    _print_anew(institution, doing, reason)
    rescreen_after_licence(
        institution=institution,
        cause_key=f"journey:{doing.journey.public_id}",
        label=_("许可事项变更 %(number)s"),
        params={"number": doing.journey.number},
        actor=doing.actor,
        at=doing.at,
    )


def _write_columns(institution: Institution, doing: Doing, day: date, reason: str) -> None:
    details = doing.journey.details
    new = {
        column: clean_text(details[f"new_{column}"])
        for column in _COLUMNS
        if column in details["matters"]
    }
    old = {column: getattr(institution, column) for column in new}
    if not new:
        return
    if old == new:
        raise Refused(Refusal("register.nothing_changed"))
    for column, value in new.items():
        setattr(institution, column, value)
    institution.save(update_fields=list(new))
    settle_entry(institution)
    record_event(
        institution=institution,
        kind="institution.changed",
        actor=doing.actor,
        at=doing.at,
        old=old,
        new={**new, "from": day.isoformat()},
        reason=reason,
        basis=doing.journey.table.basis,
    )


def _change_premises(institution: Institution, doing: Doing, day: date, reason: str) -> None:
    details = doing.journey.details
    change = details["premises_change"]
    leaving = None
    if change in ("removed", "moved"):
        leaving = _leaving(institution, details["premises_register_id"])
    if change in ("added", "moved"):
        entered = create_premises(
            institution=institution,
            address=details["new_address"],
            area=details.get("new_area", ""),
            floor_area_m2=None,
            is_licensed=True,
            on=day,
        )
        enter_premises(premises=entered, reason=reason, actor=doing.actor, at=doing.at)
    if leaving is not None:
        end_premises(premises=leaving, on=day, reason=reason, actor=doing.actor, at=doing.at)


def _leaving(institution: Institution, register_id: str) -> Premises:
    key = register_id.strip().upper()
    place = institution.premises.filter(register_id=key, ends_before__isnull=True).first()
    if place is None:
        raise Refused(Refusal("journey.premises_unknown", {"register_id": key}))
    return place


def _print_anew(institution: Institution, doing: Doing, reason: str) -> None:
    """The licence prints what changed; its number and its validity stay."""
    journey, matters = doing.journey, doing.journey.details["matters"]
    if journey.licence_id is None:
        return
    licence = Licence.objects.select_for_update().get(pk=journey.licence_id)
    new = {column: getattr(institution, column) for column in _PRINTED if column in matters}
    if "premises" in matters:
        places = institution.premises.filter(ends_before__isnull=True, is_licensed=True)
        new["address"] = "；".join(places.values_list("address", flat=True))[:300]
    new = {column: value for column, value in new.items() if value != getattr(licence, column)}
    if not new:
        return
    old = {column: getattr(licence, column) for column in new}
    for column, value in new.items():
        setattr(licence, column, value)
    licence.save(update_fields=list(new))
    settle_entry(institution)
    record_event(
        institution=institution,
        kind="licence.changed",
        actor=doing.actor,
        at=doing.at,
        old=old,
        new=new,
        subject=licence,
        reason=reason,
        basis=journey.table.basis,
    )


CHANGE_EFFECTS: dict[str, Effect] = {
    "check_change": _check_change,
    "apply_change": _apply_change,
}
