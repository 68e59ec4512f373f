"""Answers: which one stands, whatever the order of arrival; and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.core.visits.answers import (
    AnswerDraft,
    ChecklistItem,
    RecordingFacts,
    recording_refusals,
    standing_answers,
)
from inspections.core.visits.receipts import Receipt, judge_receipt, record_digest
from inspections.core.visits.states import VisitState

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    client_id: UUID
    item_id: int
    entered_at: datetime
    corrects: UUID | None
    answer: str = "meets"


def row(number: int, *, item: int = 1, minute: int = 0, corrects: int = 0) -> Row:
    earlier = UUID(int=corrects) if corrects else None
    return Row(UUID(int=number), item, AT + timedelta(minutes=minute), earlier)


def test_the_last_entered_stands_and_a_corrected_one_never_does() -> None:
    first, second = row(1, minute=0), row(2, minute=5)
    assert standing_answers([first, second]) == {1: second}
    # A clock that was put back does not bring the corrected answer back to life.
    correction = row(3, minute=-10, corrects=2)
    assert standing_answers([second, correction]) == {1: correction}
    assert standing_answers([]) == {}


def test_answers_to_different_items_do_not_touch_each_other() -> None:
    one, two = row(1, item=1), row(2, item=2, minute=3)
    assert standing_answers([one, two]) == {1: one, 2: two}


_ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 12),
        item=st.integers(1, 3),
        minute=st.integers(0, 3),
        corrects=st.integers(0, 12),
    ),
    unique_by=lambda one: one.client_id,
    max_size=8,
)


@given(rows=_ROWS, order=st.randoms())
def test_the_order_of_arrival_does_not_matter(rows: list[Row], order: object) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing_answers(shuffled) == standing_answers(rows)
    assert set(standing_answers(rows)) == {one.item_id for one in rows}


FACTS = RecordingFacts(
    state=VisitState.ARRIVED,
    source="phone",
    is_published=False,
    items={5: ChecklistItem(5, "EDU-01", "education")},
    officers={"education": 2},
    items_of_earlier={},
)
DRAFT = AnswerDraft(UUID(int=1), 5, "EDU-01", "meets", AT)


def codes(facts: RecordingFacts, draft: AnswerDraft = DRAFT) -> list[str]:
    return [one.code for one in recording_refusals(facts, drafts=[draft])]


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        ("planned", True),
        ("approved", True),
        ("arrived", False),
        ("ended", False),
        ("not_possible", True),
    ],
)
def test_answers_belong_to_a_visit_under_way_or_ended(state: str, refused: bool) -> None:
    facts = replace(FACTS, state=VisitState(state))
    assert codes(facts) == (["visit.wrong_state"] if refused else [])


@pytest.mark.parametrize("officers", [0, 1])
@pytest.mark.parametrize("answer", ["meets", "fails"])
def test_one_officer_of_a_department_judges_nothing(officers: int, answer: str) -> None:
    facts = replace(FACTS, officers={"education": officers})
    assert codes(facts, replace(DRAFT, answer=answer)) == ["answer.department_short"]
    assert codes(facts, replace(DRAFT, answer="not_checked")) == []


def test_an_item_outside_the_checklist_and_an_unknown_answer_are_refused() -> None:
    assert codes(FACTS, replace(DRAFT, item=None)) == ["answer.item_not_listed"]
    assert codes(FACTS, replace(DRAFT, item=6)) == ["answer.item_not_listed"]
    assert codes(FACTS, replace(DRAFT, answer="perhaps")) == ["answer.unknown"]
    assert codes(replace(FACTS, source="dream")) == ["answer.source_unknown"]
    assert codes(replace(FACTS, is_published=True)) == ["visit.already_published"]


def test_a_remark_fits_to_its_last_character() -> None:
    assert codes(FACTS, replace(DRAFT, remark="字" * 400)) == []
    assert codes(FACTS, replace(DRAFT, remark="字" * 401)) == ["answer.remark_long"]
    assert codes(FACTS, replace(DRAFT, measured_value="1" * 80)) == []
    assert codes(FACTS, replace(DRAFT, measured_value="1" * 81)) == ["answer.value_long"]


def test_a_correction_names_an_answer_to_the_same_item() -> None:
    earlier = UUID(int=9)
    facts = replace(FACTS, items_of_earlier={earlier: 6})
    assert codes(facts, replace(DRAFT, corrects=earlier)) == ["answer.corrects_another_item"]
    facts = replace(FACTS, items_of_earlier={earlier: 5})
    assert codes(facts, replace(DRAFT, corrects=earlier)) == []
    # Not arrived yet: the device sends in its own order, and the earlier one may still be on it.
    assert codes(FACTS, replace(DRAFT, corrects=earlier)) == []


def test_a_receipt_is_fresh_the_same_or_different() -> None:
    digest = record_digest("answers", {"b": 1, "a": "字"})
    assert digest == record_digest("answers", {"a": "字", "b": 1})
    assert digest != record_digest("notice", {"a": "字", "b": 1})
    assert judge_receipt(None, digest) is Receipt.FRESH
    assert judge_receipt(digest, digest) is Receipt.SAME
    assert judge_receipt(digest, "0" * 64) is Receipt.DIFFERENT
