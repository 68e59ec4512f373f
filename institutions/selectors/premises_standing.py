"""How an institution's places stand to the setting standards, for the desk and for guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from institutions.choices.premises_findings import (
    ADVICE_BADGE,
    BREACH_BADGE,
    PASS_BADGE,
    UNKNOWN_BADGE,
    FindingLine,
    finding_line,
)
from institutions.core.licence_states import LicenceState
from institutions.core.register.text import match_key
from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import Standards
from institutions.core.standards.rules import PremisesFinding, premises_findings
from institutions.models import Institution, Licence, Premises
from institutions.selectors.register import premises_of
from institutions.selectors.standards import standards_of
from regulator.kernel.outcomes import Breach, NotApplicable, Undetermined
from regulator.web.choices import Badge

_BADGES = (BREACH_BADGE, ADVICE_BADGE, UNKNOWN_BADGE, PASS_BADGE)


@dataclass(frozen=True)
class PlaceStanding:
    """One place with what every rule says of it."""

    premises: Premises
    findings: tuple[PremisesFinding, ...]

    @property
    def shown(self) -> tuple[PremisesFinding, ...]:
        """The findings that say anything: those of rules that apply."""
        return tuple(each for each in self.findings if not isinstance(each.outcome, NotApplicable))

    @property
    def breaches(self) -> tuple[PremisesFinding, ...]:
        """What is breached and binds."""
        return tuple(each for each in self.findings if each.is_breach)

    @property
    def advice(self) -> tuple[PremisesFinding, ...]:
        """What is breached of limits that the source calls 原则上."""
        return tuple(
            each for each in self.findings if isinstance(each.outcome, Breach) and each.is_soft
        )

    @property
    def undetermined(self) -> tuple[PremisesFinding, ...]:
        """What only a person can decide, since a figure or a fact is missing."""
        return tuple(each for each in self.findings if isinstance(each.outcome, Undetermined))


@dataclass(frozen=True)
class PremisesStanding:
    """All places of an institution in use on a day. A guard looks at `is_in_order`."""

    on: date
    places: tuple[PlaceStanding, ...]

    @property
    def breaches(self) -> tuple[tuple[Premises, PremisesFinding], ...]:
        """Every binding breach with its place."""
        return tuple((place.premises, each) for place in self.places for each in place.breaches)

    @property
    def undetermined(self) -> tuple[tuple[Premises, PremisesFinding], ...]:
        """Everything undetermined with its place."""
        return tuple((place.premises, each) for place in self.places for each in place.undetermined)

    @property
    def is_in_order(self) -> bool:
        """There is a place, and none breaches a limit that binds; the undetermined is no breach."""
        return bool(self.places) and not self.breaches


def premises_standing(institution: Institution, on: date) -> PremisesStanding:
    """How every place in use on a day stands to the standards of that day. Three queries."""
    standards = standards_of(institution.division_id)
    licences = standing_licences(institution, on)
    places = premises_of(institution, on)
    return PremisesStanding(
        on, tuple(_standing(institution, place, licences, standards, on) for place in places)
    )


def standing_licences(institution: Institution, on: date) -> list[Licence]:
    """The licences in force on a day, by their recorded states and their printed validity."""
    return list(
        institution.licences.filter(
            Q(periods__ends_before__isnull=True) | Q(periods__ends_before__gt=on),
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_before__isnull=True) | Q(valid_before__gt=on),
            periods__state=LicenceState.IN_FORCE.value,
            periods__starts_on__lte=on,
        ).distinct()
    )


def kind_of(institution: Institution) -> str:
    """The kind of training under which the standards look an institution up."""
    if institution.category == "subject":
        return "subject"
    return institution.activity


def facts_of(
    institution: Institution, place: Premises, licences: Iterable[Licence], on: date
) -> PremisesFacts:
    """A place as the rules know it."""
    held = list(licences)
    return PremisesFacts(
        on=on,
        kind=kind_of(institution),
        stages=tuple(dict.fromkeys(stage for each in held for stage in each.stages)),
        address_key=place.address_key,
        is_licensed=place.is_licensed,
        licence_addresses=tuple(match_key(each.address) for each in held if each.address)
        if held
        else None,
        floor_area_m2=_exact(place.floor_area_m2),
        teaching_area_m2=_exact(place.teaching_area_m2),
        max_pupils=place.max_pupils,
        lowest_floor=place.lowest_floor,
        highest_floor=place.highest_floor,
        building_kind=place.building_kind,
        room_use=place.room_use,
        starts_on=place.starts_on,
        lease_until=place.lease_until,
    )


def _standing(
    institution: Institution,
    place: Premises,
    licences: list[Licence],
    standards: Standards,
    on: date,
) -> PlaceStanding:
    facts = facts_of(institution, place, licences, on)
    return PlaceStanding(place, premises_findings(facts, standards))


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


@dataclass(frozen=True)
class StandingPlace:
    """A place on the entry's page: its lines, and how many of each answer."""

    premises: Premises
    lines: tuple[FindingLine, ...]
    breaches: tuple[PremisesFinding, ...]

    @property
    def tally(self) -> list[tuple[Badge, int]]:
        """(badge, how many lines bear it), the gravest first."""
        shown = [line.badge for line in self.lines]
        return [(badge, shown.count(badge)) for badge in _BADGES if badge in shown]


@dataclass(frozen=True)
class StandingPage:
    """The section of an entry's page on standards."""

    on: date
    places: tuple[StandingPlace, ...]


def standing_page(institution: Institution, on: date) -> StandingPage:
    """How each place stands to the standards, in words."""
    standing = premises_standing(institution, on)
    return StandingPage(
        on,
        tuple(
            StandingPlace(
                place.premises, tuple(finding_line(each) for each in place.shown), place.breaches
            )
            for place in standing.places
            if place.shown
        ),
    )
