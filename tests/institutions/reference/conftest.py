"""A bureau's people and moments for its reference tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from institutions.models import TableVersion
from institutions.selectors.reference_rows import shipped_rows
from institutions.services.reference_moves import MoveDetails, approve_version, propose_version
from institutions.services.reference_rows import open_draft, set_row
from regulator.kernel.actors import Actor

SHIPPED_ACTIVITIES = len(shipped_rows("activities"))
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
# 30 working days after 2026-03-02 where no holiday of the year is entered.
EARLIEST = date(2026, 4, 13)
BASIS = "区教育局2026年第3号通知"
PRICE = {
    "division_group": "other",
    "mode": "线下",
    "students_from": "1",
    "students_below": "10",
    "lesson_minutes": "45",
    "base_yuan": "41",
    "float_percent": "10",
    "valid_from": "2023-01-01",
    "valid_to": "2027-12-31",
    "source": "same",
    "confidence": "high",
}
WEEK = {
    "subject": "数学",
    "edition": "人教版",
    "grade": "3",
    "term": "1",
    "unit": "测量",
    "week": "4",
}


@dataclass(frozen=True)
class People:
    """Who edits, who approves, and whoever may do neither."""

    editor: Actor
    second: Actor
    leader: Actor


@pytest.fixture
def people(make_actor) -> People:
    """Two reviewers of the education department and a district leader."""
    return People(
        make_actor("filing_reviewer"), make_actor("filing_reviewer"), make_actor("district_leader")
    )


Approve = Callable[..., TableVersion]


@pytest.fixture
def approved(people: People) -> Approve:
    """`approved("weeks", [rows], on=day)` → a version that two persons brought into force."""

    def make(
        kind: str, rows: list[Mapping[str, str]], *, on: date, at: datetime = AT
    ) -> TableVersion:
        draft = drafted(people, kind, rows, at=at)
        details = MoveDetails(on=on, basis=BASIS, reason="新学期")
        propose_version(version=draft, details=details, actor=people.editor, at=at)
        return approve_version(version=draft, actor=people.second, at=at)

    return make


def drafted(
    people: People, kind: str, rows: list[Mapping[str, str]], *, at: datetime = AT
) -> TableVersion:
    """A draft in which these rows are set."""
    editor = people.editor
    draft = open_draft(division=editor.division, kind=kind, actor=editor, at=at)
    for texts in rows:
        key = str(texts.get("_key", ""))
        set_row(version=draft, key=key, texts=texts, actor=editor, at=at)
    return draft
