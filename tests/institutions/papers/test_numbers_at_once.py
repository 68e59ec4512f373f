"""Forty papers at the same moment: every number once, none left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from institutions.models import Institution, Paper
from institutions.services.papers import PaperDraft, PaperKind, issue_paper, issue_papers
from regulator.kernel.actors import Actor
from tests.at_once import at_once
from tests.institutions.papers.conftest import AT, ON
from tests.institutions.papers.facts import FACTS

THREADS = 8
PAPERS = 40


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: the district and all that stands on it lies in a database of its own."""
    return committed_db


def test_forty_papers_issued_at_once_have_forty_numbers_without_a_gap(
    school: Institution, officer: Actor
) -> None:
    def issue_five() -> int:
        for _ in range(PAPERS // THREADS):
            issue_paper(
                institution=school,
                kind="acceptance",
                facts=FACTS["acceptance"],
                issued_on=ON,
                actor=officer,
                at=AT,
            )
        return PAPERS // THREADS

    assert at_once(*[issue_five] * THREADS) == [PAPERS // THREADS] * THREADS
    serials = Paper.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, PAPERS + 1))


def test_steps_that_take_numbers_of_several_series_do_not_wait_for_each_other(
    school: Institution, officer: Actor
) -> None:
    """In either order, with every second step failing after it took its numbers."""
    orders = (["acceptance", "refusal"], ["refusal", "acceptance"])

    def work(kinds: list[str], fails: bool) -> Any:
        def run() -> str:
            drafts = [PaperDraft(school, PaperKind(kind), FACTS[kind], ON) for kind in kinds]
            try:
                with transaction.atomic():
                    issue_papers(drafts=drafts, actor=officer, at=AT)
                    if fails:
                        raise RuntimeError
            except RuntimeError:
                return "failed"
            finally:
                connection.close()
            return "issued"

        return run

    works = [work(orders[n % 2], fails=n % 4 > 1) for n in range(THREADS)]
    assert sorted(at_once(*works)) == ["failed"] * 4 + ["issued"] * 4
    for series in ("双教许受", "双教许不"):
        rows = Paper.objects.filter(series=series).order_by("serial")
        assert list(rows.values_list("serial", flat=True)) == [1, 2, 3, 4]
