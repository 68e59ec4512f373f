"""What the register knows of an institution, as far as a class that it files is judged by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache

from institutions.core.journeys.renewing import LEAD_DAYS, is_timely
from institutions.core.register_rules.addresses import Likeness, address_key, likeness
from institutions.core.register_rules.bookings import NEW_CLASS_ORDER, Booking, Bookings, Hours
from institutions.core.screening.rows import FilingRow, Session
from institutions.core.standards.limits import Standards
from regulator.calendars.core.settings import SettingEntry, SettingValue, Standing
from regulator.kernel.workdays import Deadline, WorkdayTable, add_workdays

IN_FORCE, EXPIRED, NOT_YET, UNKNOWN_END = "in_force", "expired", "not_yet", "unknown_end"
# How near a licence that is not in force comes to being so: the nearest is the one to speak of.
_NEARNESS = (
    IN_FORCE, UNKNOWN_END, "suspended", "pending", NOT_YET, EXPIRED, "replaced", "withdrawn",
    "annulled", "revoked", "cancelled",
)  # fmt: skip


@dataclass(frozen=True)
class StateSpan:
    """A state for a time, half-open; `ends_before` None: until now and on."""

    state: str
    starts_on: date
    ends_before: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the state held on a day."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


@dataclass(frozen=True)
class HeldLicence:
    """A licence with its states and its scope; what is blank of the scope nobody entered.

    `renewal_applied_on` is the day of an application for renewal that is not decided yet.
    """

    number: str
    states: tuple[StateSpan, ...]
    valid_from: date | None
    valid_before: date | None
    category: str = ""
    stages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    renewal_applied_on: date | None = None
    renewal_lead_days: int = LEAD_DAYS

    def standing_on(self, day: date) -> str:
        """`in_force`, or why it is not: another state, expired, not yet, or an unknown end.

        Before its first recorded state a licence stood as its printed validity says. A renewal
        applied for in time keeps it in force until it is decided (行政许可法 art. 50).
        """
        state = self._state_on(day)
        if state != IN_FORCE:
            return state
        if self.valid_from is not None and day < self.valid_from:
            return NOT_YET
        if self.valid_before is None:
            return UNKNOWN_END
        return IN_FORCE if day < self.valid_before or self.is_being_renewed else EXPIRED

    @property
    def is_being_renewed(self) -> bool:
        """Whether a renewal applied for in time is still undecided."""
        if self.renewal_applied_on is None or self.valid_before is None:
            return False
        return is_timely(self.renewal_applied_on, self.valid_before, self.renewal_lead_days)

    def _state_on(self, day: date) -> str:
        for span in reversed(self.states):
            if span.covers(day):
                return span.state
        if self.states and day < self.states[0].starts_on:
            is_printed = self.valid_from is not None and self.valid_from <= day
            return IN_FORCE if is_printed else NOT_YET
        return "pending"


@dataclass(frozen=True)
class KnownPlace:
    """A place of the institution; areas in square metres, None where nobody entered them."""

    address_key: str
    address: str
    is_licensed: bool
    starts_on: date | None = None
    ends_before: date | None = None
    teaching_area_m2: Fraction | None = None
    floor_area_m2: Fraction | None = None
    room_use: str = ""

    def is_used_on(self, day: date) -> bool:
        """Whether the register has the place in use on a day."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_before is None or day < self.ends_before)


DaysByState = Mapping[str, tuple[date, ...]]


@dataclass(frozen=True)
class Stood:
    """Days by how the licence that stands best stood on them, and by how it was operated."""

    standings: DaysByState
    statuses: DaysByState


def _by_state(days: Iterable[date], state_on: Callable[[date], str]) -> DaysByState:
    found: dict[str, list[date]] = {}
    for day in days:
        found.setdefault(state_on(day), []).append(day)
    return {state: tuple(some) for state, some in found.items()}


@dataclass(frozen=True)
class RegisterFacts:
    """An institution in the register on the day of judging.

    `kind` is `subject` or the activity, as the setting standards call it. `statuses` are how it
    operated. `people` gives for a certificate's key a person of its own staff. `lead_default` and
    `lead_entries` are the division's lead time in working days; `bookings` the classes filed
    before.
    """

    judged_on: date
    kind: str = ""
    is_verified: bool = True
    licences: tuple[HeldLicence, ...] = ()
    statuses: tuple[StateSpan, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    standards: Standards = field(default_factory=Standards)
    people: Mapping[str, str] = field(default_factory=dict)
    lead_default: SettingValue | None = None
    lead_entries: tuple[SettingEntry, ...] = ()
    workdays: WorkdayTable = field(
        default_factory=lambda: WorkdayTable(frozenset(), frozenset(), frozenset())
    )
    bookings: Bookings = field(default_factory=Bookings, compare=False, repr=False)
    _standings: dict[date, str] = field(default_factory=dict, compare=False, repr=False)
    _statuses: dict[date, str] = field(default_factory=dict, compare=False, repr=False)
    _stood: dict[int, tuple[tuple[date, ...], Stood]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _deadlines: dict[tuple[date, int], Deadline] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _likeness: dict[str, tuple[tuple[KnownPlace, Likeness], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def deadline_after(self, day: date, workdays: int) -> Deadline:
        """The last day of a term of working days that begins the day after."""
        asked = (day, workdays)
        if asked not in self._deadlines:
            self._deadlines[asked] = add_workdays(day, workdays, self.workdays)
        return self._deadlines[asked]

    def standing_on(self, day: date) -> str:
        """How the licence that stands best stood on a day; empty where there is none at all."""
        if day not in self._standings:
            found = [licence.standing_on(day) for licence in self.licences]
            self._standings[day] = min(found, key=_NEARNESS.index, default="")
        return self._standings[day]

    def status_on(self, day: date) -> str:
        """How the institution operated on a day; empty where nobody recorded it."""
        if day not in self._statuses:
            spans = (span.state for span in reversed(self.statuses) if span.covers(day))
            self._statuses[day] = next(spans, "")
        return self._statuses[day]

    def stood_on(self, days: tuple[date, ...]) -> Stood:
        """How the licence stood, and the institution operated, on days; once for the same ones."""
        known = self._stood.get(id(days))
        if known is None:
            stood = Stood(_by_state(days, self.standing_on), _by_state(days, self.status_on))
            if len(self._stood) >= _MOST_MET:
                self._stood.clear()
            known = self._stood[id(days)] = (days, stood)
        return known[1]

    def lead_on(self, day: date) -> SettingValue | None:
        """The lead time that held on a day."""
        for entry in reversed(self.lead_entries):
            ended = entry.ends_before is not None and entry.ends_before <= day
            if entry.starts_on <= day and not ended:
                return SettingValue(
                    entry.code, entry.value, Standing.CONFIRMED, entry.basis, entry.starts_on
                )
        return self.lead_default

    def places_like(self, address: str) -> tuple[tuple[KnownPlace, Likeness], ...]:
        """The known places that an address surely or perhaps is."""
        if address not in self._likeness:
            key = address_key(address)
            found = ((place, likeness(key, place.address_key)) for place in self.places)
            self._likeness[address] = tuple(
                (place, like) for place, like in found if like is not Likeness.OTHER
            )
        return self._likeness[address]


@dataclass(frozen=True)
class ClassFacts:
    """One class before the register.

    `certificate_key` is a keyed digest of the teacher's certificate number, empty where there is
    none. `filed_on` is the day on which it was first handed in (or is now), `approved_on` that of
    the approval, now or then; None before. `ref` and `order` are its own among the bookings.
    """

    row: FilingRow
    register: RegisterFacts
    certificate_key: str
    filed_on: date
    approved_on: date | None = None
    ref: str = ""
    order: int = NEW_CLASS_ORDER
    label: str = ""
    stands_for: str = ""

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of its sessions; the first and last day where it has none (线上录播)."""
        if self.row.sessions:
            return _met_of(self.row.sessions).days
        return (self.row.starts_on, self.row.ends_on)

    @cached_property
    def booking(self) -> Booking:
        """The class as others will meet it."""
        return Booking(
            ref=self.ref,
            order=self.order,
            label=self.label,
            is_own=True,
            certificate_key=self.certificate_key,
            name_key=address_key(self.row.cells.get("授课教师", "")),
            place_key=address_key(self.row.cells.get("授课地点", "")),
            class_size=self.row.class_size,
            hours=hours_of(self.row),
            stands_for=self.stands_for,
        )


def hours_of(row: FilingRow) -> Mapping[date, tuple[Hours, ...]]:
    """A class's hours by day. Days and hours that recur are the same objects: there are many."""
    return _met_of(row.sessions).hours


@dataclass(frozen=True)
class _Met:
    """When a class meets; of the same sessions (the very same object) it is worked out once."""

    sessions: tuple[Session, ...]

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(session.day for session in self.sessions))

    @cached_property
    def hours(self) -> Mapping[date, tuple[Hours, ...]]:
        hours: dict[date, tuple[Hours, ...]] = {}
        for session in self.sessions:
            day = _same_day(session.day)
            hours[day] = _together(hours.get(day, ()), session.start_minute, session.end_minute)
        return hours


_MET: dict[int, _Met] = {}
_MOST_MET, _USUAL_SESSIONS = 1_024, 400


def _met_of(sessions: tuple[Session, ...]) -> _Met:
    met = _MET.get(id(sessions))
    if met is None:
        met = _Met(sessions)
        if len(sessions) <= _USUAL_SESSIONS:
            if len(_MET) >= _MOST_MET:
                _MET.clear()
            _MET[id(sessions)] = met
    return met


@lru_cache(maxsize=40_000)
def _same_day(day: date) -> date:
    return day


@lru_cache(maxsize=10_000)
def _together(before: tuple[Hours, ...], start: int, end: int) -> tuple[Hours, ...]:
    return (*before, (start, end))
