"""Classes that are filed already, by teacher and by place, so that two at one hour are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

NEW_CLASS_ORDER = 2**62
"""The place in line of a class that is not handed in yet: behind every filing."""

Hours = tuple[int, int]
"""Minutes after midnight, half-open."""


@dataclass(frozen=True)
class Booking:
    """A class with its hours by day.

    `ref` tells classes apart; `order` is its place in line: only classes before one's own count,
    and an approved one is before all (0). `label` is its number, empty for another institution's
    class, whose name nobody here may learn. Keys are empty where they are not known.
    `stands_for` is the `ref` of the approved class that this one would change.
    """

    ref: str
    order: int
    label: str
    is_own: bool
    certificate_key: str
    name_key: str
    place_key: str
    class_size: int
    hours: Mapping[date, tuple[Hours, ...]] = field(repr=False)
    stands_for: str = ""


@dataclass(frozen=True)
class Clash:
    """Another class at the same hours, with the days on which both meet, in order."""

    booking: Booking
    days: tuple[date, ...]


_OnDay = dict[date, list[tuple[int, int, Booking]]]


class Bookings:
    """Classes looked up by certificate (everybody's), and by name and place (one's own)."""

    def __init__(self, bookings: Iterable[Booking] = ()) -> None:
        self._by_certificate: dict[str, _OnDay] = {}
        self._by_name: dict[str, _OnDay] = {}
        self._by_place: dict[str, _OnDay] = {}
        for booking in bookings:
            self.add(booking)

    def add(self, booking: Booking) -> None:
        """Take in one more class."""
        _put(self._by_certificate, booking.certificate_key, booking)
        if booking.is_own:
            _put(self._by_name, booking.name_key, booking)
            _put(self._by_place, booking.place_key, booking)

    def of_certificate(self, own: Booking) -> Iterator[Clash]:
        """Earlier classes of the same certificate at the same hours, whoever's they are."""
        return _clashes(self._by_certificate.get(own.certificate_key, {}), own)

    def of_name(self, own: Booking) -> Iterator[Clash]:
        """Earlier classes of the same institution and teacher's name at the same hours."""
        return _clashes(self._by_name.get(own.name_key, {}), own)

    def fullest_hour(self, own: Booking) -> tuple[int, date | None, tuple[str, ...]]:
        """Most pupils in the place while this class meets, the day, and the other classes then."""
        on_days = self._by_place.get(own.place_key, {})
        fullest: tuple[int, date | None, tuple[str, ...]] = (own.class_size, None, ())
        for day, hours in own.hours.items():
            for start, end in hours:
                there = _at(on_days.get(day, ()), own, start, end)
                for moment in {start, *(one[0] for one in there if one[0] > start)}:
                    now = [one for one in there if one[0] <= moment < one[1]]
                    pupils = own.class_size + sum(one[2].class_size for one in now)
                    if pupils > fullest[0]:
                        fullest = (pupils, day, tuple(one[2].label for one in now))
        return fullest


def _put(index: dict[str, _OnDay], key: str, booking: Booking) -> None:
    if not key:
        return
    on_days = index.setdefault(key, {})
    for day, hours in booking.hours.items():
        on_days.setdefault(day, []).extend((start, end, booking) for start, end in hours)


def _at(
    there: Iterable[tuple[int, int, Booking]], own: Booking, start: int, end: int
) -> list[tuple[int, int, Booking]]:
    return [
        one
        for one in there
        if one[0] < end
        and start < one[1]
        and one[2].order < own.order
        and one[2].ref not in (own.ref, own.stands_for)
    ]


def _clashes(on_days: _OnDay, own: Booking) -> Iterator[Clash]:
    if not on_days:
        return
    found: dict[str, tuple[Booking, list[date]]] = {}
    for day, hours in own.hours.items():
        for start, end in hours:
            for _start, _end, other in _at(on_days.get(day, ()), own, start, end):
                days = found.setdefault(other.ref, (other, []))[1]
                if day not in days:
                    days.append(day)
    for booking, days in found.values():
        yield Clash(booking, tuple(sorted(days)))
