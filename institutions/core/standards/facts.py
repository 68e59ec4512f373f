"""What is known of a place when its standing is judged; None and empty where nobody entered it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class PremisesFacts:
    """A place on a day, with what its institution is licensed for.

    `kind` is `subject` or the activity of a non-subject institution, empty where neither is known.
    `stages` are the licence's. Areas are square metres; floors below ground are negative.
    `licence_addresses` are match keys of the addresses on the licences that stand; None where no
    licence stands.
    """

    on: date
    kind: str = ""
    stages: tuple[str, ...] = ()
    address_key: str = ""
    is_licensed: bool = False
    licence_addresses: tuple[str, ...] | None = None
    floor_area_m2: Fraction | None = None
    teaching_area_m2: Fraction | None = None
    max_pupils: int | None = None
    lowest_floor: int | None = None
    highest_floor: int | None = None
    building_kind: str = ""
    room_use: str = ""
    starts_on: date | None = None
    lease_until: date | None = None
