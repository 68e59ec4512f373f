from __future__ import annotations

from django.apps import AppConfig

from regulator.calendars.choices.changes import CHANGE_REFUSALS
from regulator.calendars.choices.refusals import REFUSAL_TEXTS
from regulator.web.refusals import register_refusal_texts


class CalendarsConfig(AppConfig):
    """校历与设置: school years, holidays, deadlines that depend on them, a division's settings."""

    name = "regulator.calendars"
    label = "calendars"
    verbose_name = "校历与设置"

    def ready(self) -> None:
        register_refusal_texts(REFUSAL_TEXTS | CHANGE_REFUSALS)
