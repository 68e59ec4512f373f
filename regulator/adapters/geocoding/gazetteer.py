"""The embedded default: a gazetteer of townships, without any network.

It knows the centre of a township and nothing finer, so that every answer is of low confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.kernel.coordinates import Position


@dataclass(frozen=True)
class GazetteerEntry:
    """A township with its approximate centre; `district` is its division's name as printed."""

    name: str
    district: str
    position: Position


class GazetteerGeocoder(Geocoder):
    """Finds the township that an address names: the longest name wins, its own district first."""

    source = "gazetteer"
    is_remote = False

    def __init__(self, entries: Iterable[GazetteerEntry], **options: Any) -> None:
        super().__init__(**options)
        self._entries = sorted(entries, key=lambda entry: (-len(entry.name), entry.name))
        self._districts = {entry.district for entry in self._entries if entry.district}

    def geocode(self, query: str, **_options: Any) -> Location | None:
        """The centre of the township, or None; two townships of one name are told by district."""
        named = [entry for entry in self._entries if entry.name and entry.name in query]
        if not named:
            return None
        longest = [entry for entry in named if len(entry.name) == len(named[0].name)]
        stated = {district for district in self._districts if district in query}
        fitting = [entry for entry in longest if not stated or entry.district in stated]
        if len({entry.position for entry in fitting}) != 1:
            return None
        entry = fitting[0]
        point = (entry.position.latitude, entry.position.longitude)
        raw = {"matched": entry.district + entry.name, "position": entry.position}
        return Location(raw["matched"], point, raw)

    def found(self, location: Location) -> Found:
        """An answer in our words: never nearer than the township."""
        return Found(location.raw["position"], Confidence.LOW, location.raw["matched"])
