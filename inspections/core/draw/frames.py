"""The frame of a draw: everything that is fixed before the public randomness exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from inspections.core.draw import shapes
from inspections.core.draw.reading import odd_values
from inspections.core.draw.shapes import refuse
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

PROTOCOL = "DR1"
ENTROPY_KINDS = ("dice", "lottery", "beacon")
EXCLUSION_REASONS = ("cap", "closed", "other")
FEWEST_SEATS = 2  # 行政处罚法 art. 42: no fewer than two officers with a certificate

_frame_shape = shapes.record(
    {
        "protocol": shapes.one_of(PROTOCOL),
        "draw": shapes.number_text,
        "campaign": shapes.any_text,
        "objects": shapes.rows(
            shapes.record(
                {"id": shapes.code_text, "stratum": shapes.code_text, "area": shapes.code_text}
            )
        ),
        "quotas": shapes.table(shapes.whole_number),
        "excluded": shapes.rows(
            shapes.record({"id": shapes.code_text, "reason": shapes.one_of(*EXCLUSION_REASONS)})
        ),
        "snapshot": shapes.digest_text,
        "inspectors": shapes.rows(
            shapes.record({"id": shapes.code_text, "department": shapes.code_text})
        ),
        "recusals": shapes.digest_text,
        "teams": shapes.record(
            {"count": shapes.whole_number, "seats": shapes.table(shapes.whole_number)}
        ),
        "seal": shapes.digest_text,
        "entropy": shapes.record(
            {
                "kind": shapes.one_of(*ENTROPY_KINDS),
                "source": shapes.any_text,
                "format": shapes.pattern_text,
                "fallback": shapes.any_text,
                "due": shapes.time_text,
            }
        ),
        "reveal_by": shapes.time_text,
    }
)
_recusals_shape = shapes.rows(shapes.rows(shapes.code_text))

FRAME_KEYS = (
    "protocol",
    "draw",
    "campaign",
    "objects",
    "quotas",
    "excluded",
    "snapshot",
    "inspectors",
    "recusals",
    "teams",
    "seal",
    "entropy",
    "reveal_by",
)


@dataclass(frozen=True)
class Frame:
    """A frame that was not refused. `value` is its JSON value, the rest are views of it.

    `strata`, `departments`: group -> ids in code-point order; `areas`: object id -> area.
    """

    value: Mapping[str, Any]
    strata: Mapping[str, Sequence[str]]
    areas: Mapping[str, str]
    quotas: Mapping[str, int]
    departments: Mapping[str, Sequence[str]]
    seats: Mapping[str, int]
    team_count: int

    @property
    def number(self) -> str:
        """The draw's number."""
        return str(self.value["draw"])

    @property
    def commitment(self) -> str:
        """SHA-256 hex of the frame's canonical bytes."""
        return canonical_digest(self.value)


def frame_refusals(value: Any) -> tuple[Refusal, ...]:
    """Every reason why a JSON value is no frame of DR1; empty when it is one."""
    odd = tuple(odd_values(value))
    shape = tuple(_frame_shape(value, ""))
    known = {reason.params["path"] for reason in odd}
    rest = tuple(reason for reason in shape if reason.params["path"] not in known)
    return (*odd, *rest, *_meaning(value))


def build_frame(value: Any) -> Frame:
    """The frame of a JSON value; raises Refused with every reason."""
    reasons = frame_refusals(value)
    if reasons:
        raise Refused(reasons)
    return Frame(
        value=value,
        strata=_grouped(value["objects"], "stratum", value["quotas"]),
        areas={row["id"]: row["area"] for row in value["objects"]},
        quotas=value["quotas"],
        departments=_grouped(value["inspectors"], "department", sorted(value["teams"]["seats"])),
        seats=value["teams"]["seats"],
        team_count=value["teams"]["count"],
    )


def recusal_refusals(recusals: Any, *, digest: str) -> tuple[Refusal, ...]:
    """Every reason why a value is not the recusal list whose digest the frame carries."""
    reasons = [*odd_values(recusals, "recusals"), *_recusals_shape(recusals, "recusals")]
    if not reasons:
        pairs: list[list[str]] = recusals
        for index, pair in enumerate(pairs):
            if len(pair) != 2:
                reasons.append(refuse("recusals.pair", f"recusals[{index}]"))
            elif index and pair < pairs[index - 1]:
                reasons.append(refuse("recusals.unsorted", f"recusals[{index}]"))
        if canonical_digest(recusals) != digest:
            reasons.append(refuse("recusals.digest", "frame.recusals"))
    return tuple(reasons)


def _grouped(
    rows: Sequence[Mapping[str, str]], key: str, groups: Sequence[str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {group: [] for group in groups}
    for row in rows:
        found[row[key]].append(row["id"])
    return found


def _meaning(value: Any) -> Iterator[Refusal]:
    if not isinstance(value, dict):
        return
    objects = _whole_rows(value.get("objects"), ("id", "stratum"))
    excluded = _whole_rows(value.get("excluded"), ("id",))
    inspectors = _whole_rows(value.get("inspectors"), ("id", "department"))
    yield from _ids("objects", objects)
    yield from _ids("excluded", excluded)
    yield from _ids("inspectors", inspectors)
    kept = {row["id"] for _, row in objects}
    for index, row in excluded:
        if row["id"] in kept:
            yield refuse("frame.object_excluded", f"excluded[{index}].id", id=row["id"])
    yield from _quota_reasons(objects, value.get("quotas"))
    yield from _team_reasons(inspectors, value.get("teams"))


def _whole_rows(rows: Any, keys: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    if not isinstance(rows, list):
        return []
    return [
        (index, row)
        for index, row in enumerate(rows)
        if isinstance(row, dict) and all(isinstance(row.get(key), str) for key in keys)
    ]


def _ids(name: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Refusal]:
    seen: set[str] = set()
    previous = ""
    for index, row in rows:
        if row["id"] in seen:
            yield refuse("frame.id_repeated", f"{name}[{index}].id", id=row["id"])
        elif row["id"] < previous:
            yield refuse("frame.unsorted", f"{name}[{index}].id", id=row["id"], before=previous)
        seen.add(row["id"])
        previous = row["id"]


def _quota_reasons(
    objects: Sequence[tuple[int, Mapping[str, str]]], quotas: Any
) -> Iterator[Refusal]:
    if not isinstance(quotas, dict):
        return
    sizes = Counter(row["stratum"] for _, row in objects)
    reported: set[str] = set()
    for index, row in objects:
        stratum = row["stratum"]
        if stratum not in quotas and stratum not in reported:
            reported.add(stratum)
            yield refuse(
                "frame.stratum_without_quota", f"objects[{index}].stratum", stratum=stratum
            )
    for stratum, quota in quotas.items():
        if stratum not in sizes:
            yield refuse("frame.quota_without_stratum", f"quotas.{stratum}", stratum=stratum)
        elif _is_count(quota) and quota > sizes[stratum]:
            yield refuse(
                "frame.quota_too_large",
                f"quotas.{stratum}",
                stratum=stratum,
                quota=quota,
                size=sizes[stratum],
            )


def _team_reasons(
    inspectors: Sequence[tuple[int, Mapping[str, str]]], teams: Any
) -> Iterator[Refusal]:
    if not isinstance(teams, dict):
        return
    count, seats = teams.get("count"), teams.get("seats")
    if _is_count(count) and count < 1:
        yield refuse("frame.team_count", "teams.count", count=count)
    if not isinstance(seats, dict):
        return
    if not seats:
        yield refuse("frame.no_department", "teams.seats")
    sizes = Counter(row["department"] for _, row in inspectors)
    for department in [*seats, *(name for name in sizes if name not in seats)]:
        path, wanted = f"teams.seats.{department}", seats.get(department, 0)
        if not _is_count(wanted):
            continue
        if wanted < FEWEST_SEATS:
            yield refuse("frame.seats_few", path, department=department, seats=wanted)
        if _is_count(count) and sizes[department] < count * wanted:
            yield refuse(
                "frame.inspectors_few",
                path,
                department=department,
                needed=count * wanted,
                size=sizes[department],
            )


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
