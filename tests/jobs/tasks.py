"""Tasks that exist only in tests, and the actors that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app, shared_task

from regulator.jobs.models import Job
from regulator.jobs.services import JobLease, run_job
from regulator.kernel.actors import Actor

HERE = "510116"
COORDINATOR = Actor(
    user_id=1, name="甲", role="inspection_coordinator", division=HERE, department="education"
)

CHUNK_ROWS = 2


def count_to_total(job: Job, lease: JobLease) -> None:
    """Work of `params["rows"]` rows in chunks of two; rows in `params["bad"]` are errors."""
    rows = job.params["rows"]
    lease.set_total(rows)
    while job.cursor < rows:
        with lease.chunk() as chunk:
            batch = range(job.cursor, min(job.cursor + CHUNK_ROWS, rows))
            for row in batch:
                if row in job.params.get("bad", []):
                    chunk.error(key=str(row), where=f"第 {row} 行", message="看不懂")
            chunk.advance(rows=len(batch), note=f"第 {batch[-1]} 行")
    lease.finish({"rows": rows}, files=[("结果.txt", b"done")])


@shared_task(name="tests.count")
def count(job_id: int) -> None:
    run_job(job_id, count_to_total)


@contextmanager
def sent_wakes(monkeypatch_target: list[tuple[str, int]]) -> Iterator[None]:
    """Collect (kind, job id) instead of sending to the broker."""
    original = current_app.send_task

    def keep(name: str, *, args: list[int], **_options: object) -> None:
        monkeypatch_target.append((name, args[0]))

    current_app.send_task = keep
    try:
        yield
    finally:
        current_app.send_task = original
