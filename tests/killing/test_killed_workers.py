"""Killed workers and lost messages lose nothing and double nothing."""

from __future__ import annotations

from collections import Counter

from regulator.accounts.models import Township
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import SYSTEM
from tests.district import AT, DIVISION
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, lose_messages, working
from tests.killing.snapshots import broken_chains, differences, end_state

ROWS = 300
KILLS = 20


def _import(*, first: int, rows: int) -> Job:
    params = {"first": first, "rows": rows}
    return enqueue(kind="tests.record_rows", division=DIVISION, params=params, actor=SYSTEM, at=AT)


def _unkilled(fresh_database: FreshDatabase, *, rows: int) -> dict[str, Counter[str]]:
    with fresh_database(), working():
        await_end([_import(first=1, rows=rows)])
        return end_state()


def test_an_import_killed_twenty_times_ends_as_if_it_had_never_been(
    fresh_database: FreshDatabase,
) -> None:
    expected = _unkilled(fresh_database, rows=ROWS)
    with fresh_database():
        job = _import(first=1, rows=ROWS)
        with working() as worker:
            hits = kill_at_random(worker, [job], times=KILLS, longest_s=0.2, seed=20261101)
            await_end([job])
        assert hits == KILLS
        job.refresh_from_db()
        assert (job.state, job.cursor, job.done_count, job.total) == ("done", ROWS, ROWS, ROWS)
        assert differences(expected, end_state()) == []
        assert broken_chains() == []


def test_jobs_whose_messages_were_lost_are_done_and_done_once(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database():
        jobs = [_import(first=100 * number, rows=10) for number in range(1, 6)]
        assert lose_messages() == 5
        with working():
            await_end(jobs)
        for job in jobs:
            job.refresh_from_db()
            assert (job.state, job.cursor, job.error_count) == ("done", 10, 1)
        assert Township.objects.count() == 45
        assert Event.objects.filter(kind="tests.row_imported").count() == 45
        assert broken_chains() == []
