"""A frame made from the two directories, in the order that DR1 asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from inspections.core.draw.frames import PROTOCOL
from regulator.kernel.canonical import canonical_digest

DEFAULT_TIER = "B"
_CODE = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class FrameObject:
    """A licensed premises of the scope: permanent register id, credit tier, township code."""

    register_id: str
    stratum: str
    area: str


@dataclass(frozen=True)
class Member:
    """An inspector under the code made for this one draw."""

    code: str
    department: str


@dataclass(frozen=True)
class Source:
    """Where the public randomness comes from; `due` and the draw's `reveal_by` are ISO 8601."""

    kind: str
    source: str
    format: str
    fallback: str
    due: str


def frame_department(code: str) -> str:
    """A department's code as a frame may hold it: `market_regulation` is `market-regulation`."""
    return code.replace("_", "-")


def frame_area(area: str, *, division: str) -> str:
    """A premises' township code; an unknown one is the division's own, with three zeros."""
    return area if _CODE.fullmatch(area) else f"{division}000"


def snapshot_digest(objects: Iterable[FrameObject]) -> str:
    """SHA-256 hex of the whole scope as it was read from the register, excluded ones too."""
    return canonical_digest(snapshot_rows(objects))


def snapshot_rows(objects: Iterable[FrameObject]) -> list[list[str]]:
    """The scope as `[register id, stratum, area]`, sorted: the bytes behind the digest."""
    return sorted([one.register_id, one.stratum, one.area] for one in objects)


def assemble_frame(
    *,
    number: str,
    campaign: str,
    scope: Sequence[FrameObject],
    excluded: Mapping[str, str],
    quotas: Mapping[str, int],
    members: Iterable[Member],
    recusals: Sequence[Sequence[str]],
    team_count: int,
    seats: Mapping[str, int],
    seal: str,
    source: Source,
    reveal_by: str,
) -> dict[str, Any]:
    """The JSON value of a frame; the order of any of its inputs does not matter.

    `excluded`: register id -> reason, all of them in `scope`; `seats`: department code as the
    frame holds it -> seats per team. A stratum of which nobody is left and nobody is asked for is
    not named. Nothing is checked here: `frame_refusals` does.
    """
    kept = [one for one in scope if one.register_id not in excluded]
    left = {one.stratum for one in kept}
    return {
        "protocol": PROTOCOL,
        "draw": number,
        "campaign": campaign,
        "objects": [
            {"id": one.register_id, "stratum": one.stratum, "area": one.area}
            for one in sorted(kept, key=lambda one: one.register_id)
        ],
        "quotas": {name: quotas[name] for name in sorted(quotas) if name in left or quotas[name]},
        "excluded": [{"id": name, "reason": excluded[name]} for name in sorted(excluded)],
        "snapshot": snapshot_digest(scope),
        "inspectors": [
            {"id": one.code, "department": one.department}
            for one in sorted(members, key=lambda one: one.code)
        ],
        "recusals": canonical_digest(sorted(list(pair) for pair in recusals)),
        "teams": {"count": team_count, "seats": {name: seats[name] for name in sorted(seats)}},
        "seal": seal,
        "entropy": {
            "kind": source.kind,
            "source": source.source,
            "format": source.format,
            "fallback": source.fallback,
            "due": source.due,
        },
        "reveal_by": reveal_by,
    }


@dataclass(frozen=True)
class Stratum:
    """A stratum as it is shown: how many of how many, and each object's chance."""

    name: str
    quota: int
    size: int

    @property
    def probability(self) -> Fraction:
        """The chance of each object of the stratum; 1 means that all are inspected."""
        return Fraction(self.quota, self.size) if self.size else Fraction(0)

    @property
    def is_whole(self) -> bool:
        """Whether everybody is taken, which is never called random."""
        return self.size > 0 and self.quota >= self.size


def strata_of(frame: Mapping[str, Any]) -> list[Stratum]:
    """The strata of a frame's JSON value, by name."""
    sizes: dict[str, int] = {}
    for row in frame["objects"]:
        sizes[row["stratum"]] = sizes.get(row["stratum"], 0) + 1
    return [
        Stratum(name, frame["quotas"].get(name, 0), sizes.get(name, 0))
        for name in sorted({*sizes, *frame["quotas"]})
    ]
