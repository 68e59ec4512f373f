"""A signed change of a calendar, setting or standard: approved classes are looked at again.

The change stands in `calendars`, the classes in `institutions`; one transaction holds both.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.services.rescreening import rescreen_after_calendar
from institutions.services.standard_changes import STANDARD_CARRIERS
from regulator.calendars.choices.changes import CHANGE_KIND_LABELS
from regulator.calendars.models import CalendarChange
from regulator.calendars.services import sign_change
from regulator.calendars.services.change_applying import CALENDAR_CARRIERS
from regulator.kernel.actors import Actor

_CARRIERS = {**CALENDAR_CARRIERS, **STANDARD_CARRIERS}


def sign_calendar_change(change: CalendarChange, *, actor: Actor, at: datetime) -> CalendarChange:
    """Sign as the second person and queue the second screening of approved classes.

    Raises Refused with every reason, and then nothing is changed and nothing queued.
    """
    with transaction.atomic():
        signed = sign_change(change, actor=actor, at=at, carriers=_CARRIERS)
        if signed.touches_classes:
            rescreen_after_calendar(
                division=signed.division,
                change_key=signed.public_id,
                kind_label=CHANGE_KIND_LABELS[signed.kind],
                title=signed.title,
                ends_from=signed.starts_on,
                actor=actor,
                at=at,
            )
    return signed
