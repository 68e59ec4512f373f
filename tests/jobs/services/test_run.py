"""Running jobs: chunks, resuming, errors, faults, and leases that are lost."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from regulator.audit.models import Event
from regulator.jobs.choices.texts import failure_text
from regulator.jobs.models import Job, JobError, JobFile
from regulator.jobs.services import (
    JobFailed,
    JobLease,
    LeaseLost,
    cancel_job,
    claim_job,
    enqueue,
    run_here,
    run_job,
    run_waiting_jobs,
)
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refusal, Refused
from tests.jobs.tasks import COORDINATOR, HERE, count_to_total

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
Wakes = list[tuple[str, int]]


def _queued(**params: Any) -> Job:
    return enqueue(kind="tests.count", division=HERE, params=params, actor=SYSTEM, at=AT)


def test_a_job_runs_chunk_by_chunk_to_its_end() -> None:
    job = run_here(_queued(rows=5))
    assert (job.state, job.cursor, job.done_count, job.total) == ("done", 5, 5, 5)
    assert job.result == {"rows": 5}
    assert (job.lease_owner, job.lease_expires_at, job.note, job.failure) == ("", None, "", None)
    assert job.started_at is not None
    assert job.ended_at is not None
    stored = JobFile.objects.get(job=job)
    assert (stored.name, stored.size) == ("结果.txt", 4)
    assert stored.sha256 == hashlib.sha256(b"done").hexdigest()


def test_a_job_resumes_at_its_cursor() -> None:
    job = _queued(rows=5)
    Job.objects.filter(pk=job.pk).update(cursor=4, done_count=4)
    seen: list[int] = []

    def work(row: Job, lease: JobLease) -> None:
        seen.append(row.cursor)
        count_to_total(row, lease)

    run_job(job.pk, work)
    job.refresh_from_db()
    assert seen == [4]
    assert (job.state, job.cursor) == ("done", 5)


def test_errors_are_kept_once_per_item_however_often_it_is_tried() -> None:
    job = run_here(_queued(rows=5, bad=[1, 4]))
    assert list(job.errors.order_by("pk").values_list("key", "where", "message")) == [
        ("1", "第 1 行", "看不懂"),
        ("4", "第 4 行", "看不懂"),
    ]
    assert job.error_count == 2
    Job.objects.filter(pk=job.pk).update(state="queued", cursor=0, done_count=0)
    job = run_here(job)
    assert JobError.objects.filter(job=job).count() == 2
    assert job.error_count == 2


def test_a_job_held_by_another_worker_is_left_alone() -> None:
    job = _queued(rows=1)
    held = claim_job(job.pk, at=timezone.now())
    assert held is not None
    assert claim_job(job.pk, at=timezone.now()) is None
    run_job(job.pk, count_to_total)
    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.cursor) == ("running", held.owner, 0)


def test_an_expired_lease_is_taken_over_and_the_first_worker_ends_silently(settings: Any) -> None:
    job = _queued(rows=3)
    first = claim_job(job.pk, at=timezone.now() - timedelta(seconds=61))
    second = claim_job(job.pk, at=timezone.now())
    assert first is not None
    assert second is not None
    with pytest.raises(LeaseLost), first.chunk() as chunk:
        chunk.advance(rows=1)
    with pytest.raises(LeaseLost):
        first.say("还在做")
    with pytest.raises(LeaseLost):
        first.finish()
    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.cursor, job.note) == ("running", second.owner, 0, "")


def test_a_chunk_that_fails_leaves_nothing_and_the_job_is_tried_again_later(wakes: Wakes) -> None:
    job = _queued(rows=4)

    def work(_row: Job, lease: JobLease) -> None:
        with lease.chunk() as chunk:
            chunk.advance(rows=2)
        with lease.chunk() as chunk:
            chunk.error(key="3", where="第 3 行", message="不该留下")
            chunk.advance(rows=2)
            raise ZeroDivisionError("李四的身份证")

    run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.cursor, job.error_count, job.lease_owner) == ("queued", 2, 0, "")
    assert JobError.objects.count() == 0
    assert job.wake_at > timezone.now() + timedelta(seconds=59)
    assert job.failure is None


def test_a_poison_chunk_fails_the_job_with_an_explanation_without_the_rows_words() -> None:
    job = _queued(rows=4)

    def work(row: Job, lease: JobLease) -> None:
        if row.cursor == 0:
            with lease.chunk() as chunk:
                chunk.advance(rows=2)
        with lease.chunk():
            raise ZeroDivisionError("李四的身份证")

    states = []
    for _ in range(4):
        run_job(job.pk, work)
        job.refresh_from_db()
        states.append(job.state)
    # The first attempt made progress, so it does not count; the fourth without any is the last.
    assert states == ["queued", "queued", "queued", "queued"]
    run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.cursor) == ("failed", 2)
    text = failure_text(job.failure)
    assert text.startswith("做到第 2 行之后的一批时，程序出错（ZeroDivisionError @ test_run.py:")
    assert str(job.public_id) in text
    assert "李四" not in text


def test_progress_counts_attempts_anew() -> None:
    job = _queued(rows=2)
    lease = claim_job(job.pk, at=timezone.now())
    assert lease is not None
    assert lease.job.attempts == 1
    with lease.chunk() as chunk:
        chunk.advance(rows=1)
    assert lease.job.attempts == 0


def test_what_the_work_itself_gives_up_is_not_tried_again() -> None:
    job = _queued(rows=1)

    def work(_job: Job, _lease: JobLease) -> None:
        raise JobFailed("文件里没有名为“备案”的工作表。")

    run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, failure_text(job.failure)) == ("failed", "文件里没有名为“备案”的工作表。")


def test_a_refusal_fails_the_job_with_its_sentence() -> None:
    job = _queued(rows=1)

    def work(_job: Job, _lease: JobLease) -> None:
        raise Refused(Refusal("job.not_yours"))

    run_job(job.pk, work)
    job.refresh_from_db()
    assert job.state == "failed"
    expected = "只有发起人、同一岗位的人员和系统管理员可以改动这项任务。"
    assert failure_text(job.failure) == expected


def test_a_cancel_stops_between_two_chunks_and_keeps_what_is_done() -> None:
    job = enqueue(kind="tests.count", division=HERE, params={"rows": 6}, actor=COORDINATOR, at=AT)

    def work(row: Job, lease: JobLease) -> None:
        with lease.chunk() as chunk:
            chunk.advance(rows=2)
        cancel_job(job=row, actor=COORDINATOR, at=AT)
        with lease.chunk() as chunk:
            chunk.advance(rows=2)

    run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.cursor, job.lease_owner) == ("cancelled", 2, "")
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "job.enqueued",
        "job.cancelled",
    ]


def test_a_cancel_that_comes_when_all_is_done_does_not_undo_the_end() -> None:
    job = enqueue(kind="tests.count", division=HERE, params={"rows": 2}, actor=COORDINATOR, at=AT)

    def work(row: Job, lease: JobLease) -> None:
        with lease.chunk() as chunk:
            chunk.advance(rows=2)
        cancel_job(job=row, actor=COORDINATOR, at=AT)
        lease.finish({"rows": 2})

    run_job(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"rows": 2})


def test_saying_what_is_done_stops_a_cancelled_job() -> None:
    job = enqueue(kind="tests.count", division=HERE, params={}, actor=COORDINATOR, at=AT)

    def work(row: Job, lease: JobLease) -> None:
        cancel_job(job=row, actor=COORDINATOR, at=AT)
        lease.say("正在读文件")

    run_job(job.pk, work)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_work_that_does_not_finish_by_itself_is_done_when_it_returns() -> None:
    job = _queued(rows=0)
    run_job(job.pk, lambda _job, _lease: None)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", None)


def test_a_message_for_an_ended_or_unknown_job_does_nothing() -> None:
    job = run_here(_queued(rows=1))
    ended_at = job.ended_at
    run_job(job.pk, count_to_total)
    run_job(job.pk + 1000, count_to_total)
    job.refresh_from_db()
    assert (job.state, job.ended_at) == ("done", ended_at)


def test_waiting_jobs_run_in_this_process_oldest_first() -> None:
    first, second = _queued(rows=1), _queued(rows=3)
    assert run_waiting_jobs() == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("done", "done")
    assert first.ended_at is not None
    assert second.ended_at is not None
    assert first.ended_at < second.ended_at
