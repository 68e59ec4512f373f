"""How a benchmark is taken: product and peer in turn, medians of at least three runs."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

RUNS = 3


@dataclass(frozen=True)
class Goal:
    """`of` is `ratio` or `value`, `op` is `<=` or `>=`."""

    of: str
    op: str
    number: float

    def is_met(self, entry_value: float) -> bool:
        return entry_value <= self.number if self.op == "<=" else entry_value >= self.number


@dataclass(frozen=True)
class Entry:
    """One line of results.json; `value` is None where an engine is absent."""

    name: str
    value: float | None
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        if self.value is None or not self.peer_value:
            return None
        return self.value / self.peer_value

    @property
    def met(self) -> bool | None:
        """None without a goal; False where the engine is absent."""
        if self.goal is None:
            return None
        judged = self.ratio if self.goal.of == "ratio" else self.value
        return judged is not None and self.goal.is_met(judged)

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"ratio": self.ratio, "met": self.met}


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run, with the garbage of the run before taken out."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def medians(product: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of product and peer, run in turn after one warming run of each."""
    product()
    peer()
    return medians_of_long_runs(product, peer)


def medians_of_long_runs(
    product: Callable[[], object], peer: Callable[[], object]
) -> tuple[float, float]:
    """The same without warming runs: what a start costs is nothing beside a minute's work."""
    pairs = [(seconds(product), seconds(peer)) for _ in range(RUNS)]
    ours, theirs = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def median(product: Callable[[], object]) -> float:
    """Median seconds, after one warming run."""
    product()
    return statistics.median(seconds(product) for _ in range(RUNS))
