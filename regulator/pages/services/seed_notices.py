"""The fictional notices: all but the newest are read, and officers have a few of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from institutions.models import Institution, Licence, Notice
from institutions.selectors.notices import keys_of
from institutions.services.notice_contacts import ContactDraft, change_contact
from institutions.services.notice_reading import read_notice
from institutions.services.notices import notify_desk, notify_institution
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import SYSTEM, Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_LEFT_UNREAD = 3
_ENDING = 3
_RENEWAL_DAYS = 30
_DEPARTMENT = "education"


def seed_notices(*, staff: Staff, today: date) -> int:
    """Licences that end soon are told to both sides; the shown institution has read the rest."""
    at = moment(today, hour=1)
    told = sum(_tell_of(licence, at) for licence in _ending(staff.division, today))
    manager = staff.actor(Role.INSTITUTION_MANAGER, "")
    shown = Institution.objects.get(public_id=manager.institution)
    _read_but_the_newest(manager, at)
    # Entered last: nothing of the past waits to be sent to it.
    change_contact(
        institution=shown,
        draft=ContactDraft(email="office@tutoring.example", takes_sms=False),
        actor=manager,
        at=at,
    )
    return told


def _ending(division: str, today: date) -> Iterable[Licence]:
    """The licences that end next, of the department with the logins, and one that has ended."""
    own = Licence.objects.filter(
        institution__division=division, institution__competent_department=_DEPARTMENT
    ).select_related("institution")
    ending = own.filter(state="in_force", valid_before__gt=today).order_by("valid_before", "pk")
    expired = own.filter(state="expired", valid_before__lte=today).order_by("-valid_before", "pk")
    return [*ending[:_ENDING], *expired[:1]]


def _tell_of(licence: Licence, at: datetime) -> int:
    if licence.valid_before is None:
        return 0
    last_day = licence.valid_before - timedelta(days=1)
    kind = "licence_expired" if licence.state == "expired" else "licence_expiring"
    institution = licence.institution
    about: dict[str, Any] = {
        "institution": institution,
        "kind": kind,
        "params": {
            "number": licence.number_printed,
            "ends_on": last_day.isoformat(),
            "apply_by_on": (last_day - timedelta(days=_RENEWAL_DAYS)).isoformat(),
        },
        "cause": f"licence:{licence.public_id}:{kind}:{last_day}",
        "actor": SYSTEM,
        "at": at,
    }
    with transaction.atomic():
        notify_institution(**about)
        notify_desk(
            division=institution.division_id,
            role=Role.LICENSING_OFFICER,
            department=_DEPARTMENT,
            page=f"/desk/register/{institution.public_id}/",
            **about,
        )
    return 1


def _read_but_the_newest(manager: Actor, at: datetime) -> None:
    """The shown institution reads its notices the next morning, but for the last few."""
    own = Notice.objects.filter(recipient_key__in=keys_of(manager)).order_by("created_at", "pk")
    for notice in own[: max(own.count() - _LEFT_UNREAD, 0)]:
        read_at = min(notice.created_at + timedelta(hours=20), at)
        read_notice(notice=notice, actor=manager, at=read_at)
