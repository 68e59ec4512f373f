"""For each rule of places a limit, a place that keeps it and one that breaches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import (
    LimitStanding,
    StandardKey,
    StandardLimit,
    Standards,
    StandardValue,
)
from regulator.kernel.legal import LegalBasis

_ON = date(2026, 6, 1)
_BASIS = LegalBasis("示例设置标准", "", "第一条")


@dataclass(frozen=True)
class Example:
    """A rule's limits with facts that comply and facts that breach."""

    standards: Standards
    complies: PremisesFacts
    breaches: PremisesFacts


def _limits(key: StandardKey, value: StandardValue) -> Standards:
    return Standards(
        entered=(StandardLimit(key, value, "", "", "", False, _BASIS, LimitStanding.ENTERED),)
    )


def _place(**known: object) -> PremisesFacts:
    facts: dict[str, object] = {"on": _ON, "kind": "culture_arts", "stages": ("primary",)}
    return PremisesFacts(**(facts | known))  # type: ignore[arg-type]


EXAMPLES: Mapping[str, Example] = {
    "PREMISES-LICENCE": Example(
        Standards(),
        _place(address_key="学府路100号", is_licensed=True, licence_addresses=("某区学府路100号",)),
        _place(
            address_key="学府路200号", is_licensed=False, licence_addresses=("某区学府路100号",)
        ),
    ),
    "PREMISES-AREA": Example(
        _limits(StandardKey.TOTAL_AREA, Fraction(200)),
        _place(floor_area_m2=Fraction(200)),
        _place(floor_area_m2=Fraction(19999, 100)),
    ),
    "PREMISES-TEACHING": Example(
        _limits(StandardKey.TEACHING_SHARE, Fraction(2, 3)),
        _place(floor_area_m2=Fraction(300), teaching_area_m2=Fraction(200)),
        _place(floor_area_m2=Fraction(300), teaching_area_m2=Fraction(199)),
    ),
    "PREMISES-PUPIL-AREA": Example(
        _limits(StandardKey.PUPIL_AREA, Fraction(3)),
        _place(teaching_area_m2=Fraction(90), max_pupils=30),
        _place(teaching_area_m2=Fraction(90), max_pupils=31),
    ),
    "PREMISES-FLOOR": Example(
        _limits(StandardKey.FLOOR_MAX, Fraction(4)),
        _place(highest_floor=4),
        _place(highest_floor=5),
    ),
    "PREMISES-UNDERGROUND": Example(
        _limits(StandardKey.FLOOR_MIN, Fraction(1)),
        _place(lowest_floor=1),
        _place(lowest_floor=-1),
    ),
    "PREMISES-BUILDING": Example(
        _limits(StandardKey.BUILDINGS_BANNED, ("residential", "self_built")),
        _place(building_kind="commercial"),
        _place(building_kind="self_built"),
    ),
    "PREMISES-LEASE": Example(
        _limits(StandardKey.LEASE, Fraction(24)),
        _place(starts_on=date(2025, 1, 1), lease_until=date(2026, 12, 31)),
        _place(starts_on=date(2025, 1, 1), lease_until=date(2026, 12, 30)),
    ),
}
