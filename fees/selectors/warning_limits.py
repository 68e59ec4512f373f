"""The limits of warnings that hold in a division on a day, and from which day they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fees.core.warnings.indicators import INDICATORS, SHIPPED_LIMITS, Limits
from regulator.calendars.selectors import division_settings

_SETTING = "warning_{}"


@dataclass(frozen=True)
class DatedLimits:
    """Limits and the day since when the division has them; None for the shipped ones."""

    limits: Limits
    starts_on: date | None

    @property
    def tiers(self) -> tuple[int, int, int]:
        """From which figures on it is yellow, orange, red."""
        return self.limits.yellow, self.limits.orange, self.limits.red


def warning_limits(division: str, on: date) -> Mapping[str, DatedLimits]:
    """The limits of every indicator by its code, as the division's settings hold on a day."""
    settings = division_settings(division, on)
    found = {}
    for code in INDICATORS:
        name = _SETTING.format(code)
        limits = Limits(*settings.tiers(name), falls=SHIPPED_LIMITS[code].falls)
        found[code] = DatedLimits(limits, settings[name].starts_on)
    return found
