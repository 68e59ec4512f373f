"""Annual plans as they are read: lines, what their shares come to, and how far their draws are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from inspections.core.draw.planning import DrawPlan
from inspections.core.plans.apportioning import Apportioned, apportion
from inspections.core.plans.states import LineFacts, PlanState, line_draw_reasons
from inspections.models import AnnualPlan, Draw, InspectionItem, PlanDraw, PlanLine
from inspections.selectors.orders import certified_departments, reached
from inspections.selectors.scope import scope_objects, tier_sizes
from regulator.accounts.core.actions import Action
from regulator.accounts.models import Department
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal

_PUBLIC = (PlanState.PUBLISHED.value, PlanState.SUPERSEDED.value)


@dataclass(frozen=True)
class LineView:
    """A line with its departments and items by name, its quotas on a day, and its draws."""

    line: PlanLine
    departments: Sequence[str]
    items: Sequence[InspectionItem]
    sizes: Mapping[str, int]
    numbers: Apportioned
    draws: Sequence[Draw]

    @property
    def size(self) -> int:
        """How many objects its scope has."""
        return sum(self.sizes.values())

    @property
    def tiers(self) -> list[tuple[str, int, int | None, int, int]]:
        """Per tier: its size, the share asked, what that comes to, and the quota."""
        numbers = self.numbers
        return [
            (tier, size, self.line.shares.get(tier), numbers.by_tier[tier], numbers.quotas[tier])
            for tier, size in self.sizes.items()
        ]


@dataclass(frozen=True)
class PlannedDraw:
    """A line and the quotas that its shares come to, for a draw prepared from it."""

    line: PlanLine
    quotas: Mapping[str, int]


def planned_draw(line: PlanLine, sizes: Mapping[str, int]) -> PlannedDraw:
    """What a line comes to for tiers of these sizes."""
    return PlannedDraw(line, apportion(line.demand, sizes).quotas)


def plans_in(actor: Actor) -> QuerySet[AnnualPlan]:
    """Every version of every plan that the actor's desk reaches, the newest first."""
    return AnnualPlan.objects.filter(reached(actor, Action.PLAN_READ))


def plan_for(actor: Actor, public_id: UUID | str) -> AnnualPlan | None:
    """A version by its public id, where the actor's desk reaches it."""
    return plans_in(actor).filter(public_id=public_id).first()


def line_for(actor: Actor, public_id: UUID | str) -> PlanLine | None:
    """A line by its public id, where the actor's desk reaches its plan."""
    rows = PlanLine.objects.filter(plan__in=plans_in(actor))
    try:
        return rows.select_related("plan", "lead_department").filter(public_id=public_id).first()
    except ValidationError:
        return None


def public_plans() -> QuerySet[AnnualPlan]:
    """What outsiders may read: published versions and those they superseded."""
    return AnnualPlan.objects.filter(state__in=_PUBLIC).select_related("division")


def drawable_lines(division: str, year: int) -> list[PlanLine]:
    """The lines of the year's published plan."""
    rows = PlanLine.objects.filter(
        plan__division=division, plan__year=year, plan__state=PlanState.PUBLISHED.value
    )
    return list(rows.select_related("plan", "lead_department"))


def line_views(plan: AnnualPlan, *, on: date) -> list[LineView]:
    """Every line of a version; sizes are the register's on a day. Queries do not grow per line."""
    lines = list(plan.lines.select_related("lead_department"))
    names = {one.code: str(one) for one in Department.objects.all()}
    items = _items(plan.division_id, {code for line in lines for code in line.items})
    draws = _draws(plan)
    sizes = _sizes(plan.division_id, lines, on)
    return [
        LineView(
            line=line,
            departments=[names[code] for code in line.departments],
            items=[items[code] for code in line.items if code in items],
            sizes=sizes[tuple(line.categories)],
            numbers=apportion(line.demand, sizes[tuple(line.categories)]),
            draws=draws.get(line.code, []),
        )
        for line in lines
    ]


def _sizes(
    division: str, lines: Sequence[PlanLine], on: date
) -> dict[tuple[str, ...], dict[str, int]]:
    """Sizes by tier for each set of categories that occurs: a plan has a handful."""
    return {
        key: tier_sizes(scope_objects(division=division, on=on, categories=key))
        for key in {tuple(line.categories) for line in lines}
    }


def _items(division: str, codes: set[str]) -> dict[str, InspectionItem]:
    rows = InspectionItem.objects.filter(
        division=division, code__in=codes, ends_before__isnull=True
    ).select_related("department")
    return {row.code: row for row in rows}


def _draws(plan: AnnualPlan) -> dict[str, list[Draw]]:
    """Draws by the line's code, through all versions of the year's plan."""
    rows = PlanDraw.objects.filter(
        line__plan__division=plan.division_id, line__plan__year=plan.year
    ).select_related("draw", "line")
    found: dict[str, list[Draw]] = {}
    for row in rows:
        found.setdefault(row.line.code, []).append(row.draw)
    return found


def line_facts(line: PlanLine, *, position: int, on: date) -> LineFacts:
    """A line as the guards look at it, against the published list and the directory on a day."""
    plan = line.plan
    published = dict(
        InspectionItem.objects.filter(
            division=plan.division_id,
            code__in=line.items,
            is_published=True,
            ends_before__isnull=True,
        ).values_list("code", "department")
    )
    certified = certified_departments(plan.division_id, on)
    return LineFacts(
        position=position,
        campaign=line.campaign,
        items=tuple(line.items),
        shares=line.shares,
        is_percent=line.measure == "percent",
        overall_percent=line.overall_percent,
        first_month=line.first_month,
        last_month=line.last_month,
        departments=line.departments,
        unpublished=tuple(code for code in line.items if code not in published),
        foreign_items=tuple(
            code for code, department in published.items() if department not in line.departments
        ),
        uncertified=tuple(code for code in line.departments if code not in certified),
    )


def line_draw_refusals(line: PlanLine | None, plan: DrawPlan) -> tuple[Refusal, ...]:
    """What stands against carrying out a line by this draw; nothing for a draw without a line."""
    if line is None:
        return ()
    return line_draw_reasons(
        PlanState(line.plan.state),
        planned=line.departments,
        seated=tuple(plan.seats),
        categories_alike=sorted(plan.categories) == sorted(line.categories),
    )
