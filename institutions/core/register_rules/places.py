"""SITE-UNLICENSED and ROOM-SIZE: where a class meets, and whether its pupils have room there."""

from __future__ import annotations

from fractions import Fraction

from institutions.core.register_rules.addresses import Likeness
from institutions.core.register_rules.bases import LICENSED_PLACE
from institutions.core.register_rules.facts import ClassFacts, KnownPlace
from institutions.core.screening.facts import NOT_APPLICABLE, PASS
from institutions.core.screening.grades import stage_of
from institutions.core.screening.rows import Delivery
from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import StandardKey, StandardLimit
from institutions.core.standards.outcomes import FIGURE_MISSING, SOURCE_UNSURE, judged_by_limits
from institutions.core.standards.rules import shown
from regulator.kernel.outcomes import Breach, Outcome, Pass, Undetermined

_PLACE, _SIZE = "授课地点", "班额"
_STAGES = ("preschool", "primary", "junior", "senior")
_MISSING = {
    FIGURE_MISSING: "本区生均面积标准",
    SOURCE_UNSURE: "可信的生均面积标准",
    "room_use": "教室用途",
    "area": "该场所的面积",
}


def judge_site(facts: ClassFacts) -> Outcome:
    """SITE-UNLICENSED: no licensed place in use at the address; a near match is undetermined."""
    if facts.row.delivery is not Delivery.OFFLINE:
        return NOT_APPLICABLE
    address = facts.row.cells.get(_PLACE, "")
    if not facts.register.places:
        return Undetermined(_PLACE, "登记库中的许可地址", LICENSED_PLACE)
    like = facts.register.places_like(address)
    same = [place for place, how in like if how is Likeness.SAME]
    licensed = [place for place in same if place.is_licensed]
    if licensed:
        return _in_use(facts, licensed)
    if same:
        return Breach(_PLACE, address, LICENSED_PLACE, {"part": "not_on_licence"})
    near = [place.address for place, _how in like if place.is_licensed]
    if near:
        missing = f"是否就是许可地址“{near[0]}”"
        return Undetermined(_PLACE, missing, LICENSED_PLACE, {"near": near[0]})
    return Breach(_PLACE, address, LICENSED_PLACE, {"part": "unknown"})


def _in_use(facts: ClassFacts, places: list[KnownPlace]) -> Outcome:
    outside = [day for day in facts.days if not any(place.is_used_on(day) for place in places)]
    if not outside:
        return PASS
    params = {
        "part": "not_in_use",
        "days": tuple(day.isoformat() for day in outside),
        "day_count": len(outside),
        "first": outside[0].isoformat(),
    }
    return Breach(_PLACE, facts.row.cells.get(_PLACE, ""), LICENSED_PLACE, params)


def judge_room(facts: ClassFacts) -> Outcome:
    """ROOM-SIZE: the pupils who are taught there at one time have less room than the standard.

    Counted are the class's own pupils and those of the institution's other classes at the same
    hours. Where no place is known at the address SITE-UNLICENSED speaks.
    """
    place = _place(facts)
    if place is None:
        return NOT_APPLICABLE
    pupils, day, others = facts.register.bookings.fullest_hour(facts.booking)
    known = PremisesFacts(
        on=facts.row.starts_on,
        kind=facts.register.kind,
        stages=tuple(dict.fromkeys(_STAGES[stage_of(grade)] for grade in facts.row.grades)),
        floor_area_m2=place.floor_area_m2,
        teaching_area_m2=place.teaching_area_m2,
        room_use=place.room_use,
    )

    def judge(known: PremisesFacts, limit: StandardLimit) -> Outcome:
        area = known.floor_area_m2 if known.teaching_area_m2 is None else known.teaching_area_m2
        if area is None:
            return Undetermined(_SIZE, "area", limit.basis)
        if area >= limit.number * pupils:
            return Pass()
        params = {
            "part": "together" if others else "alone",
            "limit": shown(limit.number),
            "area": shown(area),
            "most": int(area / limit.number) if limit.number > Fraction(0) else 0,
            "pupils": pupils,
            "day": day.isoformat() if day else "",
            "others": "、".join(others),
        }
        return Breach(_SIZE, facts.row.cells.get(_SIZE, ""), limit.basis, params)

    judged = judged_by_limits(known, facts.register.standards, StandardKey.PUPIL_AREA, judge)
    return _as_finding(judged.outcome, is_soft=judged.is_soft)


def _place(facts: ClassFacts) -> KnownPlace | None:
    if facts.row.delivery is not Delivery.OFFLINE:
        return None
    like = facts.register.places_like(facts.row.cells.get(_PLACE, ""))
    same = [place for place, how in like if how is Likeness.SAME]
    in_use = [place for place in same if place.is_used_on(facts.days[0])]
    return next(iter(in_use or same), None)


def _as_finding(outcome: Outcome, *, is_soft: bool) -> Outcome:
    if isinstance(outcome, Undetermined):
        missing = _MISSING.get(outcome.missing, outcome.missing)
        return Undetermined(_SIZE, missing, outcome.basis, outcome.params)
    if isinstance(outcome, Breach) and is_soft:
        return Undetermined(_SIZE, "是否属于“原则上”的例外", outcome.basis, outcome.params)
    return outcome
