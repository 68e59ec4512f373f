"""One entry of the register as a page shows it, now or as of any past date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from institutions.choices.register import (
    LICENCE_MOVE_LABELS,
    LICENCE_STATE_LABELS,
    LICENCE_STATE_TONES,
    STATUS_LABELS,
)
from institutions.core.licence_states import DESK_MOVES, LicenceState, moves_from
from institutions.core.register.headers import TEMPLATE_HEADERS
from institutions.models import (
    CompetentDepartment,
    Institution,
    Licence,
    OperatingStatus,
    Premises,
    SourceRow,
)
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from regulator.accounts.models import Township
from regulator.audit.models import Event
from regulator.web.choices import NEUTRAL, Badge


@dataclass(frozen=True)
class LicenceLine:
    """A licence with the state it had on the day."""

    licence: Licence
    state: str
    badge: Badge

    @property
    def moves(self) -> list[tuple[str, Any]]:
        """(name, words) of the transitions from here that are made at the licence itself."""
        found = moves_from(LicenceState(self.licence.state))
        return [
            (move.name, LICENCE_MOVE_LABELS[move.name]) for move in found if move.name in DESK_MOVES
        ]


@dataclass(frozen=True)
class PremisesLine:
    """A place with its township's name, where the code is known."""

    premises: Premises
    township: str


@dataclass(frozen=True)
class EntryAsOf:
    """What the register held of an identity on a day. Unknown texts are empty."""

    on: date
    name: str
    credit_code: str
    department: CompetentDepartment | None
    status: OperatingStatus | None
    licences: list[LicenceLine]
    premises: list[PremisesLine]

    @property
    def status_label(self) -> Any:
        """How it operated that day, in words."""
        return "" if self.status is None else STATUS_LABELS[self.status.status]


def _held(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on), starts_on__lte=on
    ).order_by("starts_on", "pk")


def entry_as_of(institution: Institution, on: date) -> EntryAsOf:
    """The entry on a day, from its effective-dated rows; before it began everything is empty."""
    name = _held(institution.names.all(), on).last()
    code = _held(institution.credit_codes.all(), on).last()
    departments = institution.competent_departments.select_related("department")
    return EntryAsOf(
        on=on,
        name="" if name is None else name.name,
        credit_code="" if code is None else code.code,
        department=_held(departments, on).last(),
        status=_held(institution.statuses.all(), on).last(),
        licences=_licence_lines(institution, on),
        premises=premises_lines(_held(institution.premises.all(), on)),
    )


def _licence_lines(institution: Institution, on: date) -> list[LicenceLine]:
    lines = []
    for licence in institution.licences.prefetch_related("periods"):
        held = [
            period
            for period in licence.periods.all()
            if period.starts_on <= on and (period.ends_before is None or on < period.ends_before)
        ]
        if held:
            state = held[-1].state
            badge = Badge(LICENCE_STATE_TONES.get(state, NEUTRAL), LICENCE_STATE_LABELS[state])
            lines.append(LicenceLine(licence, state, badge))
    return lines


def premises_lines(rows: QuerySet[Premises]) -> list[PremisesLine]:
    """Places with their townships' names."""
    places = list(rows)
    names = dict(
        Township.objects.filter(code__in={place.area for place in places}).values_list(
            "code", "name"
        )
    )
    return [PremisesLine(place, names.get(place.area, "")) for place in places]


def printed_rows(institution: Institution) -> list[tuple[SourceRow, list[tuple[str, str]]]]:
    """The rows of lists on record with their cells as (header, text), in the template's order."""
    rows = []
    for row in institution.source_rows.all():
        order = [*TEMPLATE_HEADERS, *(name for name in row.printed if name not in TEMPLATE_HEADERS)]
        cells = [(name, row.printed[name]) for name in order if name in row.printed]
        rows.append((row, [(TEMPLATE_HEADERS.get(name, name), text) for name, text in cells]))
    return rows


def licence_for(institution: Institution, public_id: UUID) -> Licence | None:
    """A licence of this institution."""
    rows = institution.licences.select_related("institution", "issuing_department")
    return rows.filter(public_id=public_id).first()


def premises_for(institution: Institution, public_id: UUID) -> Premises | None:
    """A place of this institution."""
    rows = institution.premises.select_related("institution")
    return rows.filter(public_id=public_id).first()


def entry_history(institution: Institution) -> list[Event]:
    """Everything that was ever done to the entry and in its journeys, newest first."""
    keys = [str(key) for key in institution.journeys.values_list("public_id", flat=True)]
    about = Q(subject_kind="institution", subject_key=str(institution.public_id))
    events = Event.objects.filter(about | Q(subject_kind=JOURNEY_SUBJECT, subject_key__in=keys))
    return list(events.order_by("-id"))


def townships_of(division: str) -> list[tuple[str, str]]:
    """(code, name) of a division's townships, for a form."""
    rows = Township.objects.filter(division=division).order_by("code")
    return list(rows.values_list("code", "name"))


def earliest_day(institution: Institution) -> date:
    """The first day of which the register knows anything of the identity."""
    first = institution.names.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or institution.registered_on
