"""安全台账: what an institution enters about its safety, and what the entries say on a day.

An entry is never changed: a correction is a further one that takes the first one's place. What was
not entered is unknown, never "none". Sources: 教监管厅函〔2022〕9号 (a patrol every two hours of
class), 消防法 art. 16 (drills, inspections, hazards removed), 成都市双减实施方案 (90 days of
pictures; the national rule of 2025 does not ask it of such places: checked, not punished by it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

KEEPING = LegalBasis("中华人民共和国消防法", "", "第十六条")
PATROLLING = LegalBasis("校外培训机构消防安全管理九项规定", "教监管厅函〔2022〕9号", "")
LONGEST_NOTE = 500
MOST_CAMERA_DAYS = 3650
RECENT_DAYS = 30


class EntryKind(StrEnum):
    """What an entry of the ledger is about."""

    PATROL = "patrol"
    HAZARD = "hazard"
    HAZARD_REMOVED = "hazard_removed"
    DRILL = "drill"
    CAMERA = "camera"


@dataclass(frozen=True)
class SafetyLine:
    """One entry. `key` names it; `corrects` and `hazard` name another, or are empty.

    `camera_days` is for how many days pictures are kept, `people` how many took part in a drill.
    """

    key: str
    kind: EntryKind
    on: date
    note: str = ""
    corrects: str = ""
    hazard: str = ""
    camera_days: int | None = None
    people: int | None = None
    is_void: bool = False


@dataclass(frozen=True)
class Hazard:
    """A hazard as it stands: found on a day, and removed on another or not yet."""

    key: str
    found_on: date
    note: str
    removed_on: date | None = None


@dataclass(frozen=True)
class SafetyFacts:
    """What the ledger says on a day. A None is unknown: nothing was entered about it."""

    on: date
    last_patrol_on: date | None
    recent_patrols: int
    open_hazards: tuple[Hazard, ...]
    last_drill_on: date | None
    camera_days: int | None
    camera_stated_on: date | None
    entry_count: int

    @property
    def unknown(self) -> tuple[str, ...]:
        """The parts of which nobody has entered anything."""
        parts = {
            "patrol": self.last_patrol_on,
            "drill": self.last_drill_on,
            "camera": self.camera_days,
        }
        return tuple(name for name, value in parts.items() if value is None)


def standing_lines(lines: Iterable[SafetyLine]) -> tuple[SafetyLine, ...]:
    """The entries that stand: none that a later one corrected, none that says it was a mistake."""
    rows = tuple(lines)
    corrected = {row.corrects for row in rows if row.corrects}
    return tuple(row for row in rows if row.key not in corrected and not row.is_void)


def safety_facts_of(lines: Iterable[SafetyLine], *, on: date) -> SafetyFacts:
    """What the entries up to a day, that day included, say."""
    standing = [row for row in standing_lines(lines) if row.on <= on]
    by_kind: Mapping[EntryKind, list[SafetyLine]] = {
        kind: sorted((row for row in standing if row.kind is kind), key=lambda row: row.on)
        for kind in EntryKind
    }
    patrols, cameras = by_kind[EntryKind.PATROL], by_kind[EntryKind.CAMERA]
    since = on - timedelta(days=RECENT_DAYS)
    hazards = hazards_of(standing)
    return SafetyFacts(
        on=on,
        last_patrol_on=_last(patrols),
        recent_patrols=sum(row.on > since for row in patrols),
        open_hazards=tuple(one for one in hazards if one.removed_on is None),
        last_drill_on=_last(by_kind[EntryKind.DRILL]),
        camera_days=cameras[-1].camera_days if cameras else None,
        camera_stated_on=_last(cameras),
        entry_count=len(standing),
    )


def hazards_of(lines: Iterable[SafetyLine]) -> tuple[Hazard, ...]:
    """Every hazard among standing entries with the day it was removed, the oldest first.

    A correction of a hazard keeps its removal: it is looked up under both keys.
    """
    rows = tuple(lines)
    removed = {row.hazard: row.on for row in rows if row.kind is EntryKind.HAZARD_REMOVED}
    found = [row for row in rows if row.kind is EntryKind.HAZARD]
    return tuple(
        Hazard(row.key, row.on, row.note, removed.get(row.key) or removed.get(row.corrects))
        for row in sorted(found, key=lambda row: row.on)
    )


def _last(rows: Sequence[SafetyLine]) -> date | None:
    return rows[-1].on if rows else None


@dataclass(frozen=True)
class EntryFacts:
    """What is looked at when an entry is made. `hazard_state`: open, removed, or unknown."""

    line: SafetyLine
    today: date
    hazard_found_on: date | None = None
    is_hazard_open: bool = False
    corrected_kind: EntryKind | None = None
    is_corrected_already: bool = False


def entry_refusals(facts: EntryFacts) -> tuple[Refusal, ...]:
    """Every reason why an entry may not be made so."""
    line = facts.line
    found: list[Refusal] = []
    if line.on > facts.today:
        found.append(Refusal("safety.in_future", {"on": line.on}, KEEPING))
    if not line.note.strip():
        found.append(Refusal("safety.note_missing", {}, KEEPING))
    if len(line.note) > LONGEST_NOTE:
        params = {"length": len(line.note), "most": LONGEST_NOTE}
        found.append(Refusal("safety.note_too_long", params))
    if line.kind is EntryKind.CAMERA and not _is_days(line.camera_days):
        found.append(Refusal("safety.camera_days_missing", {"most": MOST_CAMERA_DAYS}, KEEPING))
    if line.kind is EntryKind.DRILL and not (line.people or 0) > 0:
        found.append(Refusal("safety.people_missing", {}, KEEPING))
    if line.kind is EntryKind.HAZARD_REMOVED:
        found.extend(_removing(facts))
    if line.corrects:
        found.extend(_correcting(facts))
    return tuple(found)


def _is_days(days: int | None) -> bool:
    return days is not None and 0 <= days <= MOST_CAMERA_DAYS


def _removing(facts: EntryFacts) -> Iterable[Refusal]:
    if facts.hazard_found_on is None:
        yield Refusal("safety.hazard_unknown", {}, KEEPING)
        return
    if not facts.is_hazard_open and not facts.line.corrects:
        yield Refusal("safety.hazard_removed_already", {}, KEEPING)
    if facts.line.on < facts.hazard_found_on:
        params = {"found_on": facts.hazard_found_on}
        yield Refusal("safety.removed_before_found", params, KEEPING)


def _correcting(facts: EntryFacts) -> Iterable[Refusal]:
    if facts.corrected_kind is None:
        yield Refusal("safety.corrected_unknown", {}, KEEPING)
    elif facts.corrected_kind is not facts.line.kind:
        yield Refusal("safety.corrected_other_kind", {}, KEEPING)
    if facts.is_corrected_already:
        yield Refusal("safety.corrected_already", {}, KEEPING)
