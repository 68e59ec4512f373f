"""Release runs and statements killed at twenty random moments end as those that never were."""

from __future__ import annotations

import pytest

from fees.models import BankDifference, Lesson, Posting, ReleaseRunLine, StatementLine
from fees.selectors.reconciling import differences as ledger_differences
from regulator.jobs.models import Job
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, working
from tests.killing.ledger import run_of, statement_of
from tests.killing.snapshots import broken_chains, differences, end_state

pytestmark = [pytest.mark.killing, pytest.mark.timeout(1800)]

KILLS = 20
LESSONS = 800
LINES = 800
LONGEST_S = 0.2


def killed(job: Job, *, rows: int, seed: int) -> None:
    """The job's end after twenty kills, the first of which met it at work."""
    with working() as worker:
        hits = kill_at_random(worker, job, times=KILLS, rows=rows, longest_s=LONGEST_S, seed=seed)
        await_end([job], within_s=300)
    job.refresh_from_db()
    assert (job.state, job.error_count) == ("done", 0)
    assert hits > KILLS // 2


def test_a_release_run_killed_twenty_times_ends_as_an_unkilled_one(
    fresh_database: FreshDatabase,
) -> None:
    held = LESSONS // 2 // 7 + 1
    with fresh_database():
        unkilled = run_of(LESSONS)
        assert unkilled.job is not None
        with working():
            await_end([unkilled.job], within_s=300)
        expected = end_state()
    with fresh_database():
        run = run_of(LESSONS)
        assert run.job is not None
        killed(run.job, rows=LESSONS - 2 * held, seed=20261124)
        assert differences(expected, end_state()) == []
        assert broken_chains() == []
        released = Posting.objects.filter(rule="lesson_release").count()
        assert released == Lesson.objects.filter(state="released").count() == LESSONS - 2 * held
        lines = ReleaseRunLine.objects.filter(outcome="objection")
        assert sum(lines.values_list("lesson_count", flat=True)) == 2 * held
        assert [one.code for one in ledger_differences() if one.code == "balance_differs"] == []


def test_a_statement_killed_twenty_times_ends_as_one_read_at_once(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database():
        unkilled = statement_of(LINES)
        assert unkilled.job is not None
        with working():
            await_end([unkilled.job], within_s=300)
        expected = end_state()
    with fresh_database():
        statement = statement_of(LINES)
        assert statement.job is not None
        killed(statement.job, rows=LINES, seed=20261125)
        assert differences(expected, end_state()) == []
        assert broken_chains() == []
        statement.refresh_from_db()
        assert (statement.state, statement.line_count) == ("read", LINES)
        assert StatementLine.objects.count() == LINES
        assert BankDifference.objects.filter(code="duplicate").count() == LINES // 10
