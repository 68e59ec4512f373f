"""A new bureau's first day: reference data, calendars, and the first administrator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from regulator.accounts.models import User
from regulator.accounts.services import appoint, create_user, load_departments, load_divisions
from regulator.calendars.services import load_shipped_calendars
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def open_bureau(
    *, division: str, username: str, name: str, password: str, actor: Actor, at: datetime
) -> User:
    """Enter divisions, departments and shipped calendars, and appoint the first administrator.

    Raises Refused("bureau.is_open") when there is a user already: the next administrators are
    appointed by the first, on the desk page. Raises Django's ValidationError for a weak password.
    """
    with transaction.atomic():
        if User.objects.exists():
            raise Refused(Refusal("bureau.is_open"))
        load_divisions(actor=actor, at=at, division=division)
        load_departments(actor=actor, at=at, division=division)
        load_shipped_calendars(actor=actor, at=at, divisions=[division])
        user = create_user(
            username=username,
            name=name,
            password=password,
            division=division,
            actor=actor,
            at=at,
        )
        appoint(
            user,
            role="administrator",
            division=division,
            department="education",
            starts_on=at.date(),
            actor=actor,
            at=at,
        )
    return user
