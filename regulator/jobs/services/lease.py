"""Holding a job: the claim, the lease, and the chunks in which work is committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from regulator.adapters.storage import store_bytes
from regulator.jobs.core.states import JobMove, JobState, next_state
from regulator.jobs.models import Job, JobError, JobFile
from regulator.jobs.services.owners import new_owner
from regulator.kernel.outcomes import InvariantError

log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Another worker holds the job now; this one ends without a word."""


class JobCancelled(Exception):
    """Somebody asked the job to stop; what is committed stays."""


@dataclass
class Chunk:
    """What one chunk reports; kept only if the chunk's transaction commits."""

    rows: int = 0
    note: str | None = None
    errors: dict[str, JobError] = field(default_factory=dict)
    job_id: int = 0

    def advance(self, *, rows: int, note: str = "") -> None:
        """Count `rows` items of the input as dealt with; the cursor moves past them."""
        if rows < 0:
            raise InvariantError("进度只能向前。")
        self.rows += rows
        if note:
            self.note = note

    def error(self, *, key: str, where: str, message: str) -> None:
        """Record that an item could not be done. The same `key` again replaces what was said."""
        self.errors[key] = JobError(
            job_id=self.job_id, key=key[:120], where=where[:200], message=message
        )


@dataclass
class JobLease:
    """A worker's hold on a job. Every write checks that it still holds."""

    job: Job
    owner: str
    is_finished: bool = False

    def set_total(self, total: int) -> None:
        """Say how many items there are."""
        self._update(total=total)

    def say(self, note: str) -> None:
        """Say what is being done now, and renew the lease; stops here if a cancel was asked."""
        self._update(note=note[:200])
        self.job.refresh_from_db(fields=["state"])
        if self.job.state == JobState.CANCELLING.value:
            raise JobCancelled

    @contextmanager
    def chunk(self) -> Iterator[Chunk]:
        """One transaction: the chunk's effects, its errors and the cursor are committed together.

        Raises LeaseLost where another worker took over, JobCancelled where a person asked to stop.
        The job's row is the first lock of the transaction, and nobody who holds another lock waits
        for a job's row: `cancel_job` and `retry_job` take transactions of their own.
        """
        with transaction.atomic(durable=True):
            row = self._locked()
            if row.state == JobState.CANCELLING.value:
                raise JobCancelled
            chunk = Chunk(job_id=row.pk)
            yield chunk
            self._commit_chunk(row, chunk)
        self.job.refresh_from_db()

    def finish(
        self, result: Mapping[str, Any] | None = None, files: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        """End the job as done, with a JSON result and files by name."""
        with self.finishing(result=result, files=files):
            pass

    @contextmanager
    def finishing(
        self, *, result: Mapping[str, Any] | None = None, files: Sequence[tuple[str, bytes]] = ()
    ) -> Iterator[None]:
        """End the job as done together with the last writes of the caller, in one transaction."""
        stored = [(name, store_bytes(data), len(data)) for name, data in files]
        with transaction.atomic(durable=True):
            row = self._locked()
            yield
            for name, sha256, size in stored:
                JobFile.objects.update_or_create(
                    job=row, name=name, defaults={"sha256": sha256, "size": size}
                )
            settle(row, JobMove.FINISH, result=None if result is None else dict(result))
        self.is_finished = True
        self.job.refresh_from_db()

    @contextmanager
    def long_step(self, note: str) -> Iterator[None]:
        """A step longer than the lease (a big PDF): a thread renews the lease meanwhile.

        No transaction may be open in it. The next chunk tells whether the lease held.
        """
        self.say(note)
        stop = Event()
        thread = Thread(target=self._renew_until, args=(stop,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _renew_until(self, stop: Event) -> None:
        try:
            while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
                self._update()
        except Exception as error:  # noqa: BLE001  the main thread finds out at its next chunk
            log.warning("lease_not_renewed", job=self.job.pk, error=type(error).__name__)
        finally:
            connection.close()

    def _held(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, lease_owner=self.owner)

    def _update(self, **values: Any) -> None:
        if not self._held().update(lease_expires_at=_lease_end(timezone.now()), **values):
            raise LeaseLost
        for name, value in values.items():
            setattr(self.job, name, value)

    def _locked(self) -> Job:
        row = self._held().select_for_update().first()
        if row is None:
            raise LeaseLost
        return row  # type: ignore[no-any-return]

    def _commit_chunk(self, row: Job, chunk: Chunk) -> None:
        if chunk.errors:
            JobError.objects.bulk_create(
                chunk.errors.values(),
                update_conflicts=True,
                unique_fields=["job", "key"],
                update_fields=["where", "message"],
            )
            row.error_count = JobError.objects.filter(job=row).count()
        row.cursor += chunk.rows
        row.done_count += chunk.rows
        if chunk.note is not None:
            row.note = chunk.note[:200]
        row.attempts = 0
        row.lease_expires_at = _lease_end(timezone.now())
        row.save(
            update_fields=[
                "cursor", "done_count", "error_count", "note", "attempts", "lease_expires_at",
            ]
        )  # fmt: skip


def claim_job(job_id: int, *, at: datetime, kind: str = "") -> JobLease | None:
    """Take the job if it is free: queued, or held by a lease that has expired.

    One compare-and-set UPDATE, so that of any number of workers exactly one gets it. `kind`, where
    given, must be the job's: a message from another database's life must not start other work.
    """
    owner = new_owner()
    free = Q(state=JobState.QUEUED.value) | Q(
        state=JobState.RUNNING.value, lease_expires_at__lte=at
    )
    wanted = Job.objects.filter(free, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS)
    if kind:
        wanted = wanted.filter(kind=kind)
    taken = wanted.update(
        state=JobState.RUNNING.value,
        lease_owner=owner,
        lease_expires_at=_lease_end(at),
        attempts=F("attempts") + 1,
        started_at=Coalesce("started_at", at),
    )
    if not taken:
        return None
    return JobLease(job=Job.objects.get(pk=job_id), owner=owner)


def settle(row: Job, move: JobMove, **values: Any) -> JobState:
    """Let go of a locked job by `move`; further columns go with it. Call it in a transaction."""
    state = next_state(move, JobState(row.state))
    if state is None:
        raise InvariantError(f"任务 {row.public_id}：{row.state} 没有 {move.value} 这一步。")
    now = timezone.now()
    row.state = state.value
    row.lease_owner = ""
    row.lease_expires_at = None
    if state is not JobState.QUEUED:
        row.ended_at = now
        row.note = ""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(
        update_fields=[
            "state", "lease_owner", "lease_expires_at", "ended_at", "note", *values,
        ]
    )  # fmt: skip
    return state


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
