"""Dated setting standards of places: which limits bind on a day, entered ones before shipped ones.

The shares of teaching staff are settings of the division, not standards of a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class StandardKey(StrEnum):
    """The name of a standard; its unit stands in it."""

    TOTAL_AREA = "total_area_m2_min"
    TEACHING_SHARE = "teaching_share_min"
    PUPIL_AREA = "pupil_area_m2_min"
    FLOOR_MAX = "floor_max"
    FLOOR_MIN = "floor_min"
    BUILDINGS_BANNED = "buildings_banned"
    LEASE = "lease_months_min"


class LimitStanding(StrEnum):
    """Whose word a limit is: the bureau's, a source as shipped, or one nobody should rely on."""

    ENTERED = "entered"
    SOURCED = "sourced"
    UNSURE = "unsure"


BUILDING_KINDS = (
    "education", "commercial", "office", "sports_cultural", "residential", "industrial",
    "self_built", "temporary", "other",
)  # fmt: skip
SHARES = frozenset((StandardKey.TEACHING_SHARE,))
WHOLE_NUMBERS = frozenset((StandardKey.FLOOR_MAX, StandardKey.FLOOR_MIN, StandardKey.LEASE))
_LARGEST = 100_000
_WRITTEN = re.compile(r"-?[0-9]{1,7}(?:\.[0-9]{1,4}|/[0-9]{1,5})?")

StandardValue = Fraction | tuple[str, ...]


@dataclass(frozen=True)
class StandardLimit:
    """A standard for a kind of training, stage and use of rooms; empty ones bind all.

    `value` is None where a standard is known to exist and its figure was not found; `note` says
    why. Areas are square metres, shares fractions of 1, floors count from 1 and below ground from
    -1, leases months; banned buildings are a tuple of kinds.
    """

    key: StandardKey
    value: StandardValue | None
    kind: str
    stage: str
    room_use: str
    is_soft: bool
    basis: LegalBasis
    standing: LimitStanding
    note: str = ""

    @property
    def number(self) -> Fraction:
        """The value where it is one; 0 where it is not."""
        return self.value if isinstance(self.value, Fraction) else Fraction(0)


@dataclass(frozen=True)
class Standards:
    """A division's limits, of every date.

    What was entered for a standard and a kind stands instead of what was shipped for them, on the
    days on which it holds.
    """

    entered: tuple[StandardLimit, ...] = ()
    shipped: tuple[StandardLimit, ...] = ()

    def binding(
        self,
        key: StandardKey,
        *,
        kind: str,
        stages: Iterable[str] = (),
        room_use: str = "",
        on: date,
    ) -> tuple[StandardLimit, ...]:
        """Every limit of one standard that binds such a place on a day; entered ones stand alone.

        A place whose `room_use` is unknown is met by the limits of every use, one whose `stages`
        are unknown by those of every stage: the rule then says what it cannot decide.
        """
        known_stages = frozenset(stages)
        for limits in (self.entered, self.shipped):
            found = tuple(
                limit
                for limit in limits
                if limit.key is key
                and limit.kind in ("", kind)
                and (limit.stage == "" or not known_stages or limit.stage in known_stages)
                and (limit.room_use == "" or room_use in ("", limit.room_use))
                and limit.basis.in_force_on(on)
            )
            if found:
                return _narrowest(found, kind=kind, room_use=room_use)
        return ()


def _narrowest(
    limits: tuple[StandardLimit, ...], *, kind: str, room_use: str
) -> tuple[StandardLimit, ...]:
    """A limit for just this kind, or just this use, stands before one for all of them."""
    own_kind = tuple(limit for limit in limits if limit.kind == kind and kind)
    left = own_kind or limits
    own_use = tuple(limit for limit in left if limit.room_use == room_use and room_use)
    return own_use or left


def read_value(key: StandardKey, text: str) -> StandardValue | Refusal:
    """The value that a text stands for (`3`, `0.5`, `2/3`, `50%`, kinds joined by |), or why none.

    Refusals: standard.value_unreadable, standard.value_out_of_range, standard.building_unknown.
    """
    cleaned = text.strip().replace("％", "%").replace("／", "/").replace("｜", "|")
    if key is StandardKey.BUILDINGS_BANNED:
        kinds = tuple(dict.fromkeys(part.strip() for part in cleaned.split("|") if part.strip()))
        if not kinds or any(kind not in BUILDING_KINDS for kind in kinds):
            return Refusal("standard.building_unknown")
        return kinds
    number = _number(cleaned)
    if number is None:
        return Refusal("standard.value_unreadable", {"text": cleaned})
    if not _fits(key, number):
        return Refusal("standard.value_out_of_range", {"text": cleaned})
    return number


def _number(text: str) -> Fraction | None:
    digits = text.removesuffix("%").strip()
    if _WRITTEN.fullmatch(digits) is None:
        return None
    try:
        number = Fraction(digits)
    except ZeroDivisionError:
        return None
    return number / 100 if text.endswith("%") else number


def _fits(key: StandardKey, number: Fraction) -> bool:
    if key in SHARES:
        return 0 < number <= 1
    if key in WHOLE_NUMBERS and number.denominator != 1:
        return False
    if key is StandardKey.FLOOR_MIN:
        return -10 <= number <= 100 and number != 0
    return 0 < number <= _LARGEST


def written_value(value: StandardValue) -> str:
    """The text that `read_value` reads as this value."""
    if isinstance(value, tuple):
        return "|".join(value)
    if value.denominator == 1:
        return str(value.numerator)
    hundredfold = value * 100
    if value < 1 and hundredfold.denominator == 1:
        return f"{hundredfold.numerator}%"
    finite = value.denominator
    for prime in (2, 5):
        while finite % prime == 0:
            finite //= prime
    return str(float(value)) if finite == 1 else f"{value.numerator}/{value.denominator}"


def limits_of_rows(rows: Iterable[Mapping[str, str]], *, division: str) -> list[StandardLimit]:
    """The shipped limits that concern a division: national ones, and those of what it lies in.

    A row's `division` is a code or its beginning (51: a province). A row without value says in
    its `note` why the figure is missing; raises ValueError where the table itself is wrong.
    """
    return [limit_of_row(row) for row in rows if division.startswith(row["division"])]


def limit_of_row(row: Mapping[str, str]) -> StandardLimit:
    """One row of the shipped table."""
    key = StandardKey(row["standard"])
    value = read_value(key, row["value"]) if row["value"] else None
    if isinstance(value, Refusal):
        raise ValueError(f"{row['standard']}: {value.code}")
    is_sure = row["confidence"] in ("high", "medium")
    return StandardLimit(
        key=key,
        value=value,
        kind=row["kind"],
        stage=row["stage"],
        room_use=row["room_use"],
        is_soft=row["is_soft"] == "yes",
        basis=LegalBasis(
            row["instrument"],
            row["document_number"],
            row["article"],
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            date.fromisoformat(row["valid_before"]) if row["valid_before"] else None,
        ),
        standing=LimitStanding.SOURCED if is_sure else LimitStanding.UNSURE,
        note=row["note"],
    )
