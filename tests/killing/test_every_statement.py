"""A worker that dies at any statement or commit of a job leaves work that ends as it should.

Twenty random kills rarely meet the moment between two commits; here every such moment is met: a
forked process runs the job and kills itself right after its n-th statement, for every n.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from regulator.accounts.models import Township
from regulator.audit.models import Event
from regulator.jobs.models import Job, JobFile
from regulator.jobs.services import enqueue, run_job, sweep_jobs
from regulator.kernel.actors import SYSTEM
from tests.district import AT, DIVISION
from tests.jobs.tasks import sent_wakes
from tests.killing.conftest import FreshDatabase
from tests.killing.snapshots import broken_chains
from tests.killing.tasks import record_rows

ROWS = 7
ERRORS = 1


class Death:
    """Kills this process after so many statements and commits."""

    def __init__(self, after: int) -> None:
        self.left = after

    def step(self) -> None:
        """One more statement or commit is done."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def executing(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """An execute wrapper of Django's."""
        result = execute(*arguments)
        self.step()
        return result


def _run_and_die(job: Job, *, after: int) -> bool:
    """Run the job in a process of its own that dies; False where it came to the end first."""
    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            death, commit = Death(after), connection._commit

            def committing() -> None:
                commit()
                death.step()

            connection._commit = committing  # type: ignore[method-assign]
            with connection.execute_wrapper(death.executing):
                run_job(job.pk, record_rows)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status in {0, int(signal.SIGKILL)}
    return status != 0


def _asked(number: int) -> Job:
    params = {"first": number * 100, "rows": ROWS}
    return enqueue(kind="tests.record_rows", division=DIVISION, params=params, actor=SYSTEM, at=AT)


def test_a_worker_may_die_after_any_statement_and_nothing_is_lost_or_doubled(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database(), sent_wakes([]):
        jobs: list[Job] = []
        died = True
        while died:
            job = _asked(len(jobs) + 1)
            jobs.append(job)
            died = _run_and_die(job, after=len(jobs))
            sweep_jobs(at=timezone.now())
            run_job(job.pk, record_rows)
        assert len(jobs) > 50
        done = Counter(Job.objects.values_list("state", "cursor", "done_count", "error_count"))
        assert done == {("done", ROWS, ROWS, ERRORS): len(jobs)}
        once = {100 * number + row for number in range(1, len(jobs) + 1) for row in range(ROWS - 1)}
        imported = Event.objects.filter(kind="tests.row_imported").values_list("new", flat=True)
        assert Counter(new["number"] for new in imported) == dict.fromkeys(once, 1)
        assert {int(code[6:]) for code in Township.objects.values_list("code", flat=True)} == once
        assert JobFile.objects.count() == len(jobs)
        assert broken_chains() == []
