"""Answers of a visit: which stands for each item, and why one cannot be recorded.

A correction is a further answer that names the earlier one. Which answer stands depends on the
answers alone and never on the order in which they reached the server.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from inspections.core.visits.states import LEAST_OFFICERS, TWO_OFFICERS, VisitState
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class Answer(StrEnum):
    """What a team found of one item."""

    MEETS = "meets"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class AnswerSource(StrEnum):
    """How an answer came in."""

    PHONE = "phone"
    TYPED = "typed"
    WORKBOOK = "workbook"
    SCAN = "scan"


JUDGED = frozenset({Answer.MEETS.value, Answer.FAILS.value})
PUBLISHED_ITEMS = LegalBasis("关于严格规范涉企行政检查的意见", "国办发〔2024〕54号", "")
LONGEST_REMARK = 400
LONGEST_VALUE = 80


class AnswerRow(Protocol):
    """One answer: `item_id` is the key of an item's version, `corrects` an earlier client id."""

    client_id: UUID
    item_id: int
    entered_at: datetime
    corrects: UUID | None


Row = TypeVar("Row", bound=AnswerRow)


def standing_answers(rows: Iterable[Row]) -> dict[int, Row]:
    """The answer that stands for each item: of those no other names, the last entered."""
    of_item: dict[int, list[Row]] = {}
    for row in rows:
        of_item.setdefault(row.item_id, []).append(row)
    return {item: _standing(group) for item, group in of_item.items()}


def _standing(group: list[Row]) -> Row:
    named = {row.corrects for row in group}
    free = [row for row in group if row.client_id not in named]
    return max(free or group, key=lambda row: (row.entered_at, row.client_id.bytes))


@dataclass(frozen=True)
class ChecklistItem:
    """An item on a visit's checklist, and the department whose officers may judge it."""

    key: int
    code: str
    department: str


@dataclass(frozen=True)
class RecordingFacts:
    """What the guards of an answer look at; `officers` counts those present by department."""

    state: VisitState
    source: str
    is_published: bool
    items: Mapping[int, ChecklistItem]
    officers: Mapping[str, int]
    items_of_earlier: Mapping[UUID, int]


def recording_refusals(facts: RecordingFacts, *, drafts: Collection[AnswerDraft]) -> list[Refusal]:
    """Every reason why the answers cannot be recorded, of the visit and of each answer."""
    found: list[Refusal] = []
    if facts.state not in (VisitState.ARRIVED, VisitState.ENDED):
        params = {"visit_state": facts.state.value, "visit_move": "answer"}
        found.append(Refusal("visit.wrong_state", params))
    if facts.is_published:
        found.append(Refusal("visit.already_published"))
    if facts.source not in set(AnswerSource):
        found.append(Refusal("answer.source_unknown"))
    for draft in drafts:
        found.extend(_refusals_of(facts, draft))
    return found


@dataclass(frozen=True)
class AnswerDraft:
    """An answer as it is handed in: the item's code and version, as its paper and phone name it."""

    client_id: UUID
    item: int | None
    item_code: str
    answer: str
    entered_at: datetime
    measured_value: str = ""
    remark: str = ""
    corrects: UUID | None = None


def _refusals_of(facts: RecordingFacts, draft: AnswerDraft) -> Iterable[Refusal]:
    named = {"item_code": draft.item_code}
    item = facts.items.get(draft.item) if draft.item is not None else None
    if item is None:
        yield Refusal("answer.item_not_listed", named, PUBLISHED_ITEMS)
    if draft.answer not in set(Answer):
        yield Refusal("answer.unknown", named)
    if item is not None and draft.answer in JUDGED:
        count = facts.officers.get(item.department, 0)
        if count < LEAST_OFFICERS:
            params = {**named, "department": item.department, "count": count}
            yield Refusal("answer.department_short", params, TWO_OFFICERS)
    if len(draft.remark) > LONGEST_REMARK:
        yield Refusal("answer.remark_long", {**named, "limit": LONGEST_REMARK})
    if len(draft.measured_value) > LONGEST_VALUE:
        yield Refusal("answer.value_long", {**named, "limit": LONGEST_VALUE})
    earlier = facts.items_of_earlier.get(draft.corrects) if draft.corrects else None
    if earlier is not None and earlier != draft.item:
        yield Refusal("answer.corrects_another_item", named)
