"""Two people at the same moment: a row is filed once, a filing is decided once."""

from __future__ import annotations

import pytest

from institutions.models import Filing, FilingReview
from institutions.services.filings_review import approve_filing, return_filing
from institutions.services.filings_submission import submit_rows
from tests.at_once import at_once
from tests.institutions.filings.conftest import AT, SUBJECT_ROW


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: the district and all that stands on it lies in a database of its own."""
    return committed_db


def test_rows_handed_in_twice_at_once_become_one_filing_each(upload, manager):
    made = upload(*[SUBJECT_ROW | {"班额": str(10 + n)} for n in range(5)])

    def hand_in() -> int:
        return len(submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings)

    results = at_once(hand_in, hand_in)
    assert sorted(results, key=str) == [5, ["filing.nothing_selected"]]
    numbers = sorted(Filing.objects.values_list("number", flat=True))
    assert numbers == [f"BA510116-2026-0000{n}" for n in range(1, 6)]


def test_an_approval_and_a_return_at_once_leave_one_decision(upload, manager, reviewer):
    made = upload(SUBJECT_ROW)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    results = at_once(
        lambda: approve_filing(filing=filing, actor=reviewer, at=AT).state,
        lambda: return_filing(filing=filing, reasons="理由", actor=reviewer, at=AT).state,
    )
    assert ["filing.wrong_state"] in results
    review = FilingReview.objects.get()
    assert Filing.objects.get().state == review.verdict
