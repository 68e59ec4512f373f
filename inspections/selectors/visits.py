"""Visits as each may read them: the desk what is open, coordinators all, a team its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.core.items.applying import ItemFacts, select_items
from inspections.core.orders import OrderState
from inspections.core.visits.answers import ChecklistItem, standing_answers
from inspections.core.visits.states import PresentOfficer, VisitState
from inspections.models import (
    DrawInspector,
    DrawTeam,
    InspectionItem,
    Inspector,
    OrderMember,
    SyncKept,
    Visit,
    VisitAnswer,
)
from inspections.selectors.checklist_facts import draw_departments
from inspections.selectors.directories import planned_items, published_items
from institutions.models import Paper, Premises
from institutions.selectors.register import licence_in_force
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.kernel.actors import Actor

_OPEN_DRAWS = (DrawState.REVEALED.value, DrawState.VOID.value)
_RELATED = (
    "premises__institution",
    "division",
    "assignment__draw_of",
    "target__order",
)


def visits_of_division(actor: Actor) -> QuerySet[Visit]:
    """Every visit that the actor's desk reaches, sealed ones too: for counting, not for names."""
    reach = reach_of(actor, Action.DRAW_READ)
    if reach is None:
        return Visit.objects.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return Visit.objects.filter(division__code__startswith=actor.division[:4])
    return Visit.objects.filter(division=actor.division)


def visits_in(actor: Actor) -> QuerySet[Visit]:
    """The visits whose premises the actor may know: open ones, their own, or all if they
    coordinate. What is drawn stays sealed until its draw is revealed."""
    rows = visits_of_division(actor).select_related(*_RELATED)
    if may(actor, Action.DRAW_READ_SEALED, Target(division=actor.division)):
        return rows
    own = _own_pairs(actor)
    return rows.filter(
        Q(assignment__isnull=True) | Q(assignment__draw_of__state__in=_OPEN_DRAWS) | own
    )


def _own_pairs(actor: Actor) -> Q:
    """The visits of teams in which the actor sits, where they have begun."""
    wanted = Q(pk__in=[])
    if actor.user_id is None:
        return wanted
    seats = DrawInspector.objects.filter(inspector__user=actor.user_id).exclude(team="")
    for draw_id, team in seats.values_list("draw_of", "team"):
        wanted |= Q(assignment__draw_of=draw_id, team=team, arrived_at__isnull=False)
    return wanted


def visit_for(actor: Actor, public_id: UUID | str) -> Visit | None:
    """A visit that the actor may know of, by public id."""
    return visits_in(actor).filter(public_id=public_id).first()


def sealed_counts(actor: Actor) -> list[tuple[str, str, int]]:
    """Draw number, visit state and how many, of every visit the desk reaches: no names."""
    rows = visits_of_division(actor).filter(assignment__isnull=False)
    counted = Counter(rows.values_list("assignment__draw_of__number", "state"))
    return sorted((number, state, count) for (number, state), count in counted.items())


def team_inspectors(visit: Visit) -> list[Inspector]:
    """The inspectors who sit in a visit's team now, in the order of its seats."""
    rows: QuerySet[DrawInspector] | QuerySet[OrderMember]
    if visit.assignment is not None:
        rows = DrawInspector.objects.filter(draw_of=visit.assignment.draw_of_id, team=visit.team)
    elif visit.target is not None:
        rows = OrderMember.objects.filter(order=visit.target.order_id, team=visit.team)
    else:
        return []
    found = rows.select_related("inspector__department")
    return [row.inspector for row in found if row.inspector_id]


def sits_in_team(actor: Actor, visit: Visit) -> bool:
    """Whether the actor is one of the visit's team."""
    return actor.user_id is not None and actor.user_id in {
        one.user_id for one in team_inspectors(visit)
    }


def present_officers(inspectors: Sequence[Inspector]) -> list[PresentOfficer]:
    """Inspectors as the guards of an arrival look at them."""
    return [
        PresentOfficer(
            inspector=one.pk,
            department=one.department_id,
            is_active=one.is_active,
            valid_from=one.valid_from,
            valid_before=one.valid_before,
        )
        for one in inspectors
    ]


def codes_of(premises: Premises) -> dict[str, str]:
    """What an institution's papers carry, as it is scanned or typed: the id in each QR code and
    the check code under it, in lower case → the same. Papers issued by mistake have none."""
    rows = Paper.objects.filter(institution=premises.institution_id, voided_at__isnull=True)
    found: dict[str, str] = {}
    for public_id, code in rows.values_list("public_id", "code"):
        found[str(public_id).lower()] = code
        found[code.lower()] = code
    return found


def checklist_of(visit: Visit, *, on: date) -> list[InspectionItem]:
    """The items that belong on a visit's checklist on a day: published, of the departments that
    act, of the plan's line where the draw has one, and applying to the institution."""
    codes = _departments_of(visit)
    planned = planned_items(visit.assignment.draw_of) if visit.assignment is not None else ()
    items = published_items(division=visit.division_id, departments=codes, codes=planned)
    institution = visit.premises.institution
    licence = licence_in_force(institution, on)
    chosen = select_items(
        [ItemFacts(item.code, item.department_id, item.applies_to) for item in items],
        departments=codes,
        category=institution.category,
        ways=list(licence.ways) if licence else [],
    )
    by_code = {item.code: item for item in items}
    return [by_code[fact.code] for fact in chosen]


def _departments_of(visit: Visit) -> list[str]:
    if visit.assignment is not None:
        return [one.code for one in draw_departments(visit.assignment.draw_of)]
    if visit.target is not None:
        return list(visit.target.order.departments)
    return []


def listed_items(visit: Visit) -> list[InspectionItem]:
    """The items' versions on a visit's checklist as it was fixed, in order."""
    rows = visit.items.select_related("item__department").order_by("position")
    return [row.item for row in rows]


def checklist_keys(visit: Visit) -> dict[int, ChecklistItem]:
    """The same by the key of the item's version, as the guards of an answer look at them."""
    rows = visit.items.values_list("item", "item__code", "item__department")
    return {key: ChecklistItem(key, code, department) for key, code, department in rows}


def standing_of(visit: Visit) -> dict[int, VisitAnswer]:
    """The answer that stands for each item, by the key of the item's version."""
    return standing_answers(visit.answers.all())


def officers_present(visit: Visit) -> Mapping[str, int]:
    """How many certified officers of each department were there."""
    if visit.arrived_at is None:
        return {}
    day = timezone.localdate(visit.arrived_at)
    rows = visit.members.filter(valid_before__gt=day).values_list("department", flat=True)
    return Counter(rows)


def is_published(visit: Visit) -> bool:
    """Whether what the visit found is public for good, so that nothing may be added."""
    return visit.assignment is not None and visit.assignment.draw_of.is_open


def route_visits(actor: Actor, *, on: date) -> list[Visit]:
    """The visits of the person's teams on a day, approved and not replaced, in route order."""
    if actor.user_id is None:
        return []
    wanted = Q(pk__in=[])
    for draw_id, team in _drawn_teams(actor, on):
        wanted |= Q(assignment__draw_of=draw_id, team=team, assignment__replaced=False)
    for order_id, team in _ordered_teams(actor, on):
        wanted |= Q(target__order=order_id, team=team)
    rows = Visit.objects.filter(wanted).exclude(state=VisitState.PLANNED.value)
    return list(
        rows.select_related(*_RELATED, "premises__point").order_by(
            "assignment__draw_of__number", "target__order__number", "position", "register_id"
        )
    )


def _drawn_teams(actor: Actor, on: date) -> list[tuple[int, str]]:
    seats = set(
        DrawInspector.objects.filter(
            inspector__user=actor.user_id, draw_of__state=DrawState.DRAWN.value
        )
        .exclude(team="")
        .values_list("draw_of", "team")
    )
    out = DrawTeam.objects.filter(
        draw_of__in=[draw for draw, _ in seats], starts_on__lte=on, ends_before__gt=on
    ).values_list("draw_of", "number")
    return sorted(set(out) & seats)


def _ordered_teams(actor: Actor, on: date) -> list[tuple[int, str]]:
    rows = OrderMember.objects.filter(
        inspector__user=actor.user_id,
        order__state=OrderState.RUNNING.value,
        order__starts_on__lte=on,
        order__ends_before__gt=on,
    )
    return sorted(set(rows.values_list("order", "team")))


def route_visit(actor: Actor, public_id: UUID | str) -> Visit | None:
    """A visit whose team the person sits in, whatever the day: what was entered on the day may
    arrive later."""
    found = (
        Visit.objects.select_related(*_RELATED)
        .filter(public_id=public_id, division=actor.division)
        .exclude(state=VisitState.PLANNED.value)
        .first()
    )
    return found if found is not None and sits_in_team(actor, found) else None


def kept_records(visit: Visit) -> list[SyncKept]:
    """Deliveries of a visit that were refused and that nobody has settled yet."""
    return list(visit.kept.filter(settled_at__isnull=True))
