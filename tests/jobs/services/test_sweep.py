"""The sweep: lost messages and dead workers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from regulator.jobs.choices.texts import failure_text
from regulator.jobs.models import Job
from regulator.jobs.services import SweepReport, claim_job, enqueue, run_here, sweep, sweep_jobs
from regulator.jobs.services.wake import calls_waiting
from regulator.kernel.actors import SYSTEM
from tests.jobs.tasks import HERE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
Wakes = list[tuple[str, int]]


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests' messages may lie in this process's broker: here none does unless said."""
    monkeypatch.setattr(sweep, "calls_waiting", lambda: 0)


def _queued(**columns: Any) -> Job:
    job = enqueue(kind="tests.count", division=HERE, params={"rows": 3}, actor=SYSTEM, at=AT)
    Job.objects.filter(pk=job.pk).update(**(columns or {"kind": "tests.count"}))
    job.refresh_from_db()
    return job


def test_a_job_whose_message_was_lost_is_called_up_after_the_lease_time(wakes: Wakes) -> None:
    job = _queued()
    assert sweep_jobs(at=job.wake_at - timedelta(microseconds=1)) == SweepReport(woken=0, ended=0)
    assert wakes == []
    assert sweep_jobs(at=job.wake_at) == SweepReport(woken=1, ended=0)
    assert wakes == [("tests.count", job.pk)]


def test_two_sweeps_at_one_time_call_a_job_up_once(wakes: Wakes) -> None:
    job = _queued()
    sweep_jobs(at=job.wake_at)
    sweep_jobs(at=job.wake_at)
    assert wakes == [("tests.count", job.pk)]


def test_a_job_of_a_dead_worker_is_queued_again_and_runs_on(wakes: Wakes) -> None:
    job = _queued()
    now = timezone.now()
    lease = claim_job(job.pk, at=now)
    assert lease is not None
    with lease.chunk() as chunk:
        chunk.advance(rows=2)
    expires_at = lease.job.lease_expires_at
    assert expires_at is not None
    assert sweep_jobs(at=expires_at - timedelta(microseconds=1)) == SweepReport()
    assert sweep_jobs(at=expires_at) == SweepReport(woken=1, ended=0)
    job = run_here(job)
    assert (job.state, job.cursor, job.done_count) == ("done", 3, 3)


def test_a_job_that_killed_its_worker_six_times_is_given_up(wakes: Wakes) -> None:
    at = timezone.now()
    job = _queued(state="running", attempts=6, lease_owner="gone", lease_expires_at=at, cursor=2)
    assert sweep_jobs(at=at) == SweepReport(woken=0, ended=1)
    job.refresh_from_db()
    assert (job.state, job.lease_owner) == ("failed", "")
    assert failure_text(job.failure) == (
        "做到第 2 行之后的一批时，处理程序连续 6 次中途退出，已停止重试。"
        f"此前完成的部分都已保存。请把任务编号 {job.public_id} 告诉系统管理员；"
        "排除后点“接着做”，会从停下的地方继续。"
    )
    assert wakes == []


def test_a_cancelling_job_of_a_dead_worker_ends_as_cancelled(wakes: Wakes) -> None:
    at = timezone.now()
    job = _queued(state="cancelling", lease_owner="gone", lease_expires_at=at)
    assert sweep_jobs(at=at) == SweepReport(woken=0, ended=1)
    job.refresh_from_db()
    assert (job.state, wakes) == ("cancelled", [])


def test_ended_and_living_jobs_are_left_alone(wakes: Wakes) -> None:
    at = timezone.now()
    for state in ("done", "failed", "cancelled"):
        _queued(state=state)
    _queued(state="running", lease_owner="alive", lease_expires_at=at + timedelta(seconds=1))
    assert sweep_jobs(at=at) == SweepReport(woken=0, ended=0)
    assert wakes == []


def test_a_broker_that_is_down_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    job = _queued()

    def down(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broker:
        broker.setattr(current_app, "send_task", down)
        assert sweep_jobs(at=job.wake_at) == SweepReport(woken=0, ended=0)
    job.refresh_from_db()
    assert job.state == "queued"
    assert sweep_jobs(at=job.wake_at) == SweepReport(woken=1, ended=0)


def test_a_lease_of_a_process_that_is_gone_is_freed_before_it_expires(wakes: Wakes) -> None:
    now = timezone.now()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = socket.gethostname()[:60]
    expires_at = now + timedelta(seconds=60)
    dead = _queued(state="running", lease_owner=f"{host}:{gone.pid}:x", lease_expires_at=expires_at)
    living = _queued(
        state="running", lease_owner=f"{host}:{os.getpid()}:x", lease_expires_at=expires_at
    )
    elsewhere = _queued(
        state="running", lease_owner=f"other-host:{gone.pid}:x", lease_expires_at=expires_at
    )
    assert sweep_jobs(at=now) == SweepReport(woken=1, ended=0)
    assert wakes == [("tests.count", dead.pk)]
    for job, state in ((dead, "queued"), (living, "running"), (elsewhere, "running")):
        job.refresh_from_db()
        assert job.state == state


def test_a_killed_process_that_its_parent_has_not_reaped_is_gone_too(wakes: Wakes) -> None:
    if not Path("/proc/self/stat").exists():
        return  # there the lease's end decides
    now = timezone.now()
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    job = _queued(
        state="running",
        lease_owner=f"{socket.gethostname()[:60]}:{killed.pid}:x",
        lease_expires_at=now + timedelta(seconds=60),
    )
    assert sweep_jobs(at=now) == SweepReport(woken=0, ended=0)
    killed.kill()
    os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays a zombie
    os.kill(killed.pid, 0)
    assert sweep_jobs(at=now) == SweepReport(woken=1, ended=0)
    assert wakes == [("tests.count", job.pk)]
    killed.wait()


def test_while_nobody_reads_the_messages_no_more_are_sent(
    wakes: Wakes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _queued()
    monkeypatch.setattr(sweep, "calls_waiting", lambda: 50)
    assert sweep_jobs(at=job.wake_at) == SweepReport(woken=0, ended=0)
    monkeypatch.setattr(sweep, "calls_waiting", lambda: 49)
    assert sweep_jobs(at=job.wake_at) == SweepReport(woken=1, ended=0)
    assert wakes == [("tests.count", job.pk)]


def test_the_broker_says_how_many_messages_wait(settings: Any) -> None:
    with current_app.connection_for_write() as connection:
        queue = connection.SimpleQueue(settings.JOB_QUEUE)
        queue.clear()
        assert calls_waiting() == 0
        for number in range(3):
            queue.put({"job": number})
        assert calls_waiting() == 3
        queue.clear()
    assert calls_waiting() == 0
