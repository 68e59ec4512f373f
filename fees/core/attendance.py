"""Attendance: what a sheet may say, and which lesson of a contract comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.kernel.outcomes import Refusal


class Mark(StrEnum):
    """Whether a pupil was taught. Only PRESENT uses up a lesson."""

    PRESENT = "present"
    ABSENT = "absent"
    CANCELLED = "cancelled"


_WORDS: Mapping[str, Mark] = {
    "出勤": Mark.PRESENT,
    "到课": Mark.PRESENT,
    "缺勤": Mark.ABSENT,
    "请假": Mark.ABSENT,
    "停课": Mark.CANCELLED,
} | {mark.value: mark for mark in Mark}


@dataclass(frozen=True)
class SheetFacts:
    """A class on the day it met; `ends_on` is its last day, `on` is today."""

    on: date
    taught_on: date
    starts_on: date
    ends_on: date
    is_approved: bool


def read_mark(text: str) -> Mark | None:
    """A mark as people write it; None for anything else."""
    return _WORDS.get(text.strip().lower())


def sheet_refusals(facts: SheetFacts) -> tuple[Refusal, ...]:
    """Every reason why no attendance can be recorded for the class on that day."""
    found = []
    if not facts.is_approved:
        found.append(Refusal("attendance.class_not_approved"))
    if facts.taught_on > facts.on:
        found.append(Refusal("attendance.in_future", {"day": facts.taught_on.isoformat()}))
    if not facts.starts_on <= facts.taught_on <= facts.ends_on:
        params = {
            "day": facts.taught_on.isoformat(),
            "starts": facts.starts_on.isoformat(),
            "ends": facts.ends_on.isoformat(),
        }
        found.append(Refusal("attendance.outside_class", params))
    return tuple(found)


def next_number(taken: Collection[int], *, most: int) -> int | None:
    """The lowest lesson number from 1 to `most` that is not taken; None when all are."""
    return next((number for number in range(1, most + 1) if number not in taken), None)
