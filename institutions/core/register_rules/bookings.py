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
        self._by_certificate: dict[str, list[Booking]] = {}
        self._by_name: dict[str, list[Booking]] = {}
        self._by_place: dict[str, list[Booking]] = {}
        # By day only where somebody asked how full a place is: of most places nobody does.
        self._on_days: dict[str, _OnDay] = {}
        for booking in bookings:
            self.add(booking)

    def add(self, booking: Booking) -> None:
        """Take in one more class."""
        if booking.certificate_key:
            self._by_certificate.setdefault(booking.certificate_key, []).append(booking)
        if booking.is_own and booking.name_key:
            self._by_name.setdefault(booking.name_key, []).append(booking)
        if booking.is_own and booking.place_key:
            self._by_place.setdefault(booking.place_key, []).append(booking)
            on_days = self._on_days.get(booking.place_key)
            if on_days is not None:
                _enter(on_days, booking)

    def of_certificate(self, own: Booking) -> Iterator[Clash]:
        """Earlier classes of the same certificate at the same hours, whoever's they are."""
        return _clashes(self._by_certificate.get(own.certificate_key, ()), own)

    def of_name(self, own: Booking) -> Iterator[Clash]:
        """Earlier classes of the same institution and teacher's name at the same hours."""
        return _clashes(self._by_name.get(own.name_key, ()), own)

    def fullest_hour(self, own: Booking) -> tuple[int, date | None, tuple[str, ...]]:
        """Most pupils in the place while this class meets, the day, and the other classes then."""
        on_days = self._days_in(own.place_key)
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

    def _days_in(self, place_key: str) -> _OnDay:
        on_days = self._on_days.get(place_key)
        if on_days is None:
            on_days = self._on_days[place_key] = {}
            for booking in self._by_place.get(place_key, ()):
                _enter(on_days, booking)
        return on_days


def _enter(on_days: _OnDay, booking: Booking) -> None:
    for day, hours in booking.hours.items():
        on_days.setdefault(day, []).extend((start, end, booking) for start, end in hours)


def _at(
    there: Iterable[tuple[int, int, Booking]], own: Booking, start: int, end: int
) -> list[tuple[int, int, Booking]]:
    return [one for one in there if one[0] < end and start < one[1] and _is_before(one[2], own)]


def _is_before(other: Booking, own: Booking) -> bool:
    """Whether another class stands before one's own, and is not the one that it would change."""
    return other.order < own.order and other.ref not in (own.ref, own.stands_for)


def _clashes(others: Iterable[Booking], own: Booking) -> Iterator[Clash]:
    for other in others:
        if _is_before(other, own):
            days = tuple(sorted(days_of_both(own.hours, other.hours)))
            if days:
                yield Clash(other, days)


def days_of_both(
    own: Mapping[date, tuple[Hours, ...]], other: Mapping[date, tuple[Hours, ...]]
) -> Iterator[date]:
    """The days on which two classes meet at overlapping hours."""
    for day, hours in own.items():
        there = other.get(day)
        if there and any(a[0] < b[1] and b[0] < a[1] for a in hours for b in there):
            yield day
