"""A frame before it is fixed: what the coordinator chooses from, and what would come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils import timezone

from inspections.core.draw.assembly import (
    Member,
    Source,
    Stratum,
    assemble_frame,
    frame_department,
    strata_of,
)
from inspections.core.draw.frames import frame_refusals
from inspections.core.draw.planning import DrawPlan, plan_refusals
from inspections.selectors.scope import (
    ScopeObject,
    SuggestedExclusion,
    eligible_inspectors,
    inspectors_by_department,
    recusals_at,
    scope_objects,
    suggested_exclusions,
    tier_sizes,
)
from inspections.selectors.times import time_text
from regulator.accounts.models import Department
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.outcomes import Refusal

_PLACEHOLDER_DIGEST = "0" * 64


@dataclass(frozen=True)
class FrameChoices:
    """What a new draw can be made of, today.

    `tiers`: the sizes of the scope by credit tier; `left`: those once the suggested are left out.
    """

    departments: Sequence[tuple[Department, int]]
    tiers: Mapping[str, int]
    left: Mapping[str, int]
    suggestions: Sequence[SuggestedExclusion]


@dataclass(frozen=True)
class SeatNeed:
    """A department's seats against its inspectors."""

    department: str
    seats: int
    needed: int
    available: int


@dataclass(frozen=True)
class FramePreview:
    """What would be published if the frame were fixed now, and what stands against it."""

    strata: Sequence[Stratum]
    seats: Sequence[SeatNeed]
    excluded: int
    recusals: int
    overall: Fraction
    drawn: int
    size: int
    reasons: Sequence[Refusal]


def frame_choices(
    *, division: str, on: date, cap: int | None = None, categories: Sequence[str] = ()
) -> FrameChoices:
    """Departments with certified inspectors, the tiers of the scope, and whom to leave out."""
    scope = scope_objects(division=division, on=on, categories=categories)
    suggestions = suggested_exclusions(division=division, scope=scope, year=on.year, cap=cap)
    out = {one.register_id for one in suggestions}
    tiers = tier_sizes(scope)
    left = tier_sizes([one for one in scope if one.frame.register_id not in out])
    return FrameChoices(
        departments=inspectors_by_department(division=division, on=on),
        tiers=tiers,
        left={tier: left.get(tier, 0) for tier in tiers},
        suggestions=suggestions,
    )


def visit_cap(division: str, on: date) -> int:
    """How often an institution may be visited by draw in the year, by the division's setting."""
    return division_settings(division, on).inspection_visit_cap


def preview_frame(*, division: str, plan: DrawPlan, at: datetime) -> FramePreview:
    """The frame that a plan would give at this moment; nothing is written."""
    scope = scope_objects(division=division, on=plan.scope_on, categories=plan.categories)
    inspectors = eligible_inspectors(
        division=division, departments=list(plan.seats), on=timezone.localdate(at)
    )
    places = _places(scope, {one.register_id for one in plan.exclusions})
    pairs = [
        [f"X-{inspector}", place]
        for inspector, institution in recusals_at(inspectors=inspectors, at=at)
        for place in places.get(institution, [])
    ]
    members = [Member(f"X-{one.pk}", frame_department(one.department_id)) for one in inspectors]
    frame = _draft(division, plan, scope, members, pairs)
    ids = {one.frame.register_id for one in scope}
    strata = strata_of(frame)
    drawn, size = sum(one.quota for one in strata), len(frame["objects"])
    return FramePreview(
        strata=strata,
        seats=_seats(plan, members),
        excluded=len(plan.exclusions),
        recusals=len(pairs),
        overall=Fraction(drawn, size) if size else Fraction(0),
        drawn=drawn,
        size=size,
        reasons=(*plan_refusals(plan, scope_ids=ids, at=at), *_frame_reasons(plan, frame)),
    )


def _frame_reasons(plan: DrawPlan, frame: Mapping[str, Any]) -> list[Refusal]:
    planned = {"entropy.format"}
    return [one for one in frame_refusals(frame) if one.params.get("path") not in planned]


def _places(scope: Sequence[ScopeObject], excluded: set[str]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for one in scope:
        if one.frame.register_id not in excluded:
            found.setdefault(one.institution, []).append(one.frame.register_id)
    return found


def _draft(
    division: str,
    plan: DrawPlan,
    scope: Sequence[ScopeObject],
    members: Sequence[Member],
    pairs: Sequence[Sequence[str]],
) -> dict[str, Any]:
    return assemble_frame(
        number=f"{division}-{plan.scope_on.year}-000",
        campaign=plan.campaign,
        scope=[one.frame for one in scope],
        excluded={one.register_id: one.reason for one in plan.exclusions},
        quotas=plan.quotas,
        members=members,
        recusals=pairs,
        team_count=plan.team_count,
        seats={frame_department(name): count for name, count in plan.seats.items()},
        seal=_PLACEHOLDER_DIGEST,
        source=Source(
            kind=plan.entropy_kind,
            source=plan.entropy_source,
            format=plan.entropy_format,
            fallback=plan.entropy_fallback,
            due=time_text(plan.due),
        ),
        reveal_by=time_text(plan.reveal_by),
    )


def _seats(plan: DrawPlan, members: Sequence[Member]) -> list[SeatNeed]:
    names = dict(Department.objects.filter(code__in=list(plan.seats)).values_list("code", "name"))
    return [
        SeatNeed(
            department=names.get(code, code),
            seats=seats,
            needed=seats * plan.team_count,
            available=sum(one.department == frame_department(code) for one in members),
        )
        for code, seats in plan.seats.items()
    ]
