"""What is known of a place beyond its address, and why it cannot be so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class PremisesDetails:
    """What the setting standards judge of a place; None and empty where it is not known.

    Floors count from 1 and below ground from -1. `max_pupils` are those taught at one time.
    """

    teaching_area_m2: Decimal | None = None
    max_pupils: int | None = None
    lowest_floor: int | None = None
    highest_floor: int | None = None
    building_kind: str = ""
    room_use: str = ""
    lease_until: date | None = None


def details_refusals(
    details: PremisesDetails, *, floor_area_m2: Decimal | None
) -> tuple[Refusal, ...]:
    """Every reason why a place cannot be so: floors reversed or 0, more teaching than area."""
    found = []
    lowest, highest = details.lowest_floor, details.highest_floor
    if lowest == 0 or highest == 0:
        found.append(Refusal("premises.floor_zero"))
    if lowest is not None and highest is not None and lowest > highest:
        found.append(Refusal("premises.floors_reversed", {"lowest": lowest, "highest": highest}))
    teaching = details.teaching_area_m2
    if teaching is not None and floor_area_m2 is not None and teaching > floor_area_m2:
        params = {"teaching": str(teaching), "area": str(floor_area_m2)}
        found.append(Refusal("premises.teaching_larger", params))
    return tuple(found)
