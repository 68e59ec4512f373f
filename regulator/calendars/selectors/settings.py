"""A division's settings on a day, and the history of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from regulator.accounts.selectors.people import division_by_code
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.calendars.core.settings import (
    NATURE_CODE_POSITION,
    PRICE_GROUP,
    DivisionSettings,
    SettingEntry,
    SettingSpec,
    Standing,
    settings_on,
)
from regulator.calendars.models import DivisionSetting
from regulator.calendars.selectors.shipped import shipped_settings


def setting_specs(division: str) -> Mapping[str, SettingSpec]:
    """What each setting may hold and its default; the price group's is the division's own row."""
    specs = dict(shipped_settings())
    row = division_by_code(division)
    if row is not None and row.price_group in specs[PRICE_GROUP].allowed:
        is_sourced = row.price_group_confidence == "high"
        specs[PRICE_GROUP] = replace(
            specs[PRICE_GROUP],
            default=row.price_group,
            standing=Standing.SOURCED if is_sourced else Standing.ASSUMED,
        )
    return specs


def division_settings(division: str, on: date) -> DivisionSettings:
    """Every setting of a division as it held on a day; what was never entered is the default."""
    return settings_on(setting_specs(division), entered_settings(division), on)


def entered_settings(division: str) -> tuple[SettingEntry, ...]:
    """All that a bureau entered, past and coming: the date of a fact says which holds. 1 query."""
    return tuple(row.entry() for row in DivisionSetting.objects.filter(division=division))


def nature_code_position(division: str, on: date) -> int:
    """Which digit of a licence number is the nature code on a day, from 1. One query."""
    entries = [row.entry() for row in entries_of(division, NATURE_CODE_POSITION)]
    specs = {NATURE_CODE_POSITION: shipped_settings()[NATURE_CODE_POSITION]}
    return int(settings_on(specs, entries, on)[NATURE_CODE_POSITION].value)


def entries_of(division: str, code: str) -> QuerySet[DivisionSetting]:
    """The values a bureau entered for one setting, the latest first."""
    return DivisionSetting.objects.filter(division=division, code=code).order_by("-starts_on")


def history_of_setting(division: str, code: str) -> QuerySet[Event]:
    """Who changed a setting, when and why, newest first."""
    return history_of(kind="division_setting", key=f"{division}:{code}")
