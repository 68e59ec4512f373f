"""How far a job is, and how long to wait before it is tried again."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_DELAY_S = 60

# A task that raises is tried so often without progress: a passing trouble (a locked database, a
# printer) is over by then, and a person is not kept waiting for a mistake that stays.
FAULT_ATTEMPTS = 4


@dataclass(frozen=True)
class Progress:
    """n of N; `total` is None while nobody knows it yet."""

    done: int
    total: int | None

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down so that 100 means all of it; None while unknown."""
        if self.total is None:
            return None
        if self.total <= 0:
            return 100
        return max(0, min(100, self.done * 100 // self.total))


def retry_delay_s(attempts: int) -> int:
    """Seconds to wait after the n-th attempt without progress: 1, 2, 4, … at most 60."""
    if attempts < 1:
        return 0
    return min(1 << min(attempts - 1, 10), LONGEST_DELAY_S)
