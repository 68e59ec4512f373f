"""Trials of a changed table, and the second screening of approved classes, as jobs that may die."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from institutions.core.recheck_states import CauseKind
from institutions.models import Filing
from institutions.selectors.filings_screening import local_day, screening_context
from institutions.selectors.rechecks import running_filings
from institutions.selectors.rechecks_screening import version_by_key, version_label
from institutions.selectors.trials import trial_by_id, trial_filings
from institutions.services.rechecks_opening import (
    Cause,
    open_rechecks,
    screen_approved,
    tell_of_opened,
)
from institutions.services.rescreening import RESCREENING_JOB
from institutions.services.trial_contexts import trial_contexts
from institutions.services.trials import (
    TRYING_JOB,
    finish_trial,
    keep_trial_changes,
    try_filings,
)
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job
from regulator.kernel.outcomes import Refused

CHUNK_FILINGS = 100


@shared_task(name=TRYING_JOB)
def try_screening(job_id: int) -> None:
    """Screen a trial's filings under both tables, from the last filing done on."""
    run_job(job_id, _try)


def _try(job: Job, lease: JobLease) -> None:
    trial = trial_by_id(job.params["trial"])
    if trial is None:
        raise JobFailed(_("这次试算已经不在了。"))
    filings = trial_filings(trial.division_id, trial.starts_from, trial.starts_before)
    actor, at = job_actor(job), job.occurred_at
    try:
        contexts = trial_contexts(trial, at)
    except Refused as refused:
        raise JobFailed(_("要试算的改动现在已经不能签字，请先看它的页面。")) from refused
    if contexts is None:
        raise JobFailed(_("要试算的参照表版本已经不在了。"))
    lease.set_total(max(filings.count(), job.cursor))
    now, proposed = contexts
    while chunk_rows := list(filings.filter(pk__gt=trial.done_until)[:CHUNK_FILINGS]):
        changes = try_filings(trial=trial, filings=chunk_rows, now=now, proposed=proposed)
        with lease.chunk() as chunk:
            keep_trial_changes(trial=trial, filings=chunk_rows, changes=changes, actor=actor, at=at)
            chunk.advance(rows=len(chunk_rows), note=chunk_rows[-1].number)
    with lease.finishing(result={"filings": trial.filing_count}):
        finish_trial(trial=trial, actor=actor, at=at)


@shared_task(name=RESCREENING_JOB)
def rescreen(job_id: int) -> None:
    """Screen approved classes again and open what a person has to look at."""
    run_job(job_id, _rescreen)


def _rescreen(job: Job, lease: JobLease) -> None:
    actor, at = job_actor(job), job.occurred_at
    cause, filings = _asked(job)
    context = screening_context(job.division, local_day(at))
    total = filings.count()
    lease.set_total(max(total, job.cursor))
    while chunk_rows := list(filings[lease.job.cursor : lease.job.cursor + CHUNK_FILINGS]):
        found = screen_approved(filings=chunk_rows, cause=cause, context=context, at=at)
        with lease.chunk() as chunk:
            open_rechecks(rechecks=found, actor=actor, at=at)
            chunk.advance(rows=len(chunk_rows), note=chunk_rows[-1].number)
    with lease.finishing(result={"filings": total}):
        tell_of_opened(division=job.division, cause=cause, actor=actor, at=at)


def _asked(job: Job) -> tuple[Cause, QuerySet[Filing]]:
    """Why, and the filings to look at: of an institution, or of classes that a change touches."""
    today = local_day(job.occurred_at)
    if "calendar_change" in job.params:
        return _asked_by_calendar(job, today)
    if "waiver" in job.params:
        cause = Cause(CauseKind.WAIVER, f"waiver:{job.params['waiver']}", job.params["label"])
        running = running_filings(division=job.division, today=today)
        return cause, running.filter(public_id=job.params["filing"])
    if "institution" in job.params:
        cause = Cause(CauseKind.LICENCE, job.params["cause"], job.params["label"])
        institution = job.params["institution"]
        return cause, running_filings(division=job.division, institution=institution, today=today)
    version = version_by_key(job.division, job.params["table_version"])
    if version is None:
        raise JobFailed(_("参照表的这个版本已经不在了。"))
    is_ended = version.state == "ended"
    filings = running_filings(
        division=job.division,
        today=today,
        starts_from=version.ends_before if is_ended else version.effective_from,
        starts_before=None if is_ended else version.ends_before,
    )
    key = f"table:{version.public_id}:{'ended' if is_ended else 'approved'}"
    return Cause(CauseKind.TABLE, key, version_label(version)), filings


def _asked_by_calendar(job: Job, today: date) -> tuple[Cause, QuerySet[Filing]]:
    """Every class that still runs on the first day that the change touches, or after it."""
    cause = Cause(
        CauseKind.CALENDAR, f"calendar:{job.params['calendar_change']}", job.params["label"]
    )
    first = job.params["ends_from"]
    ends_from = date.fromisoformat(first) if first else None
    return cause, running_filings(division=job.division, today=today, ends_from=ends_from)
