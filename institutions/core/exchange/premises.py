"""A row about a place where an institution teaches, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from institutions.core.exchange.plans import (
    Conflict,
    LinePlan,
    Policy,
    Subject,
    added,
    plan_against,
    refused,
    settled,
)
from institutions.core.exchange.reading import CellReader, Naming
from institutions.core.register.text import match_key, same_address
from regulator.kernel.outcomes import Refusal

_AREA = re.compile(r"\d{9}|\d{12}")
_FIXED = ("starts_on", "ends_before")


@dataclass(frozen=True)
class PremisesLine:
    """A row as read. `values` are address, area, floor_area, is_licensed, starts_on, ends_before.

    Areas in square metres in shortest form, days in ISO form, is_licensed 是 or 否; blank unstated.
    """

    number: int
    naming: Naming
    register_id: str
    values: Mapping[str, str]
    printed: Mapping[str, str]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class HeldPremises:
    """A place on record; `institution` is its identity's key."""

    key: int
    institution: int
    register_id: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def address_key(self) -> str:
        """The key by which its address is recognised."""
        return match_key(self.values.get("address", ""))

    @property
    def is_closed(self) -> bool:
        """Whether it is no longer in use."""
        return bool(self.values.get("ends_before"))


def read_premises(number: int, cells: Mapping[str, str]) -> PremisesLine:
    """Reads one row; `cells` are texts by field name, `number` is the sheet's row."""
    reader = CellReader(cells)
    values = {
        "address": reader.text("address", limit=300),
        "area": reader.text("area", limit=12),
        "floor_area": reader.area_m2("floor_area"),
        "is_licensed": reader.yes_no("is_licensed"),
        "starts_on": reader.day("starts_on"),
        "ends_before": reader.day("ends_before"),
    }
    if values["area"] and not _AREA.fullmatch(values["area"]):
        reader.refusals.append(Refusal("exchange.area_unreadable", {"printed": values["area"]}))
    register_id = reader.text("register_id", limit=7).upper()
    if not register_id:
        reader.need("address")
    return PremisesLine(
        number, reader.naming(), register_id, values, reader.printed, tuple(reader.refusals)
    )


def premises_meant(address: str, places: Sequence[HeldPremises]) -> HeldPremises | None:
    """The place in use of that address: the very one, else one that is it cut off."""
    key = match_key(address)
    in_use = [place for place in places if not place.is_closed]
    for place in in_use:
        if place.address_key == key:
            return place
    return next((place for place in in_use if same_address(key, place.address_key)), None)


def plan_premises(
    line: PremisesLine,
    held: HeldPremises | None,
    *,
    institution: int,
    places: Sequence[HeldPremises],
    policy: Policy,
) -> LinePlan:
    """The plan for a row whose institution is known; `places` are all that the institution has."""
    if line.refusals:
        return refused(*line.refusals)
    if held is None:
        return _plan_new(line, institution, places, policy)
    fixed = _fixed(line, held) if policy is Policy.OWN else ()
    if fixed:
        return refused(*fixed)
    stated = {name: value for name, value in line.values.items() if name not in _FIXED}
    plan = plan_against(
        stated, Subject("premises", held.key, held.values), policy=policy, same=_same
    )
    if held.is_closed and (plan.differences or plan.conflicts):
        before = held.values["ends_before"]
        return refused(Refusal("exchange.premises_closed", {"before": before}))
    return plan


def _plan_new(
    line: PremisesLine, institution: int, places: Sequence[HeldPremises], policy: Policy
) -> LinePlan:
    if line.values["ends_before"]:
        before = line.values["ends_before"]
        return refused(Refusal("exchange.premises_closed", {"before": before}))
    in_use = [place.values.get("address", "") for place in places if not place.is_closed]
    if policy is Policy.FOREIGN and in_use:
        stated = line.values["address"]
        conflict = Conflict("address", "；".join(in_use), stated, "institution", institution)
        return settled([], [conflict])
    return added({name: value for name, value in line.values.items() if name != "ends_before"})


def _fixed(line: PremisesLine, held: HeldPremises) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(
            "exchange.column_fixed",
            {"exchange_field": name, "held": held.values.get(name, ""), "stated": stated},
        )
        for name in _FIXED
        if (stated := line.values[name]) and stated != held.values.get(name, "")
    )


def _same(name: str, held: str, stated: str) -> bool:
    if name != "address":
        return held == stated
    first, second = match_key(stated), match_key(held)
    return first == second or (len(first) < len(second) and same_address(first, second))
