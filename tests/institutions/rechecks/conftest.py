"""An approved class, licences and tables that change under it, and people at desks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from institutions.models import Filing, FilingRecheck, Institution, TableVersion
from institutions.services.filings_review import approve_filing
from institutions.services.filings_submission import submit_rows
from institutions.services.licences import LicenceDraft, correct_licence
from institutions.services.reference_rows import open_draft, set_row
from institutions.services.rescreening import RESCREENING_JOB
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor
from tests.institutions.filings.conftest import (
    ADDRESS,
    AT,
    LICENCE_NUMBER,
    SUBJECT_ROW,
    calendar,
    institution,
    manager,
    reviewer,
    upload,
)

__all__ = ["calendar", "institution", "manager", "reviewer", "upload"]

# The class runs from 12 May to 18 June 2026.
CHANGED_AT = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)
NEGATIVE = {
    "id": "NL-X1",
    "subject": "数学",
    "grade_from": "1",
    "grade_to": "6",
    "theme": "图形",
    "topic": "三角形的特性",
    "key_terms": "三角形的特性",
    "basis": "list_text",
    "confidence": "high",
    "source": "区教育局2026年第3号通知",
    "speaks_of": "topic",
}
Approved = Callable[..., list[Filing]]
Correct = Callable[..., None]


@pytest.fixture
def approved(upload, manager: Actor, reviewer: Actor) -> Approved:
    """`approved(row, …)` → the filings of those rows, handed in and approved."""

    def make(*rows: dict[str, str]) -> list[Filing]:
        made = upload(*(rows or (SUBJECT_ROW,)))
        done = submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
        return [approve_filing(filing=one, actor=reviewer, at=AT) for one in done.filings]

    return make


@pytest.fixture
def correct(institution: Institution) -> Correct:
    """`correct(subjects)` puts right which subjects the institution's licence names."""

    def change(subjects: tuple[str, ...] = ("语文",), at: datetime = CHANGED_AT) -> None:
        licence = institution.licences.get()
        draft = LicenceDraft(
            number=LICENCE_NUMBER,
            name=institution.name,
            category="subject",
            address=ADDRESS,
            stages=tuple(licence.stages),
            subjects=subjects,
            ways=tuple(licence.ways),
            valid_from=date(2024, 1, 1),
            valid_until=date(2028, 12, 31),
        )
        correct_licence(licence=licence, draft=draft, reason="核对副本", actor=SYSTEM, at=at)

    return change


def rescreened() -> list[FilingRecheck]:
    """What the waiting re-screenings opened."""
    for job in Job.objects.filter(kind=RESCREENING_JOB, state="queued").order_by("pk"):
        run_here(job)
    return list(FilingRecheck.objects.select_related("filing__institution").order_by("pk"))


@pytest.fixture
def opened(approved: Approved, correct: Correct) -> FilingRecheck:
    """The recheck of an approved class whose subject the corrected licence does not name."""
    approved()
    correct()
    return rescreened()[0]


@pytest.fixture
def negative_draft(district, make_actor) -> TableVersion:
    """A draft of the negative list that adds what the class teaches."""
    editor = make_actor("filing_reviewer")
    draft = open_draft(division=district.division, kind="negative", actor=editor, at=AT)
    set_row(version=draft, key="", texts=NEGATIVE, actor=editor, at=AT)
    draft.refresh_from_db()
    return draft
