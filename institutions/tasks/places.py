"""Looking up where places lie, as a job: asked outside transactions, kept chunk by chunk."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from institutions.selectors.places import gazetteer_entries, targets_of, unlocated
from institutions.services.geocoding import JOB_KIND, Answered, ask_for, record_answers
from regulator.adapters.geocoding.asking import Asking, geocoder_of_settings
from regulator.jobs.core.progress import FAULT_ATTEMPTS
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job
from regulator.kernel.outcomes import AdapterError

LOCAL_CHUNK = 200
REMOTE_CHUNK = 20
NOT_FOUND = "没有查到这个地址。请核对地址，或由人标定位置。"


@shared_task(name=JOB_KIND)
def locate_premises(job_id: int) -> None:
    """Look up every place of the job's division that has no point and was not asked for yet."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    ask = _asking(job)
    missing = unlocated(job.division, ask.source)
    lease.set_total(lease.job.cursor + missing.count())
    size = REMOTE_CHUNK if ask.is_remote else LOCAL_CHUNK
    while places := list(missing.select_related("institution")[:size]):
        targets = targets_of(places, division=job.division)
        with lease.long_step(targets[0].asked):
            answered, failure = ask_for(ask, targets)
        if answered:
            _keep(answered, ask.source, lease)
        if failure is not None:
            raise _ended_by(failure, lease.job)
    lease.finish(result={"asked": lease.job.cursor})


def _keep(answered: list[Answered], source: str, lease: JobLease) -> None:
    with lease.chunk() as chunk:
        record_answers(
            division=lease.job.division,
            source=source,
            answered=answered,
            actor=job_actor(lease.job),
            at=timezone.now(),
        )
        for each in answered:
            if each.found is None:
                place = each.target.premises
                where = f"{place.register_id} {place.address}"
                chunk.error(key=place.register_id, where=where, message=NOT_FOUND)
        chunk.advance(rows=len(answered), note=answered[-1].target.asked)


def _asking(job: Job) -> Asking:
    try:
        return Asking(geocoder_of_settings(gazetteer_entries(job.division)))
    except AdapterError as failure:
        raise _ended_by(failure, job) from failure


def _ended_by(failure: AdapterError, job: Job) -> Exception:
    """What waiting cannot cure, or has not cured, ends the job with its words; else again."""
    if failure.retryable and job.attempts < FAULT_ATTEMPTS:
        return failure
    return JobFailed(str(failure))
