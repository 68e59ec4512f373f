"""Leases between real connections: one winner, renewal during long steps, a cancel from outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.utils import timezone

from regulator.jobs.models import Job
from regulator.jobs.services import LeaseLost, cancel_job, claim_job, enqueue, run_job
from regulator.jobs.services.lease import JobLease
from tests.district import AT, DIVISION
from tests.jobs.tasks import COORDINATOR

Result = TypeVar("Result")


def _job() -> Job:
    return enqueue(kind="tests.count", division=DIVISION, params={}, actor=COORDINATOR, at=AT)


def _closing(act: Callable[[], Result]) -> Result:
    """Act on this thread's own connection, and close it."""
    try:
        return act()
    finally:
        connection.close()


def test_of_many_workers_that_are_woken_at_once_one_gets_the_job(committed_db: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in range(10):
            job = _job()

            def claim(job_id: int = job.pk) -> bool:
                return claim_job(job_id, at=timezone.now()) is not None

            won = list(pool.map(_closing, [claim] * 4))
            assert won.count(True) == 1


def test_a_lease_is_renewed_during_a_long_step(committed_db: str, settings: Any) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    job = _job()
    attempts: list[bool] = []

    def work(_job: Job, lease: JobLease) -> None:
        with lease.long_step("正在生成文件"):
            for _ in range(6):
                time.sleep(0.3)
                attempts.append(claim_job(job.pk, at=timezone.now()) is not None)
        with lease.chunk() as chunk:
            chunk.advance(rows=1)

    run_job(job.pk, work)
    job.refresh_from_db()
    assert attempts == [False] * 6
    assert (job.state, job.cursor) == ("done", 1)


def test_without_renewal_a_long_step_loses_the_job(committed_db: str, settings: Any) -> None:
    settings.JOB_LEASE_SECONDS = 0.2
    job = _job()
    lost: list[bool] = []

    def work(_job: Job, lease: JobLease) -> None:
        time.sleep(0.3)
        assert claim_job(job.pk, at=timezone.now()) is not None
        with pytest.raises(LeaseLost), lease.chunk():
            pass
        lost.append(True)

    run_job(job.pk, work)
    job.refresh_from_db()
    assert lost == [True]
    assert job.state == "running"


def test_a_cancel_from_another_connection_waits_for_the_chunk_and_is_obeyed_before_the_next(
    committed_db: str,
) -> None:
    job = _job()
    with ThreadPoolExecutor(1) as pool:

        def work(row: Job, lease: JobLease) -> None:
            with lease.chunk() as chunk:
                cancelled = pool.submit(
                    _closing, lambda: cancel_job(job=row, actor=COORDINATOR, at=AT)
                )
                time.sleep(0.2)
                assert not cancelled.done()
                chunk.advance(rows=1)
            assert cancelled.result(timeout=10).state == "cancelling"
            with lease.chunk() as chunk:
                chunk.advance(rows=1)

        run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.cursor) == ("cancelled", 1)
