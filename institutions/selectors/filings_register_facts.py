"""What the register knows of an institution, for the classes that it files.

It asks the database as often for one row as for a thousand; build it once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from institutions.core.filing_states import FilingState
from institutions.core.journeys.renewing import LEAD_DAYS, LEAD_SETTING
from institutions.core.register_rules.addresses import address_key
from institutions.core.register_rules.bookings import Booking, Bookings, Hours
from institutions.core.register_rules.facts import (
    HeldLicence,
    KnownPlace,
    RegisterFacts,
    StateSpan,
)
from institutions.core.screening.rows import FilingRow
from institutions.core.standards.limits import Standards
from institutions.models import Filing, Institution, Journey, Licence, StaffCertificate
from institutions.selectors.journey_due import PENDING_RENEWAL
from institutions.selectors.premises_standing import kind_of
from institutions.selectors.standards import standards_of
from regulator.calendars.core.settings import (
    FILING_LEAD_WORKDAYS,
    SettingEntry,
    SettingValue,
    settings_on,
)
from regulator.calendars.selectors.calendars import workday_table
from regulator.calendars.selectors.settings import entered_settings
from regulator.calendars.selectors.shipped import shipped_settings
from regulator.kernel.workdays import WorkdayTable

_LIVING = (FilingState.SUBMITTED.value, FilingState.APPROVED.value)
Span = tuple[date, date]
"""The first and the last day of the classes that are looked at."""


@dataclass(frozen=True)
class DivisionFacts:
    """What all institutions of a division share: standards, settings, working days."""

    standards: Standards
    entries: tuple[SettingEntry, ...]
    workdays: WorkdayTable


def division_facts(division: str) -> DivisionFacts:
    """What the rules of the register need of a division; three queries."""
    return DivisionFacts(
        standards_of(division), entered_settings(division), workday_table(division)
    )


def register_facts(
    institution: Institution,
    *,
    on: date,
    span: Span,
    certificates: Collection[str] = (),
    shared: DivisionFacts | None = None,
) -> RegisterFacts:
    """What the register knows of an institution on a day, for classes within a span of days.

    `certificates` are the digests of the classes' teachers. Ten queries, three of them spared by
    `shared`.
    """
    of_division = division_facts(institution.division_id) if shared is None else shared
    default = shipped_settings()[FILING_LEAD_WORKDAYS]
    licences = _licences(institution, of_division.entries)
    return RegisterFacts(
        judged_on=on,
        kind=kind_of(institution),
        is_verified=institution.is_verified,
        licences=tuple(held for _licence, held in licences),
        statuses=tuple(
            StateSpan(row.status, row.starts_on, row.ends_before)
            for row in institution.statuses.order_by("starts_on", "pk")
        ),
        places=_places(institution, licences),
        standards=of_division.standards,
        people=_people(institution),
        lead_default=SettingValue(default.code, default.default, default.standing, default.basis),
        lead_entries=tuple(
            sorted(
                (one for one in of_division.entries if one.code == FILING_LEAD_WORKDAYS),
                key=lambda one: one.starts_on,
            )
        ),
        workdays=of_division.workdays,
        bookings=Bookings(_bookings(institution, span, certificates)),
    )


def _licences(
    institution: Institution, entries: Iterable[SettingEntry]
) -> list[tuple[Licence, HeldLicence]]:
    rows = institution.licences.prefetch_related("periods").order_by("pk")
    applied = _renewals(institution)
    return [(row, _held(row, institution, applied.get(row.pk), entries)) for row in rows]


def _held(
    row: Licence,
    institution: Institution,
    applied_on: date | None,
    entries: Iterable[SettingEntry],
) -> HeldLicence:
    held = HeldLicence(
        number=row.number_printed,
        states=tuple(
            StateSpan(period.state, period.starts_on, period.ends_before)
            for period in row.periods.all()
        ),
        valid_from=row.valid_from,
        valid_before=row.valid_before,
        category=row.category or institution.category,
        stages=tuple(row.stages),
        subjects=tuple(row.subjects),
        ways=tuple(row.ways),
    )
    if applied_on is None:
        return held
    settings = settings_on(shipped_settings(), entries, applied_on)
    lead = int(settings[LEAD_SETTING].value) if LEAD_SETTING in settings else LEAD_DAYS
    return replace(held, renewal_applied_on=applied_on, renewal_lead_days=lead)


def _renewals(institution: Institution) -> dict[int, date]:
    """Licence → the day of an application for renewal that is not decided yet."""
    rows = Journey.objects.filter(
        institution=institution,
        kind="renewal",
        ended_on__isnull=True,
        state__in=PENDING_RENEWAL,
        licence__isnull=False,
    ).values_list("licence_id", "details")
    applied = ((pk, details.get("submit_on")) for pk, details in rows)
    return {pk: date.fromisoformat(day) for pk, day in applied if pk and day}


def _places(
    institution: Institution, licences: Sequence[tuple[Licence, HeldLicence]]
) -> tuple[KnownPlace, ...]:
    """The places of the register, and what a licence in force prints that is none of them."""
    places = [
        KnownPlace(
            address_key=row.address_key,
            address=row.address,
            is_licensed=row.is_licensed,
            starts_on=row.starts_on,
            ends_before=row.ends_before,
            teaching_area_m2=_exact(row.teaching_area_m2),
            floor_area_m2=_exact(row.floor_area_m2),
            room_use=row.room_use,
        )
        for row in institution.premises.order_by("pk")
    ]
    known = {place.address_key for place in places}
    for row, _held in licences:
        key = address_key(row.address)
        if key and key not in known and row.state == "in_force":
            places.append(KnownPlace(key, row.address, is_licensed=True))
    return tuple(places)


def _people(institution: Institution) -> dict[str, str]:
    """Certificate's digest → the person of the staff list who holds it."""
    rows = StaffCertificate.objects.filter(
        member__institution=institution, struck_on__isnull=True
    ).exclude(number_index="")
    found = rows.values_list("number_index", "member__person_index", "member_id")
    return {index: person or str(member) for index, person, member in found}


def _bookings(
    institution: Institution, span: Span, certificates: Collection[str]
) -> Iterator[Booking]:
    """The institution's living classes, and those of the same teachers anywhere, in a span."""
    digests = {one for one in certificates if one}
    rows = (
        Filing.objects.filter(
            Q(institution=institution) | Q(certificate_index__in=digests),
            state__in=_LIVING,
            ends_on__gte=span[0],
            starts_on__lte=span[1],
        )
        .annotate(teacher=KeyTextTransform("授课教师", "cells"))
        .values_list(
            "pk", "state", "number", "institution_id", "certificate_index", "teacher", "place",
            "class_size", "hours",
        )
    )  # fmt: skip
    for pk, state, number, owner, index, teacher, place, size, hours in rows.iterator(500):
        is_own = owner == institution.pk
        yield Booking(
            ref=str(pk),
            order=0 if state == FilingState.APPROVED.value else pk,
            label=number if is_own else "",
            is_own=is_own,
            certificate_key=index,
            name_key=address_key(teacher or ""),
            place_key=address_key(place),
            class_size=size,
            hours=hours_by_day(hours),
        )


def hours_by_day(kept: Iterable[Sequence[Any]]) -> dict[date, tuple[Hours, ...]]:
    """`Filing.hours` as the rules know them."""
    found: dict[date, tuple[Hours, ...]] = {}
    for start, end, ordinals in kept:
        for ordinal in ordinals:
            day = date.fromordinal(ordinal)
            found[day] = (*found.get(day, ()), (start, end))
    return found


def kept_hours(row: FilingRow) -> list[list[Any]]:
    """A class's sessions as `Filing.hours` keeps them."""
    slots: dict[Hours, list[int]] = {}
    for one in row.sessions:
        slots.setdefault((one.start_minute, one.end_minute), []).append(one.day.toordinal())
    return [[start, end, days] for (start, end), days in slots.items()]


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)
