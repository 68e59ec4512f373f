"""When a frame is not the committed one: which of its values the rest of the bundle contradicts.

Objects, quotas, inspectors, seats, seal and recusal digest are said twice in a bundle, once in the
frame and once in what was drawn, so an altered one can be pointed at. What is said only once
(title, areas, exclusions, snapshot, source, times) cannot: these are named as candidates.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspections.core.draw.differences import Difference
from inspections.core.draw.seeds import seal_of
from inspections.core.draw.shapes import HEX64
from regulator.kernel.canonical import canonical_digest

SAID_ONCE = (
    "frame.draw",
    "frame.campaign",
    "frame.objects[].area",
    "frame.excluded",
    "frame.snapshot",
    "frame.entropy",
    "frame.reveal_by",
)


@dataclass(frozen=True)
class Trace:
    """What was found in a frame: the differences, and whether mending them restores the
    commitment (`mended` is then the frame as it was committed)."""

    differences: tuple[Difference, ...]
    mended: Mapping[str, Any] | None


def trace_frame(bundle: Mapping[str, Any]) -> Trace:
    """Compare a frame with what the rest of its bundle says about it; total on any JSON value."""
    frame = bundle.get("frame")
    if not isinstance(frame, dict):
        return Trace((), None)
    mended = copy.deepcopy(frame)
    found = [
        *_hashes(bundle, frame, mended),
        *_quotas(bundle, frame, mended),
        *_members(bundle, frame, mended),
        *_seats(bundle, frame, mended),
    ]
    restored = mended != frame and value_digest(mended) == bundle.get("commitment")
    return Trace(tuple(found), mended if restored else None)


def value_digest(value: Any) -> str:
    """The canonical digest of any JSON value, or an empty text where it has no canonical form."""
    try:
        return canonical_digest(value)
    except (ValueError, RecursionError):
        return ""


def _hashes(
    bundle: Mapping[str, Any], frame: Mapping[str, Any], mended: dict[str, Any]
) -> Iterator[Difference]:
    key = bundle.get("key")
    said = {"recusals": value_digest(bundle["recusals"])} if "recusals" in bundle else {}
    if isinstance(key, str) and HEX64.fullmatch(key):
        said["seal"] = seal_of(key)
    for name, expected in said.items():
        if frame.get(name) != expected:
            mended[name] = expected
            yield Difference(f"frame.{name}", "trace.differs", frame.get(name, ""), expected)
    if frame.get("protocol") != "DR1":
        mended["protocol"] = "DR1"


def _lists(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        return {}
    return {
        name: [one for one in ids if isinstance(one, str)]
        for name, ids in value.items()
        if isinstance(ids, list)
    }


def _quotas(
    bundle: Mapping[str, Any], frame: Mapping[str, Any], mended: dict[str, Any]
) -> Iterator[Difference]:
    quotas, drawn = frame.get("quotas"), _lists(bundle.get("drawn"))
    if not isinstance(quotas, dict):
        return
    for stratum in [*drawn, *(name for name in quotas if name not in drawn)]:
        expected = len(drawn[stratum]) if stratum in drawn else None
        if quotas.get(stratum) != expected and drawn:
            yield Difference(
                f"frame.quotas.{stratum}",
                "trace.quota",
                quotas.get(stratum, ""),
                "" if expected is None else expected,
            )
            _put(mended["quotas"], stratum, expected)


def _put(target: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        target.pop(key, None)
    else:
        target[key] = value


def _members(
    bundle: Mapping[str, Any], frame: Mapping[str, Any], mended: dict[str, Any]
) -> Iterator[Difference]:
    objects: dict[str, str] = {}
    for name in ("drawn", "reserve"):
        for stratum, ids in _lists(bundle.get(name)).items():
            objects.update(dict.fromkeys(ids, stratum))
    yield from _groups(frame, mended, "objects", "stratum", objects)
    inspectors: dict[str, str] = {}
    for department, ids in _lists(bundle.get("inspector_reserve")).items():
        inspectors.update(dict.fromkeys(ids, department))
    for ids in _lists(bundle.get("teams")).values():
        inspectors.update(zip(ids, _seat_departments(frame, len(ids)), strict=True))
    yield from _groups(frame, mended, "inspectors", "department", inspectors)


def _seat_departments(frame: Mapping[str, Any], size: int) -> list[str]:
    """The department of each seat of a team, in order; empty texts where seats are not known."""
    teams = frame.get("teams")
    seats = teams.get("seats") if isinstance(teams, dict) else None
    if not isinstance(seats, dict) or not all(isinstance(n, int) for n in seats.values()):
        return [""] * size
    found = [name for name in sorted(seats) for _ in range(min(seats[name], size))]
    return found if len(found) == size else [""] * size


def _groups(
    frame: Mapping[str, Any],
    mended: dict[str, Any],
    name: str,
    group: str,
    said: Mapping[str, str],
) -> Iterator[Difference]:
    """Rows of the frame against the ids that were drawn from them (`said`: id -> group)."""
    rows = frame.get(name)
    if not said or not isinstance(rows, list):
        return
    stated = {row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
    missing = [one for one in said if one not in stated]
    counted: Counter[Any] = Counter()
    for index, row in enumerate(rows):
        path = f"frame.{name}[{index}]"
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            yield Difference(path, "trace.row", "", " ".join(missing[:3]))
            continue
        counted[row["id"]] += 1
        if row["id"] not in said or counted[row["id"]] > 1:
            expected = missing[0] if len(missing) == 1 else ""
            yield Difference(f"{path}.id", "trace.unknown", row["id"], expected)
            if expected:
                mended[name][index]["id"] = expected
        elif said[row["id"]] and row.get(group) != said[row["id"]]:
            expected = said[row["id"]]
            yield Difference(f"{path}.{group}", "trace.differs", row.get(group, ""), expected)
            mended[name][index][group] = expected
    if len(missing) > 1 or (missing and len(rows) < len(said)):
        yield Difference(f"frame.{name}", "trace.absent", "", " ".join(missing[:5]))


def _seats(
    bundle: Mapping[str, Any], frame: Mapping[str, Any], mended: dict[str, Any]
) -> Iterator[Difference]:
    teams, stated = _lists(bundle.get("teams")), frame.get("teams")
    if not teams or not isinstance(stated, dict):
        return
    if stated.get("count") != len(teams):
        yield Difference("frame.teams.count", "trace.teams", stated.get("count", ""), len(teams))
        mended["teams"]["count"] = len(teams)
    seats, reserve = stated.get("seats"), _lists(bundle.get("inspector_reserve"))
    if not isinstance(seats, dict) or not reserve:
        return
    for department in seats:
        if department not in reserve:
            path = f"frame.teams.seats.{department}"
            yield Difference(path, "trace.department", seats[department], "")
    rows = frame.get("inspectors")
    sizes = Counter(
        row.get("department")
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and isinstance(row.get("department"), str)
    )
    for department, left in reserve.items():
        seated, odd = divmod(sizes[department] - len(left), len(teams))
        if not odd and seats.get(department) != seated:
            path = f"frame.teams.seats.{department}"
            yield Difference(path, "trace.seats", seats.get(department, ""), seated)
            mended["teams"]["seats"][department] = seated
