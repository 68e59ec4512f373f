"""What a frame would be made of: the scope of the register, certified inspectors, recusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from inspections.core.draw.assembly import DEFAULT_TIER, FrameObject, frame_area
from inspections.core.draw_states import DrawState
from inspections.core.visits.states import VisitState
from inspections.models import DrawAssignment, Inspector, Recusal
from inspections.selectors.open_matters import open_matters
from institutions.models import Institution
from institutions.selectors.register import draw_objects
from regulator.accounts.models import Department


@dataclass(frozen=True)
class ScopeObject:
    """A premises of the scope with the identity behind it."""

    frame: FrameObject
    institution: UUID


@dataclass(frozen=True)
class SuggestedExclusion:
    """A premises that should be left out, why, and what is known of it."""

    register_id: str
    name: str
    reason: str
    note: str


def scope_objects(
    *, division: str, on: date, categories: Collection[str] = ()
) -> list[ScopeObject]:
    """The licensed premises of a division on a day; a missing credit tier counts as B.

    `categories` are kinds of institutions, empty for all.
    """
    return [
        ScopeObject(
            FrameObject(
                register_id=one.register_id,
                stratum=one.credit_tier or DEFAULT_TIER,
                area=frame_area(one.area, division=division),
            ),
            one.institution,
        )
        for one in draw_objects(division=division, on=on, categories=categories)
    ]


def tier_sizes(scope: Sequence[ScopeObject]) -> dict[str, int]:
    """How many objects each credit tier has, by tier."""
    counted = Counter(one.frame.stratum for one in scope)
    return {tier: counted[tier] for tier in sorted(counted)}


def eligible_inspectors(
    *, division: str, departments: Collection[str], on: date
) -> list[Inspector]:
    """Active inspectors of the departments whose certificate is valid on a day."""
    return list(
        Inspector.objects.filter(
            division=division,
            department__in=departments,
            is_active=True,
            valid_from__lte=on,
            valid_before__gt=on,
        ).order_by("id")
    )


def inspectors_by_department(*, division: str, on: date) -> list[tuple[Department, int]]:
    """Departments with certified inspectors on a day, and how many."""
    rows = Inspector.objects.filter(
        division=division, is_active=True, valid_from__lte=on, valid_before__gt=on
    ).select_related("department")
    counted = Counter(row.department for row in rows)
    return sorted(counted.items(), key=lambda pair: pair[0].position)


def recusals_at(*, inspectors: Collection[Inspector], at: datetime) -> list[tuple[int, UUID]]:
    """Open recusals as (inspector key, institution's public id)."""
    return list(
        Recusal.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at),
            inspector__in=inspectors,
            declared_at__lte=at,
        ).values_list("inspector_id", "institution__public_id")
    )


def drawn_this_year(*, division: str, year: int) -> Mapping[UUID, int]:
    """How often each institution was drawn in a year's draws that were not voided.

    A drawn visit counts before it has taken place; one that proved impossible does not.
    """
    rows = (
        DrawAssignment.objects.filter(
            draw_of__division=division,
            draw_of__number__startswith=f"{division}-{year}-",
            replaced=False,
        )
        .exclude(draw_of__state=DrawState.VOID.value)
        .exclude(visit__state=VisitState.NOT_POSSIBLE.value)
        .values_list("premises__institution__public_id", flat=True)
    )
    return Counter(rows)


def suggested_exclusions(
    *, division: str, scope: Sequence[ScopeObject], year: int, cap: int | None
) -> list[SuggestedExclusion]:
    """Who should be left out: paused institutions, those at the cap, those with an open matter.

    `cap` is the number of visits a year the bureau has published; None looks at no cap.
    """
    identities = {one.institution for one in scope}
    names = dict(
        Institution.objects.filter(public_id__in=identities).values_list("public_id", "name")
    )
    paused = set(
        Institution.objects.filter(public_id__in=identities, status="paused").values_list(
            "public_id", flat=True
        )
    )
    visits = drawn_this_year(division=division, year=year) if cap else {}
    matters = open_matters(identities)
    found = []
    for one in scope:
        count = visits.get(one.institution, 0)
        register_id, name = one.frame.register_id, names[one.institution]
        if one.institution in paused:
            found.append(SuggestedExclusion(register_id, name, "closed", "暂停办学"))
        elif cap and count >= cap:
            note = f"{year} 年已抽中 {count} 次，上限 {cap} 次"
            found.append(SuggestedExclusion(register_id, name, "cap", note))
        elif numbers := matters.get(one.institution):
            note = f"在办：{'、'.join(numbers)}"
            found.append(SuggestedExclusion(register_id, name, "other", note))
    return found
