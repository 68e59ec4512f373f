"""Many hand-overs as a job: one institution per chunk, what is refused is said with its name."""

from __future__ import annotations

from celery import shared_task

from institutions.selectors.transfers import institutions_by_ids
from institutions.services.journey_transfer import TRANSFER_JOB, TransferOrder, transfer_many
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job
from regulator.web.refusals import refusal_message


@shared_task(name=TRANSFER_JOB)
def transfer_institutions(job_id: int) -> None:
    """Hand over the chosen institutions from the job's cursor on."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    institutions = institutions_by_ids(job.params["institutions"])
    order, actor = TransferOrder.from_params(job.params), job_actor(job)
    lease.set_total(len(institutions))
    while (done := lease.job.cursor) < len(institutions):
        institution = institutions[done]
        with lease.chunk() as chunk:
            outcome = transfer_many(
                institutions=[institution], order=order, actor=actor, at=job.occurred_at
            )[0]
            if outcome.journey is None:
                chunk.error(
                    key=str(institution.public_id),
                    where=institution.name,
                    message="".join(refusal_message(one) for one in outcome.refusals),
                )
            chunk.advance(rows=1, note=institution.name)
