"""Real workers on a database of their own, and SIGKILL for their whole process group."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis

from regulator.jobs.models import Job
from regulator.jobs.services import sweep_jobs
from regulator.jobs.services.wake import wake_worker

ROOT = Path(__file__).resolve().parents[2]
LEASE_S = 1.5
SWEEP_S = 0.3
TICK_S = 0.02
ENDED = ("done", "failed", "cancelled")


def database_url(name: str) -> str:
    """The address of a copied database, for a process of its own."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))


def environment(**more: str) -> dict[str, str]:
    """What a process needs to share the test's database, files and broker."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "TEST_DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
            "DATA_DIR": str(settings.DATA_DIR),
            "JOB_QUEUE": settings.JOB_QUEUE,
            "JOB_LEASE_SECONDS": str(LEASE_S),
            "JOB_SWEEP_SECONDS": str(SWEEP_S),
            "JOB_MAX_ATTEMPTS": "25",
            "PYTHONWARNINGS": "ignore",
        }
        | more
    )


class Worker:
    """A Celery worker as it is in production, forked by a process that has imported everything."""

    def __init__(self) -> None:
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.killing.nursery"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.restart()

    def restart(self) -> None:
        """SIGKILL for the worker and its pool alike; another is there on return."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        assert self.nursery.stdout.readline().strip().isdigit()

    def kill(self) -> None:
        """SIGKILL without another."""
        self.nursery.communicate()


@contextmanager
def working() -> Iterator[Worker]:
    """A worker that is killed in the end."""
    worker = Worker()
    try:
        yield worker
    finally:
        worker.kill()


def lose_messages() -> int:
    """Delete every message that waits in the broker; how many there were."""
    if settings.BROKER_URL.startswith("filesystem"):
        messages = list((settings.BROKER_DIR / "messages").glob("*.msg"))
        for message in messages:
            message.unlink(missing_ok=True)
        return len(messages)
    with Redis.from_url(settings.BROKER_URL) as server:
        count = int(server.llen(settings.JOB_QUEUE))
        server.delete(settings.JOB_QUEUE)
    return count


def forget_broker() -> None:
    """Leave nothing of this test in the broker."""
    if settings.BROKER_URL.startswith("filesystem"):
        for message in Path(settings.BROKER_DIR).glob("messages/*"):
            message.unlink(missing_ok=True)
    if settings.BROKER_URL.startswith("redis"):
        with Redis.from_url(settings.BROKER_URL) as server:
            for key in ("", "_kombu.binding.", "_kombu.binding_permanent."):
                server.delete(f"{key}{settings.JOB_QUEUE}")


class Clock:
    """Sweeps now and then, as the supervisor does, while a test waits."""

    def __init__(self) -> None:
        self.swept_at_s = 0.0

    def tick(self) -> None:
        """One small step of waiting."""
        if time.monotonic() - self.swept_at_s > SWEEP_S:
            self.swept_at_s = time.monotonic()
            sweep_jobs(at=timezone.now())
        time.sleep(TICK_S)

    def wait(self, seconds: float) -> None:
        """Wait, sweeping meanwhile."""
        ends_s = time.monotonic() + seconds
        while time.monotonic() < ends_s:
            self.tick()


def await_end(jobs: Sequence[Job], *, within_s: float = 60) -> None:
    """Wait until every job has ended."""
    clock, ends_s = Clock(), time.monotonic() + within_s
    while time.monotonic() < ends_s:
        states = set(_states(jobs))
        if states <= set(ENDED):
            return
        clock.tick()
    raise AssertionError(f"not ended within {within_s} s: {_states(jobs)}")


def _states(jobs: Sequence[Job]) -> list[str]:
    pks = [job.pk for job in jobs]
    return list(Job.objects.filter(pk__in=pks).order_by("pk").values_list("state", flat=True))


def await_claim(jobs: Sequence[Job], *, not_by: set[str], within_s: float = 120) -> set[str]:
    """Wait until a worker holds one of the jobs by a hold not seen before; every hold now."""
    clock, ends_s = Clock(), time.monotonic() + within_s
    running = Job.objects.filter(pk__in=[job.pk for job in jobs], state="running")
    while time.monotonic() < ends_s:
        owners = set(running.values_list("lease_owner", flat=True))
        if owners - not_by or set(_states(jobs)) <= set(ENDED):
            return owners
        clock.tick()
    raise AssertionError(f"nobody took a job within {within_s} s: {_states(jobs)}")


def await_cursor(job: Job, *, at_least: int, within_s: float = 120) -> None:
    """Wait until so many rows of the job are committed."""
    clock, ends_s = Clock(), time.monotonic() + within_s
    rows = Job.objects.filter(pk=job.pk)
    while time.monotonic() < ends_s:
        if rows.filter(cursor__gte=at_least).exists():
            return
        clock.tick()
    raise AssertionError(f"fewer than {at_least} rows were done within {within_s} s")


def kill_at_random(
    worker: Worker, job: Job, *, times: int, rows: int, longest_s: float, seed: int
) -> int:
    """Kill the worker so often while it works on the job; how often the job was not yet done.

    Each moment is a random row of the first two thirds, so that every kill meets the job however
    fast the machine is, and up to `longest_s` more; one in five lies anywhere from the worker's
    start. After each, the job is called up twice, so that two processes race for it.
    """
    moments = random.Random(seed)
    targets = sorted(moments.randrange(rows * 2 // 3) for _ in range(times))
    seen: set[str] = set()
    hits = 0
    for target in targets:
        if moments.random() < 0.8:
            seen |= await_claim([job], not_by=seen)
            await_cursor(job, at_least=target)
            Clock().wait(moments.uniform(0, longest_s))
        else:
            Clock().wait(moments.uniform(0, 1.2))
        hits += not set(_states([job])) <= set(ENDED)
        worker.restart()
        for _ in range(2):
            wake_worker(job_id=job.pk, kind=job.kind)
    return hits
