"""The facts by which a journey's moves are judged, read under the caller's locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from institutions.core.journeys.facts import (
    ClockFacts,
    InstitutionFacts,
    JourneyFacts,
    PaperFacts,
)
from institutions.core.journeys.shape import JourneyTable
from institutions.core.register.licence_numbers import read_licence_number
from institutions.models import Institution, Journey, Licence, Wave
from institutions.selectors.journey_obligations import obligations_of
from institutions.selectors.register import licence_in_force
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.settings import division_settings

JOURNEY_SUBJECT = "journey"


@dataclass(frozen=True)
class Opening:
    """What is known of a journey before it begins."""

    table: JourneyTable
    division: str
    institution: Institution | None
    wave: Wave | None
    licence: Licence | None


def opening_facts(
    opening: Opening, *, stated: Mapping[str, Any], on: date, by_institution: bool
) -> JourneyFacts:
    """The facts of a journey that is about to begin."""
    institution = opening.institution
    settings = _settings(opening.division, on)
    return JourneyFacts(
        state=opening.table.initial,
        on=on,
        institution=institution_facts(institution),
        licence=paper_facts(opening.licence),
        stated=stated,
        order=order_of(opening.table, settings),
        running=() if institution is None else running_kinds(institution),
        obligations=() if institution is None else obligations_of(institution, on),
        settings=settings,
        latest=latest_endings(institution),
        by_institution=by_institution,
        deadline_on=None if opening.wave is None else opening.wave.deadline_on,
        serious_violation_on=serious_violation_on(institution, on),
    )


def journey_facts(
    journey: Journey, *, stated: Mapping[str, Any], on: date, by_institution: bool = False
) -> JourneyFacts:
    """The facts of a journey as it stands."""
    institution = journey.institution
    return JourneyFacts(
        state=journey.state,
        on=on,
        institution=institution_facts(institution),
        licence=paper_facts(journey.licence),
        documents=latest_documents(journey),
        stated=stated,
        details=journey.details,
        order=tuple(journey.order),
        running=() if institution is None else running_kinds(institution, besides=journey),
        obligations=() if institution is None else obligations_of(institution, on),
        clocks={
            clock.kind.removeprefix(f"{JOURNEY_SUBJECT}."): ClockFacts(
                clock.due_on, clock.is_stopped
            )
            for clock in clocks_of(journey)
        },
        settings=_settings(journey.division_id, on),
        latest=latest_endings(institution),
        by_institution=by_institution,
        deadline_on=None if journey.wave is None else journey.wave.deadline_on,
        number_taken_by=number_taken_by(journey.division_id, stated),
    )


def institution_facts(institution: Institution | None) -> InstitutionFacts | None:
    """The entry's columns as guards read them."""
    if institution is None:
        return None
    return InstitutionFacts(
        name=institution.name,
        category=institution.category,
        activity=institution.activity,
        legal_form=institution.legal_form,
        status=institution.status,
        credit_code=institution.credit_code,
        competent_department=institution.competent_department_id or "",
        verified=institution.is_verified,
        premises_count=institution.premises.filter(ends_before__isnull=True).count(),
    )


def paper_facts(licence: Licence | None) -> PaperFacts | None:
    """A licence as guards read it."""
    if licence is None:
        return None
    return PaperFacts(
        state=licence.state,
        number=licence.number_printed,
        category=licence.category,
        stages=tuple(licence.stages),
        subjects=tuple(licence.subjects),
        ways=tuple(licence.ways),
        nature_code=licence.number_nature,
        valid_from=licence.valid_from,
        valid_before=licence.valid_before,
    )


def licence_of(institution: Institution, on: date) -> Licence | None:
    """The licence a journey is about: the one in force, else the latest on record."""
    in_force = licence_in_force(institution, on)
    return in_force or institution.licences.order_by("-valid_from", "-pk").first()


def latest_documents(journey: Journey) -> dict[str, str]:
    """The state of the newest version of every document handed in, by kind."""
    rows = journey.documents.order_by("kind", "version").values_list("kind", "state")
    return dict(rows)


def clocks_of(journey: Journey) -> list[Deadline]:
    """The journey's running clocks, the nearest first."""
    rows = Deadline.objects.filter(
        subject_kind=JOURNEY_SUBJECT, subject_key=str(journey.public_id), closed_on__isnull=True
    )
    return list(rows.order_by("due_on", "id"))


def running_kinds(institution: Institution, besides: Journey | None = None) -> tuple[str, ...]:
    """The kinds of the institution's journeys under way."""
    rows = institution.journeys.filter(ended_on__isnull=True)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return tuple(rows.order_by("pk").values_list("kind", flat=True))


def latest_endings(institution: Institution | None) -> dict[str, tuple[str, date]]:
    """By kind: how and when the latest ended journey ended."""
    if institution is None:
        return {}
    rows = institution.journeys.filter(ended_on__isnull=False).order_by("ended_on", "pk")
    return {
        kind: (outcome, ended_on)
        for kind, outcome, ended_on in rows.values_list("kind", "outcome", "ended_on")
        if ended_on is not None
    }


def number_taken_by(division: str, stated: Mapping[str, Any]) -> str:
    """Whose licence bears the stated new number already, whatever became of it; often nobody's."""
    key = read_licence_number(stated.get("new_number") or "").key
    if not key:
        return ""
    taken = Licence.objects.filter(number_key=key, institution__division=division)
    return taken.values_list("institution__name", flat=True).first() or ""


def serious_violation_on(institution: Institution | None, on: date) -> date | None:
    """The day this year on which a penalty that was more than a warning was served."""
    if institution is None:
        return None
    served = institution.journeys.filter(
        kind="penalty", outcome="done", ended_on__year=on.year, ended_on__lte=on
    )
    for kinds, ended_on in served.order_by("-ended_on").values_list(
        "details__decided_kinds", "ended_on"
    ):
        if set(kinds or ()) - {"warning"}:
            return ended_on
    return None


def order_of(table: JourneyTable, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The division's order of steps, of those the table ships; empty where it has none."""
    if not table.orders:
        return ()
    asked = settings.get(f"{table.kind}_order")
    return table.orders.get(str(asked)) or next(iter(table.orders.values()))


def _settings(division: str, on: date) -> dict[str, Any]:
    return {code: one.value for code, one in division_settings(division, on).items()}
