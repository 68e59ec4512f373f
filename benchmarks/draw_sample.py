"""draw.sample: the outcome of a large frame against consistent_sampler alone on the same ids."""

from __future__ import annotations

from collections.abc import Sequence

from consistent_sampler import sampler

from benchmarks.measuring import Entry, Goal, medians
from inspections.core.draw.frames import Frame
from inspections.core.draw.outcome import compute_outcome

OBJECTS = 200_000
INSPECTORS = 6_000
TEAMS = 100
STRATA = ("A", "B", "C", "D")
DEPARTMENTS = ("education", "fire", "market")
SEED = "5" * 64


def grouped(prefix: str, count: int, groups: Sequence[str]) -> dict[str, list[str]]:
    """`count` ids dealt out to the groups in turn, in code-point order."""
    ids = [f"{prefix}{number:06d}" for number in range(count)]
    return {group: ids[place :: len(groups)] for place, group in enumerate(groups)}


def large_frame() -> Frame:
    """A frame as DR1 builds it, past the checks of its JSON value."""
    strata = grouped("P", OBJECTS, STRATA)
    return Frame(
        value={},
        strata=strata,
        areas={each: "510116001" for ids in strata.values() for each in ids},
        quotas={stratum: len(ids) // 50 for stratum, ids in strata.items()},
        departments=grouped("I", INSPECTORS, DEPARTMENTS),
        seats=dict.fromkeys(DEPARTMENTS, 2),
        team_count=TEAMS,
    )


def sampler_alone(frame: Frame) -> None:
    """The same ids under as many labels, ordered by the library and nothing else."""
    for ids in (*frame.strata.values(), *frame.departments.values()):
        list(sampler(list(ids), seed=SEED, with_replacement=False, output="id"))


def entries() -> list[Entry]:
    frame = large_frame()
    ours, theirs = medians(
        lambda: compute_outcome(frame, [], seed=SEED), lambda: sampler_alone(frame)
    )
    return [
        Entry(
            "draw.sample",
            ours,
            f"s for {OBJECTS} objects and {INSPECTORS} inspectors",
            "consistent_sampler alone",
            theirs,
            Goal("ratio", "<=", 1.2),
        )
    ]
