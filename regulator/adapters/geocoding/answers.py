"""What a geocoder answers, and how its failures reach us."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from regulator.kernel.coordinates import Position


class Confidence(StrEnum):
    """How near the point lies: the door, the street, or only somewhere in the township."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Found:
    """A point for an address; `matched` are the geocoder's own words on what it matched."""

    position: Position
    confidence: Confidence
    matched: str
