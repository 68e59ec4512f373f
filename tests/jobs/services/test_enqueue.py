"""Asking for a job, cancelling it, having it tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from celery import current_app
from django.db import transaction
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor, visible_jobs
from regulator.jobs.services import cancel_job, enqueue, retry_job
from regulator.kernel.actors import SYSTEM, VISITOR, Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message
from tests.jobs.tasks import COORDINATOR, HERE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
Wakes = list[tuple[str, int]]


def _asked(actor: Actor = COORDINATOR, *, state: str = "queued") -> Job:
    job = enqueue(kind="tests.count", division=HERE, params={"rows": 2}, actor=actor, at=AT)
    Job.objects.filter(pk=job.pk).update(state=state)
    return job


def test_a_job_remembers_who_asked_and_when() -> None:
    job = _asked()
    assert job_actor(job) == COORDINATOR
    assert (job.occurred_at, job.state, job.params) == (AT, "queued", {"rows": 2})


def test_the_worker_is_woken_only_when_the_row_is_committed(
    wakes: Wakes, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = _asked()
        assert wakes == []
    assert wakes == [("tests.count", job.pk)]


def test_a_job_of_a_transaction_that_failed_does_not_exist(wakes: Wakes) -> None:
    with transaction.atomic():
        _asked()
        transaction.set_rollback(True)
    assert Job.objects.count() == 0
    assert Event.objects.count() == 0
    assert wakes == []


def test_what_a_person_asks_for_is_an_event_and_what_the_system_does_is_not() -> None:
    job = _asked()
    event = Event.objects.get()
    assert (event.kind, event.subject_kind, event.subject_key, event.occurred_at) == (
        "job.enqueued",
        "job",
        str(job.public_id),
        AT,
    )
    assert event.new == {"state": "queued", "task": "tests.count"}
    _asked(SYSTEM)
    assert Event.objects.count() == 1


def test_a_queued_job_is_cancelled_at_once() -> None:
    job = cancel_job(job=_asked(), actor=COORDINATOR, at=AT)
    assert job.state == "cancelled"
    assert job.ended_at is not None


def test_a_running_job_is_asked_to_stop() -> None:
    job = cancel_job(job=_asked(state="running"), actor=COORDINATOR, at=AT)
    assert (job.state, job.ended_at) == ("cancelling", None)


@pytest.mark.parametrize("state", ["cancelling", "done", "failed", "cancelled"])
def test_an_ended_job_cannot_be_cancelled(state: str) -> None:
    job = _asked(state=state)
    with pytest.raises(Refused) as refused:
        cancel_job(job=job, actor=COORDINATOR, at=AT)
    assert [each.code for each in refused.value.refusals] == ["job.cannot_cancel"]
    job.refresh_from_db()
    assert job.state == state
    assert Event.objects.count() == 1


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_failed_or_cancelled_job_is_tried_again(
    state: str, wakes: Wakes, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = _asked(state=state)
    Job.objects.filter(pk=job.pk).update(attempts=6, failure={"text": "坏了"}, cursor=1)
    with django_capture_on_commit_callbacks(execute=True):
        job = retry_job(job=job, actor=COORDINATOR, at=AT)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.failure, job.cursor) == ("queued", 0, None, 1)
    assert wakes == [("tests.count", job.pk)]
    assert Event.objects.order_by("-id").values_list("kind", "old", "new")[0] == (
        "job.retried",
        {"state": state},
        {"state": "queued", "task": "tests.count"},
    )


@pytest.mark.parametrize("state", ["queued", "running", "cancelling", "done"])
def test_a_job_that_has_not_stopped_short_cannot_be_tried_again(state: str) -> None:
    job = _asked(state=state)
    with pytest.raises(Refused) as refused:
        retry_job(job=job, actor=COORDINATOR, at=AT)
    labels = {"queued": "排队中", "running": "正在进行", "cancelling": "正在停止", "done": "已完成"}
    assert [refusal_message(each) for each in refused.value.refusals] == [
        f"这项任务现在是“{labels[state]}”，不能重做；只有未能完成或已取消的任务可以重做。"
    ]
    job.refresh_from_db()
    assert job.state == state


def test_another_desk_can_neither_cancel_nor_retry_and_nothing_changes() -> None:
    other = replace(COORDINATOR, user_id=2, role="filing_reviewer")
    for state, act in (("running", cancel_job), ("failed", retry_job)):
        job = _asked(state=state)
        before = Event.objects.count()
        with pytest.raises(Refused) as refused:
            act(job=job, actor=other, at=AT)
        assert [each.code for each in refused.value.refusals] == ["job.not_yours"]
        job.refresh_from_db()
        assert job.state == state
        assert Event.objects.count() == before


def test_a_person_sees_their_own_and_their_desks_jobs_alone() -> None:
    mine, colleague = _asked(), _asked(replace(COORDINATOR, user_id=2))
    _asked(replace(COORDINATOR, user_id=3, role="filing_reviewer"))
    _asked(SYSTEM)
    everything = list(Job.objects.order_by("-id"))
    assert list(visible_jobs(COORDINATOR)) == [colleague, mine]
    administrator = Actor(user_id=9, name="壬", role="administrator", division=HERE)
    assert list(visible_jobs(administrator)) == everything
    assert list(visible_jobs(replace(administrator, division="510115"))) == []
    assert list(visible_jobs(VISITOR)) == []


def test_with_the_broker_down_the_job_is_queued_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def down(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError

    # Undone here and not with the fixture, which outlives the one that collects wake-ups.
    with monkeypatch.context() as patched:
        patched.setattr(current_app, "send_task", down)
        with django_capture_on_commit_callbacks(execute=True):
            job = _asked()
    job.refresh_from_db()
    assert job.state == "queued"
