"""Figures of a year's inspections: coverage, findings, minutes, and what was done in time.

A draw that is still sealed is not counted at all, so that the figures of anybody are the same and
tell nothing about who was drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.core.draw_states import DrawState
from inspections.core.findings.finding_states import FindingState
from inspections.core.findings.publication import ClockState
from inspections.models import Draw, Finding, RectificationOrder, Visit
from inspections.selectors.directories import township_names
from inspections.selectors.publication import draw_progress
from inspections.selectors.scope import scope_objects
from institutions.choices.register import CATEGORY_LABELS
from institutions.models import Premises
from regulator.accounts.choices.texts import DEPARTMENT_LABELS

_SEALED = Q(assignment__draw_of__state=DrawState.DRAWN.value)
_OVER = ("ended", "not_possible")


@dataclass(frozen=True)
class Coverage:
    """Of so many premises, how many were visited at least once."""

    label: Any
    total: int
    visited: int

    @property
    def percent(self) -> str:
        """The share as `12.5%`, half up; a dash where there is nothing to visit."""
        if not self.total:
            return "—"
        tenths = (self.visited * 2000 + self.total) // (self.total * 2)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True)
class Counted:
    """Something with its number."""

    label: Any
    count: int


@dataclass(frozen=True)
class VisitedInstitution:
    """How often and how long an institution was visited; minutes are None where none is known."""

    name: str
    visits: int
    minutes: int | None


@dataclass(frozen=True)
class Rate:
    """What was done in time, of all that is over."""

    label: Any
    in_time: int
    total: int


@dataclass(frozen=True)
class Statistics:
    """The figures of one year."""

    year: int
    whole: Coverage
    by_category: Sequence[Coverage]
    by_township: Sequence[Coverage]
    by_tier: Sequence[Coverage]
    by_item: Sequence[Counted]
    by_department: Sequence[Counted]
    institutions: Sequence[VisitedInstitution]
    visits: int
    minutes: int
    rates: Mapping[str, Rate]


def statistics_of(division: str, *, year: int, today: date) -> Statistics:
    """The figures of a division's year up to a day."""
    first, before = _span(year)
    visits = list(
        Visit.objects.filter(
            division=division, state__in=_OVER, ended_at__gte=first, ended_at__lt=before
        )
        .exclude(_SEALED)
        .select_related("premises__institution")
    )
    seen = {visit.register_id for visit in visits}
    objects = _objects(division, today)
    findings = list(
        Finding.objects.filter(visit__in=[visit.pk for visit in visits])
        .exclude(state=FindingState.WITHDRAWN.value)
        .select_related("item")
    )
    departments = Counter(one.department_id for one in findings)
    return Statistics(
        year=year,
        whole=_coverage(_("全部"), list(objects), seen),
        by_category=_split({key: one.category for key, one in objects.items()}, seen, _KINDS),
        by_township=_split(
            {key: one.area for key, one in objects.items()}, seen, township_names(division)
        ),
        by_tier=_split({key: one.tier for key, one in objects.items()}, seen, _tiers(objects)),
        by_item=_counted(Counter(f"{one.item.code} {one.item.title}" for one in findings)),
        by_department=[
            Counted(DEPARTMENT_LABELS.get(code, code), count)
            for code, count in departments.most_common()
        ],
        institutions=_institutions(visits),
        visits=len(visits),
        minutes=sum(_minutes(visit) or 0 for visit in visits),
        rates=_rates(division, first, before, today),
    )


_KINDS: Mapping[str, Any] = CATEGORY_LABELS


@dataclass(frozen=True)
class _Object:
    category: str
    area: str
    tier: str


def _objects(division: str, day: date) -> dict[str, _Object]:
    """The licensed premises of a day by register id."""
    scope = scope_objects(division=division, on=day)
    rows = Premises.objects.filter(register_id__in=[one.frame.register_id for one in scope])
    kinds = dict(rows.values_list("register_id", "institution__category"))
    return {
        one.frame.register_id: _Object(
            kinds.get(one.frame.register_id, ""), one.frame.area, one.frame.stratum
        )
        for one in scope
    }


def _tiers(objects: Mapping[str, _Object]) -> dict[str, str]:
    return {one.tier: _("%(tier)s 级") % {"tier": one.tier} for one in objects.values()}


def _span(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _coverage(label: Any, keys: Sequence[str], seen: set[str]) -> Coverage:
    return Coverage(label, len(keys), sum(key in seen for key in keys))


def _split(groups: Mapping[str, str], seen: set[str], labels: Mapping[str, Any]) -> list[Coverage]:
    keys: dict[str, list[str]] = {}
    for key, group in groups.items():
        keys.setdefault(group, []).append(key)
    return [
        _coverage(labels.get(group, group) or _("没有填写"), keys[group], seen)
        for group in sorted(keys)
    ]


def _counted(counter: Counter[str]) -> list[Counted]:
    return [Counted(label, count) for label, count in counter.most_common()]


def _minutes(visit: Visit) -> int | None:
    """How long a team was there, in whole minutes; None where nobody stood there."""
    if visit.arrived_at is None or visit.ended_at is None:
        return None
    return int((visit.ended_at - visit.arrived_at).total_seconds()) // 60


def _institutions(visits: Sequence[Visit]) -> list[VisitedInstitution]:
    held: dict[int, list[Visit]] = {}
    for visit in visits:
        held.setdefault(visit.premises.institution_id, []).append(visit)
    rows = []
    for group in held.values():
        known = [minutes for visit in group if (minutes := _minutes(visit)) is not None]
        name = group[0].premises.institution.name
        rows.append(VisitedInstitution(name, len(group), sum(known) if known else None))
    return sorted(rows, key=lambda row: (-row.visits, -(row.minutes or 0), row.name))


def _rates(division: str, first: datetime, before: datetime, today: date) -> dict[str, Rate]:
    draws = Draw.objects.filter(
        division=division,
        state=DrawState.REVEALED.value,
        drawn_at__gte=first,
        drawn_at__lt=before,
    )
    progress = [draw_progress(draw, today=today) for draw in draws]
    done = (ClockState.DONE_IN_TIME, ClockState.DONE_LATE)
    ended = RectificationOrder.objects.filter(
        division=division, ended_at__gte=first, ended_at__lt=before, deadline__isnull=False
    ).exclude(state="withdrawn")
    orders = list(ended.values_list("state", "deadline__due_on", "deadline__closed_on"))
    return {
        "visits": _rate(_("抽查按期查完"), [one.visits.state for one in progress], done),
        "publication": _rate(_("结果按期公布"), [one.publication.state for one in progress], done),
        "rectification": Rate(
            _("责令改正按期办结"),
            sum(
                state == "closed" and closed is not None and closed <= due
                for state, due, closed in orders
            ),
            len(orders),
        ),
    }


def _rate(label: Any, states: Sequence[ClockState], done: Sequence[ClockState]) -> Rate:
    over = [state for state in states if state in done]
    return Rate(label, sum(state is ClockState.DONE_IN_TIME for state in over), len(over))
