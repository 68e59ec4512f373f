"""Killed workers and lost messages lose nothing and double nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from institutions.services.register_import import start_import
from regulator.accounts.models import Township
from regulator.adapters.storage import store_bytes
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import SYSTEM
from tests.district import AT, DIVISION
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, lose_messages, working
from tests.killing.lists import register_list
from tests.killing.snapshots import broken_chains, differences, end_state

# Some fifty starts of a worker: on a busy machine each takes seconds.
pytestmark = pytest.mark.timeout(900)

ROWS = 300
LISTED = 400

# Of the time that the unkilled run takes: a chunk or so.
LONGEST_PART = 0.05

Ask = Callable[[], Job]


def _rows(*, first: int, rows: int) -> Job:
    params = {"first": first, "rows": rows}
    return enqueue(kind="tests.record_rows", division=DIVISION, params=params, actor=SYSTEM, at=AT)


def _list() -> Job:
    _asked, job = start_import(
        division=DIVISION,
        file_name="名册.csv",
        file_sha256=store_bytes(register_list(LISTED)),
        places="own_division",
        actor=SYSTEM,
        at=AT,
    )
    return job


def _took_s(job: Job) -> float:
    job.refresh_from_db()
    assert job.started_at is not None
    assert job.ended_at is not None
    return (job.ended_at - job.started_at).total_seconds()


@pytest.mark.parametrize(
    ("ask", "rows", "errors", "kills"),
    [
        pytest.param(lambda: _rows(first=1, rows=ROWS), ROWS, ROWS // 7, 6, id="rows"),
        pytest.param(_list, LISTED, LISTED // 9, 20, id="register"),
    ],
)
def test_an_import_killed_many_times_ends_as_if_it_had_never_been(
    fresh_database: FreshDatabase, ask: Ask, rows: int, errors: int, kills: int
) -> None:
    with fresh_database(), working():
        unkilled = ask()
        await_end([unkilled], within_s=120)
        longest_s = _took_s(unkilled) * LONGEST_PART
        expected = end_state()
    with fresh_database():
        job = ask()
        with working() as worker:
            hits = kill_at_random(
                worker, job, times=kills, rows=rows, longest_s=longest_s, seed=20261101
            )
            await_end([job], within_s=120)
        assert hits == kills
        job.refresh_from_db()
        assert (job.state, job.total, job.error_count) == ("done", rows, errors)
        assert (job.cursor, job.done_count) == (rows, rows)
        assert differences(expected, end_state()) == []
        assert broken_chains() == []


def test_jobs_whose_messages_were_lost_are_done_and_done_once(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database():
        jobs = [_rows(first=100 * number, rows=10) for number in range(1, 6)]
        assert lose_messages() == 5
        with working():
            await_end(jobs)
        for job in jobs:
            job.refresh_from_db()
            assert (job.state, job.cursor, job.error_count) == ("done", 10, 1)
        assert Township.objects.count() == 45
        assert Event.objects.filter(kind="tests.row_imported").count() == 45
        assert broken_chains() == []
