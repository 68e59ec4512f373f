"""Waves as desks see them: who would be in one, who is, and where every member stands."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.waves import (
    Attempt,
    Judged,
    MemberFacts,
    WaveFacts,
    judge,
    meets,
)
from institutions.models import Institution, Journey, Licence, Wave, WaveMember
from institutions.selectors.register_list import main_licence
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import reach_of
from regulator.kernel.actors import Actor

MISSED = "missed_deadline"
_TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "waves.csv"
_LISTS = ("category", "legal_form", "stages")


@dataclass(frozen=True)
class WaveTemplate:
    """A wave that ships with the product; a person creates their own from it."""

    code: str
    name: str
    criteria: Mapping[str, list[str]]
    ways_out: tuple[str, ...]
    deadline_on: date
    consequence: str
    basis: str


@dataclass(frozen=True)
class MemberLine:
    """A member with what was judged of it today, its licence, and the decision under way."""

    member: WaveMember
    facts: MemberFacts
    judged: Judged
    licence: Licence | None
    pursuit: Journey | None

    @property
    def institution(self) -> Institution:
        """The member's institution."""
        return self.member.institution


@cache
def wave_templates() -> tuple[WaveTemplate, ...]:
    """The shipped waves, from `institutions/data/waves.csv`."""
    with _TEMPLATES.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_template(row) for row in csv.DictReader(file))


def _template(row: Mapping[str, str]) -> WaveTemplate:
    return WaveTemplate(
        code=row["code"],
        name=row["name"],
        criteria={name: row[name].split("|") for name in _LISTS if row[name]},
        ways_out=tuple(row["ways_out"].split("|")),
        deadline_on=date.fromisoformat(row["deadline_on"]),
        consequence=row["consequence"],
        basis=row["basis"],
    )


def waves_in(actor: Actor, action: Action = Action.JOURNEY_READ) -> QuerySet[Wave]:
    """The waves that an actor's desk reaches, the latest deadline first."""
    reach = reach_of(actor, action)
    if reach is None:
        return Wave.objects.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return Wave.objects.filter(division__code__startswith=actor.division[:4])
    return Wave.objects.filter(division=actor.division)


def wave_for(actor: Actor, public_id: UUID, action: Action = Action.JOURNEY_READ) -> Wave | None:
    """A wave that the actor's desk reaches."""
    return waves_in(actor, action).filter(public_id=public_id).first()


def wave_by_id(public_id: str | UUID) -> Wave | None:
    """A wave by its public id, for jobs and commands, whoever asks."""
    return Wave.objects.filter(public_id=public_id).first()


def candidates(division: str, criteria: Mapping[str, Any]) -> list[Institution]:
    """Who would be in a wave: the division's own entries that are not closed and meet it."""
    rows = Institution.objects.filter(division=division, place="").exclude(status="closed")
    for name in ("category", "legal_form", "activity"):
        if criteria.get(name):
            rows = rows.filter(**{f"{name}__in": criteria[name]})
    if criteria.get("competent_department"):
        rows = rows.filter(competent_department__in=criteria["competent_department"])
    found = list(rows.prefetch_related("licences"))
    return [one for one in found if meets(criteria, _values(one))]


def _values(institution: Institution) -> dict[str, Any]:
    licence = main_licence(list(institution.licences.all()))
    return {
        "category": institution.category,
        "legal_form": institution.legal_form,
        "activity": institution.activity,
        "competent_department": institution.competent_department_id,
        "stages": () if licence is None else licence.stages,
    }


def wave_facts(wave: Wave) -> WaveFacts:
    """The wave as it is judged by."""
    opened = None if wave.opened_at is None else timezone.localdate(wave.opened_at)
    return WaveFacts(wave.deadline_on, tuple(wave.ways_out), opened or date.max)


def member_rows(wave: Wave) -> QuerySet[WaveMember]:
    """The wave's members with their institutions, in the order in which they came in."""
    return wave.members.select_related("institution").order_by("pk")


def member_lines(wave: Wave, members: Iterable[WaveMember] | None = None) -> list[MemberLine]:
    """Members judged as things stand, in three queries whatever their number."""
    rows = list(member_rows(wave) if members is None else members)
    wanted = [one.institution_id for one in rows]
    journeys = _journeys(wave, wanted)
    licences = _licences(wanted)
    facts = wave_facts(wave)
    return [_line(one, facts, journeys[one.institution_id], licences) for one in rows]


def _line(
    member: WaveMember,
    wave: WaveFacts,
    journeys: Sequence[Journey],
    licences: Mapping[int, list[Licence]],
) -> MemberLine:
    licence = main_licence(licences.get(member.institution_id, []))
    pursuits = [
        one
        for one in journeys
        if one.kind == MISSED and (one.wave_id == member.wave_id or not one.is_over)
    ]
    held = MemberFacts(
        standing=member.standing,
        attempts=tuple(_attempt(one) for one in journeys if one.kind != MISSED),
        is_closed=member.institution.status == "closed",
        is_pursued=any(one.kind == MISSED and not one.is_over for one in journeys),
        shown=_shown(member.institution, licence),
    )
    pursuit = pursuits[-1] if pursuits else None
    return MemberLine(member, held, judge(held, wave), licence, pursuit)


def _shown(institution: Institution, licence: Licence | None) -> dict[str, str]:
    return {
        "licence": "" if licence is None else licence.number_printed,
        "category": institution.category,
        "legal_form": institution.legal_form,
        "credit_code": institution.credit_code,
    }


def _attempt(journey: Journey) -> Attempt:
    table = JOURNEYS.get(journey.kind)
    started_on = timezone.localdate(journey.started_at)
    applied: date | None = started_on
    if table is not None and "submit" in table.by_name:
        handed_in = journey.details.get("submit_on")
        applied = date.fromisoformat(handed_in) if handed_in else None
    return Attempt(
        kind=journey.kind,
        number=journey.number,
        started_on=started_on,
        applied_on=applied,
        outcome=journey.outcome,
        ended_on=journey.ended_on,
    )


def _journeys(wave: Wave, institutions: Sequence[int]) -> dict[int, list[Journey]]:
    found: dict[int, list[Journey]] = defaultdict(list)
    kinds = Q(kind__in=[*wave.ways_out, MISSED])
    rows = Journey.objects.filter(kinds, institution__in=_chosen(wave, institutions))
    for journey in rows.order_by("started_at", "pk"):
        if journey.institution_id is not None:
            found[journey.institution_id].append(journey)
    return found


def _licences(institutions: Sequence[int]) -> dict[int, list[Licence]]:
    found: dict[int, list[Licence]] = defaultdict(list)
    for start in range(0, len(institutions), _IN_ONE):
        chunk = institutions[start : start + _IN_ONE]
        rows = Licence.objects.filter(institution__in=chunk).only(*_LICENCE_COLUMNS)
        for licence in rows.order_by("-valid_from", "-pk"):
            found[licence.institution_id].append(licence)
    return found


_IN_ONE = 20_000
_LICENCE_COLUMNS = ("institution", "state", "number_printed", "issuing_department", "valid_from")


def _chosen(wave: Wave, institutions: Sequence[int]) -> Any:
    """The institutions asked for, or the wave's members by a subquery where they are many."""
    if len(institutions) <= _IN_ONE:
        return institutions
    return wave.members.values("institution")


def standing_counts(wave: Wave) -> dict[str, int]:
    """How many members have each kept standing."""
    kept = list(wave.members.values_list("standing", flat=True))
    return {name: kept.count(name) for name in ("proposed", "spared", "through", "excused")}


def waves_due(on: date) -> QuerySet[Wave]:
    """Opened waves whose deadline is over, with members whose matter is not settled."""
    return Wave.objects.filter(
        opened_at__isnull=False,
        deadline_on__lt=on,
        members__standing__in=("open", "spared"),
    ).distinct()


def waves_near(on: date, *, before: date) -> QuerySet[Wave]:
    """Opened waves whose deadline comes within the days up to `before`."""
    return Wave.objects.filter(opened_at__isnull=False, deadline_on__gte=on, deadline_on__lt=before)


def waves_named(named: str) -> list[Wave]:
    """The waves with this public id or name, for commands."""
    try:
        return list(Wave.objects.filter(public_id=UUID(named)))
    except ValueError:
        return list(Wave.objects.filter(name=named))
