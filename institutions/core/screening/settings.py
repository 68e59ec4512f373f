"""A division's dated settings in screening: what held on the date of a fact, and on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from institutions.core.screening.limits import Limit, LimitKey, Limits
from regulator.calendars.core.settings import (
    EDITION_CODES,
    PRICE_GROUP,
    SCHOOL_HOURS,
    SENIOR_HIGH_ALIKE,
    SettingEntry,
    SettingJSON,
)
from regulator.kernel.legal import LegalBasis

_LIMITS_OF: Mapping[str, tuple[LimitKey, ...]] = {
    SCHOOL_HOURS: (LimitKey.SCHOOL_HOURS_START, LimitKey.SCHOOL_HOURS_END),
    SENIOR_HIGH_ALIKE: (LimitKey.SENIOR_ALIKE,),
}


class EnteredSettings:
    """What a bureau entered, every date of it; a code that it never entered has no value."""

    def __init__(self, entries: Iterable[SettingEntry] = ()) -> None:
        self._entries = tuple(entries)

    def edition_on(self, subject: str, day: date) -> str | None:
        """The edition of a school subject (数学) that was entered for a day."""
        return self._text_on(EDITION_CODES.get(subject, ""), day)

    def price_group_on(self, day: date) -> str | None:
        """The guide-price group that was entered for a day."""
        return self._text_on(PRICE_GROUP, day)

    def over(self, shipped: Limits) -> Limits:
        """The shipped limits, with what was entered before them on the days it holds.

        The law's own article stays the basis; what the bureau named stands behind it. A setting
        never reaches days on which the law it belongs to was not in force.
        """
        return Limits((*self._limits(shipped), *shipped))

    def _limits(self, shipped: Limits) -> Iterator[Limit]:
        for entry in self._entries:
            keys = _LIMITS_OF.get(entry.code, ())
            for limit in shipped:
                basis = _basis_within(limit.basis, entry) if limit.key in keys else None
                if basis is not None:
                    value = setting_limit(limit.key, entry.value)
                    yield replace(limit, value=value, basis=basis)

    def _text_on(self, code: str, day: date) -> str | None:
        for entry in self._entries:
            ended = entry.ends_before is not None and entry.ends_before <= day
            if entry.code == code and entry.starts_on <= day and not ended:
                return str(entry.value)
        return None


def setting_limit(key: LimitKey, value: SettingJSON) -> int:
    """A limit's value from the setting's: `08:00-16:30` is two of minutes, a switch is 1 or 0."""
    if key is LimitKey.SENIOR_ALIKE:
        return int(bool(value))
    start, _, end = str(value).partition("-")
    hour, _, minute = (start if key is LimitKey.SCHOOL_HOURS_START else end).partition(":")
    return int(hour) * 60 + int(minute)


def _basis_within(law: LegalBasis, entry: SettingEntry) -> LegalBasis | None:
    starts_on = max(entry.starts_on, law.in_force_from or entry.starts_on)
    ends = [day for day in (entry.ends_before, law.in_force_before) if day is not None]
    ends_before = min(ends, default=None)
    if ends_before is not None and ends_before <= starts_on:
        return None
    article = f"{law.article}（本区规定：{entry.basis}）"
    return replace(law, article=article, in_force_from=starts_on, in_force_before=ends_before)
