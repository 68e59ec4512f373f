"""The replacements of a bundle against the reserve order."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inspections.core.draw.differences import Difference
from inspections.core.draw.frames import Frame
from inspections.core.draw.outcome import Outcome
from inspections.core.draw.replacements import (
    Standing,
    apply_inspector,
    apply_object,
    in_order,
    initial_standing,
    inspector_out_refusals,
    next_inspector,
    next_object,
    object_out_refusals,
)
from inspections.core.draw.settling import Settled
from inspections.core.draw.shapes import read_time

_FIELDS = ("out", "in", "team", "reason", "at")


def check_replacements(
    bundle: Mapping[str, Any], frame: Frame, outcome: Outcome, recusals: Sequence[Sequence[str]]
) -> Settled:
    """Every replacement that the reserve order does not give, field by field."""
    lists = {name: _whole(bundle.get(name)) for name in ("replacements", "inspector_replacements")}
    mended = copy.deepcopy(lists)
    standing = initial_standing(frame, outcome, recusals)
    found: list[Difference] = []
    for kind, index in in_order(lists["replacements"], lists["inspector_replacements"]):
        name = "replacements" if kind == "object" else "inspector_replacements"
        check = _check_object if kind == "object" else _check_inspector
        path = f"{name}[{index}]"
        entry = mended[name][index]
        found += _time(entry, path)
        found += check(standing, entry, path)
    return Settled(tuple(found), mended if found else {}, None)


def _whole(entries: Any) -> list[dict[str, str]]:
    if not isinstance(entries, list):
        return []
    whole = all(
        isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in _FIELDS)
        for entry in entries
    )
    return entries if whole else []


def _time(entry: Mapping[str, str], path: str) -> Iterator[Difference]:
    if entry["at"] and read_time(entry["at"]) is None:
        yield Difference(f"{path}.at", "shape.time", params={"path": f"{path}.at"})


def _check_object(standing: Standing, entry: dict[str, str], path: str) -> Iterator[Difference]:
    reasons = object_out_refusals(standing, entry["out"])
    for reason in reasons:
        yield Difference(f"{path}.out", reason.code, entry["out"], params=reason.params)
    if not reasons:
        into, team = next_object(standing, entry["out"])
        yield from _put_right(entry, path, {"in": into, "team": team})
    apply_object(standing, out=entry["out"], into=entry["in"], team=entry["team"])


def _check_inspector(standing: Standing, entry: dict[str, str], path: str) -> Iterator[Difference]:
    reasons = inspector_out_refusals(standing, team=entry["team"], out=entry["out"])
    for reason in reasons:
        where = str(reason.params["path"])
        yield Difference(f"{path}.{where}", reason.code, entry[where], params=reason.params)
    if not reasons:
        into = next_inspector(standing, team=entry["team"], out=entry["out"])
        yield from _put_right(entry, path, {"in": into})
        apply_inspector(standing, out=entry["out"], into=into, team=entry["team"])


def _put_right(
    entry: dict[str, str], path: str, expected: Mapping[str, str]
) -> Iterator[Difference]:
    for key, value in expected.items():
        if entry[key] != value:
            yield Difference(f"{path}.{key}", "difference.replacement", entry[key], value)
            entry[key] = value
