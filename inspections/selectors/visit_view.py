"""One visit as the desk reads it: steps, answers by department, pictures, the two positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from geopy.distance import geodesic

from inspections.choices.visits import (
    ARRIVAL_METHOD_LABELS,
    CATEGORY_LABELS,
    HINDRANCE_LABELS,
    SIGNER_LABELS,
    VISIT_EVENT_LABELS,
)
from inspections.models import InspectionItem, Visit, VisitAnswer, VisitMember, VisitPhoto
from inspections.selectors.visits import listed_items, standing_of, team_inspectors
from regulator.accounts.models import Department
from regulator.audit.selectors.chain import history_of
from regulator.web.maps import MapPoint, point_map


@dataclass(frozen=True)
class AnsweredItem:
    """An item, the answer that stands, and the earlier ones that it replaced."""

    item: InspectionItem
    answer: VisitAnswer | None
    earlier: Sequence[VisitAnswer]
    photos: Sequence[VisitPhoto]


@dataclass(frozen=True)
class Step:
    """A step of the journey: what, when, by whom; `state` is done, current or todo."""

    label: str
    on: Any
    who: str
    state: str


@dataclass(frozen=True)
class VisitView:
    """What the page of a visit shows."""

    steps: Sequence[Step]
    blocks: Sequence[tuple[Department, Sequence[AnsweredItem]]]
    members: Sequence[VisitMember]
    team: Sequence[str]
    photos: Sequence[VisitPhoto]
    signatures: Sequence[tuple[Any, Any]]
    categories: Sequence[Any]
    hindrance: Any
    method: Any
    picture: SafeString | str
    distance_m: int | None
    contradicts: bool


def visit_view(visit: Visit) -> VisitView:
    """Everything of one visit; who may ask is decided by `visit_for`."""
    photos = list(visit.photos.select_related("item"))
    standing = standing_of(visit)
    fails = any(row.answer == "fails" for row in standing.values())
    return VisitView(
        steps=_steps(visit),
        blocks=_blocks(visit, standing, photos),
        members=list(visit.members.select_related("department")),
        team=[f"{one.department} {one.name}" for one in team_inspectors(visit)],
        photos=photos,
        signatures=[(row, SIGNER_LABELS[row.signer]) for row in visit.signatures.all()],
        categories=[CATEGORY_LABELS[code] for code in visit.categories],
        hindrance=HINDRANCE_LABELS.get(visit.hindrance, ""),
        method=ARRIVAL_METHOD_LABELS.get(visit.arrival_method, ""),
        picture=_picture(visit),
        distance_m=_distance_m(visit),
        contradicts=fails and "no_problem" in visit.categories,
    )


def visit_history(visit: Visit) -> list[tuple[Any, Any, int]]:
    """What happened to a visit, the newest first: label, last event, how many alike in a row."""
    events = history_of(kind="visit", key=str(visit.public_id))
    runs = groupby(events, key=lambda event: (event.kind, event.actor_name))
    rows = [(kind, list(run)) for (kind, _name), run in runs]
    return [(VISIT_EVENT_LABELS.get(kind, kind), run[0], len(run)) for kind, run in rows]


def _steps(visit: Visit) -> list[Step]:
    rows = [
        (_("安排"), visit.planned_at, visit.planned_by),
        (_("审批"), visit.approved_at, visit.approved_by),
        (_("送达检查通知"), visit.notice_given_at, visit.notice_given_by),
        (_("到场"), visit.arrived_at, ""),
        (_("未能检查") if visit.hindrance else _("结束"), visit.ended_at, visit.concluded_by),
    ]
    open_rows = [label for label, at, _by in rows if at is None]
    here = "" if visit.is_over or not open_rows else open_rows[0]
    return [
        Step(label, at, by, "done" if at else "current" if label == here else "todo")
        for label, at, by in rows
    ]


def _blocks(
    visit: Visit, standing: dict[int, VisitAnswer], photos: Sequence[VisitPhoto]
) -> list[tuple[Department, list[AnsweredItem]]]:
    rows = list(visit.answers.all())
    blocks: dict[Department, list[AnsweredItem]] = {}
    for item in listed_items(visit):
        answer = standing.get(item.pk)
        earlier = [row for row in rows if row.item_id == item.pk and row != answer]
        shown = [one for one in photos if one.item_id == item.pk]
        blocks.setdefault(item.department, []).append(AnsweredItem(item, answer, earlier, shown))
    return list(blocks.items())


def _picture(visit: Visit) -> SafeString | str:
    """The registered place and where the team stood, on plain ground; empty without the latter."""
    if visit.latitude is None or visit.longitude is None:
        return ""
    points = []
    point = getattr(visit.premises, "point", None)
    if point is not None:
        points.append(
            MapPoint(point.wgs84_longitude, point.wgs84_latitude, _("登记的位置"), mark="1")
        )
    points.append(MapPoint(visit.longitude, visit.latitude, _("到场的位置"), mark="2"))
    return point_map(title=_("登记的位置和到场的位置"), points=points)


def _distance_m(visit: Visit) -> int | None:
    point = getattr(visit.premises, "point", None)
    if point is None or visit.latitude is None or visit.longitude is None:
        return None
    registered = (point.wgs84_latitude, point.wgs84_longitude)
    metres: float = geodesic(registered, (visit.latitude, visit.longitude)).meters
    return round(metres)
