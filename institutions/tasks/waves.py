"""Waves day by day: proposals after the deadline, notices, and many journeys moved together."""

from __future__ import annotations

from collections.abc import Callable

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Wave
from institutions.selectors.waves import standing_counts, wave_by_id
from institutions.services.journeys_many import (
    CONFIRMING_JOB,
    MOVING_JOB,
    confirm_one,
    move_one,
    name_of,
)
from institutions.services.register_records import day_of
from institutions.services.wave_notices import TELLING_CHUNK, tell_chunk, tell_near_waves
from institutions.services.wave_proposals import (
    PROPOSING_JOB,
    ask_for_due_waves,
    finish_proposing,
    propose_chunk,
)
from institutions.services.waves import TELLING_JOB
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message

CHUNK_MEMBERS = 500
DAILY = "institutions.watch_waves"


@shared_task(name=DAILY)
def watch_waves() -> None:
    """Every day: proposals where a deadline passed, notices where one comes near. Safe twice."""
    now = timezone.now()
    ask_for_due_waves(actor=SYSTEM, at=now)
    tell_near_waves(actor=SYSTEM, at=now)


@shared_task(name=PROPOSING_JOB)
def propose_overdue(job_id: int) -> None:
    """Prepare one proposed decision per member that is not through."""
    run_job(job_id, _propose)


def _propose(job: Job, lease: JobLease) -> None:
    wave = _wave(job)
    actor, at = job_actor(job), job.occurred_at
    lease.set_total(wave.members.count())
    while True:
        with lease.chunk() as chunk:
            done = propose_chunk(
                wave=wave,
                offset=lease.job.cursor,
                size=CHUNK_MEMBERS,
                on=day_of(at),
                actor=actor,
                at=at,
            )
            chunk.advance(rows=done.seen)
        if done.seen == 0:
            break
    with lease.finishing(result=standing_counts(wave)):
        finish_proposing(wave=wave, actor=actor, at=at)


@shared_task(name=TELLING_JOB)
def tell_wave(job_id: int) -> None:
    """Tell the members of a wave that it was opened."""
    run_job(job_id, _tell)


def _tell(job: Job, lease: JobLease) -> None:
    wave = _wave(job)
    lease.set_total(wave.members.count())
    while True:
        with lease.chunk() as chunk:
            seen = tell_chunk(
                wave=wave,
                kind=job.params["notice"],
                offset=lease.job.cursor,
                actor=job_actor(job),
                at=job.occurred_at,
            )
            chunk.advance(rows=seen)
        if seen < TELLING_CHUNK:
            break


@shared_task(name=MOVING_JOB)
def move_journeys(job_id: int) -> None:
    """Make one move of many journeys, one by one."""
    run_job(job_id, lambda job, lease: _each(job, lease, "journeys", move_one))


@shared_task(name=CONFIRMING_JOB)
def confirm_journeys(job_id: int) -> None:
    """Countersign many proposals, one by one."""
    run_job(job_id, lambda job, lease: _each(job, lease, "proposals", confirm_one))


def _each(job: Job, lease: JobLease, name: str, act: Callable[..., None]) -> None:
    actor: Actor = job_actor(job)
    while (index := lease.job.cursor) < len(job.params[name]):
        with lease.chunk() as chunk:
            where = name_of(job, index)
            try:
                act(job, index, actor=actor)
            except Refused as refused:
                message = " ".join(refusal_message(one) for one in refused.refusals)
                chunk.error(key=str(index), where=where, message=message)
            chunk.advance(rows=1, note=where)


def _wave(job: Job) -> Wave:
    wave = wave_by_id(job.params["wave"])
    if wave is None:
        raise JobFailed(_("这个批次已经不在了。"))
    return wave
