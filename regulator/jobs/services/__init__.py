"""Writes of jobs: ask for one, run it, cancel it, call up what was left behind."""

from regulator.jobs.services.enqueue import cancel_job, enqueue, retry_job
from regulator.jobs.services.here import finish_here, run_here, run_waiting_jobs
from regulator.jobs.services.lease import (
    Chunk,
    JobCancelled,
    JobLease,
    LeaseLost,
    claim_job,
)
from regulator.jobs.services.run import JobFailed, run_job
from regulator.jobs.services.sweep import SweepReport, sweep_jobs
from regulator.jobs.services.wake import call_on_commit

__all__ = [
    "Chunk",
    "JobCancelled",
    "JobFailed",
    "JobLease",
    "LeaseLost",
    "SweepReport",
    "call_on_commit",
    "cancel_job",
    "claim_job",
    "enqueue",
    "finish_here",
    "retry_job",
    "run_here",
    "run_job",
    "run_waiting_jobs",
    "sweep_jobs",
]
