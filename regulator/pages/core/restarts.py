"""When a program that died is started again."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 30.0

# A program that lived so long was well: its next death starts the count anew.
WELL_AFTER_S = 60.0

# So many deaths in a row before the service was ever ready: it cannot start at all.
HOPELESS_DEATHS = 5


def restart_delay_s(deaths: int) -> float:
    """Seconds before the next start after the n-th death in a row: 0.5, 1, 2, … at most 30."""
    return min(FIRST_DELAY_S * (1 << min(max(deaths, 1) - 1, 10)), LONGEST_DELAY_S)


@dataclass(frozen=True)
class Health:
    """How often a program died in a row."""

    deaths: int = 0

    def after_death(self, *, lived_s: float) -> Health:
        """The count after one more death."""
        return Health(deaths=1 if lived_s >= WELL_AFTER_S else self.deaths + 1)

    @property
    def is_hopeless(self) -> bool:
        """Whether it died so often that it will not come up by itself."""
        return self.deaths >= HOPELESS_DEATHS
