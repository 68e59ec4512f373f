"""Places for a team, and logins, by the real services: run inside the served district."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex

from django.db.models import QuerySet
from django.utils import timezone

from inspections.models import Draw, Inspector, OrderTarget, SyncReceipt, Visit
from inspections.services.inspectors import change_inspector
from inspections.services.orders import OrderDraft, approve_order, draft_order, start_order
from inspections.services.visit_planning import approve_visits, plan_order_visits
from institutions.models import Institution, Paper, Premises
from regulator.accounts.models import Appointment, User
from regulator.accounts.selectors.desks import actor_at
from regulator.accounts.services import appoint, create_user
from regulator.kernel.actors import SYSTEM, Actor

PLACES = 3


def _actor(username: str) -> Actor:
    desk = Appointment.objects.get(user__username=username)
    return actor_at(desk, desk.user)


def prepare() -> None:
    """An order that runs today: the inspector's own team of two, three premises, all approved."""
    _send_to(_places()[:PLACES])


def prepare_with_papers() -> None:
    """The same at three other institutions whose papers carry a code."""
    taken = [one.pk for one in _places()[:PLACES]]
    papers = Paper.objects.filter(voided_at__isnull=True).values("institution")
    chosen: dict[int, Premises] = {}
    for one in _places().filter(institution__in=papers).exclude(pk__in=taken):
        chosen.setdefault(one.institution_id, one)
    _send_to(list(chosen.values())[:PLACES])


def _places() -> QuerySet[Premises]:
    taken = Institution.objects.filter(licences__state="in_force", status="operating")
    rows = Premises.objects.filter(institution__in=taken, ends_before__isnull=True)
    return rows.select_related("institution").order_by("register_id")


def _send_to(chosen: Sequence[Premises]) -> None:
    user = User.objects.get(username="inspector")
    own = Inspector.objects.get(user=user)
    other = Inspector.objects.filter(department=own.department).exclude(pk=own.pk).first()
    assert other
    at, today = timezone.now(), timezone.localdate()
    draft = OrderDraft(
        kind="patrol",
        title="暑期巡查",
        basis="校外培训行政处罚暂行办法第十七条",
        reference="",
        lead_department=own.department_id,
        joint_departments=(),
        starts_on=today,
        ends_before=today + timedelta(days=2),
        targets=[(one.register_id, "1") for one in chosen],
        members=[(own, "1"), (other, "1")],
    )
    coordinator, leader = _actor("inspection_coordinator"), _actor("district_leader")
    order = draft_order(division=own.division_id, draft=draft, actor=coordinator, at=at)
    order = approve_order(order=order, actor=leader, at=at)
    order = start_order(order=order, actor=coordinator, at=at)
    planned = plan_order_visits(order=order, actor=coordinator, at=at)
    approve_visits(visits=planned, actor=leader, at=at)
    print(json.dumps({"order": order.number, "names": [one.institution.name for one in chosen]}))


def open_logins(number: str) -> None:
    """A login for somebody of a draw's first team, and for the managers of whom it drew."""
    draw = Draw.objects.get(number=number)
    seat = draw.members.filter(
        team="1", inspector__department="education", inspector__user__isnull=True
    ).first()
    assert seat
    login = _login(seat.inspector.name, "inspector", draw.division_id)
    change_inspector(
        inspector=seat.inspector,
        name=seat.inspector.name,
        department="education",
        certificate_number=seat.inspector.certificate_number,
        valid_from=seat.inspector.valid_from,
        valid_before=seat.inspector.valid_before,
        field=seat.inspector.field,
        user=User.objects.get(username=login[0]),
        is_active=True,
        inactive_reason="",
        actor=_actor("inspection_coordinator"),
        at=timezone.now(),
    )
    found = {"inspector": login}
    for row in draw.assignments.select_related("premises__institution"):
        place = row.premises.institution
        found[place.name] = _login(
            "经办人", "institution_manager", draw.division_id, institution=place
        )
    print(json.dumps(found))


def _login(
    name: str, role: str, division: str, *, institution: Institution | None = None
) -> tuple[str, str]:
    """A user name and a password of an account that holds one desk."""
    username, password = f"walk-{token_hex(4)}", token_hex(8)
    at = timezone.now()
    user = create_user(
        username=username, name=name, password=password, division=division, actor=SYSTEM, at=at
    )
    appoint(
        user,
        role=role,
        division=division,
        department="" if institution else "education",
        institution=institution.public_id if institution else None,
        institution_name=institution.name if institution else "",
        starts_on=timezone.localdate(),
        actor=SYSTEM,
        at=at,
    )
    return username, password


def codes(number: str) -> None:
    """Per institution of an order: the check code under a paper's QR code, and the QR's address."""
    found = {}
    for row in OrderTarget.objects.filter(order__number=number).select_related("premises"):
        place = row.premises.institution
        paper = Paper.objects.filter(institution=place, voided_at__isnull=True).first()
        assert paper
        found[place.name] = [paper.code, f"https://example.invalid/papers/{paper.public_id}/"]
    print(json.dumps(found))


def arrivals(number: str) -> None:
    """How each visit of an order was begun, and where the phone was."""
    rows = Visit.objects.filter(target__order__number=number).select_related(
        "premises__institution"
    )
    print(
        json.dumps(
            {
                row.premises.institution.name: [
                    row.state,
                    row.arrival_method,
                    row.latitude,
                    row.longitude,
                ]
                for row in rows
            }
        )
    )


def stand(number: str) -> None:
    """What the server has of an order's visits."""
    rows = []
    for visit in Visit.objects.filter(target__order__number=number).order_by("position"):
        rows.append(
            {
                "state": visit.state,
                "items": visit.items.count(),
                "answers": visit.answers.count(),
                "answered": len(set(visit.answers.values_list("item", flat=True))),
                "corrections": visit.answers.filter(corrects__isnull=False).count(),
                "members": visit.members.count(),
                "photos": list(visit.photos.values_list("sha256", flat=True)),
                "signatures": visit.signatures.count(),
                "receipts": SyncReceipt.objects.filter(visit=visit).count(),
                "kept": visit.kept.count(),
                "categories": visit.categories,
            }
        )
    print(json.dumps(rows))
