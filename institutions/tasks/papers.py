"""Rendering issued papers, one by one; what is rendered already is passed over."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from institutions.documents.papers import page_count, paper_pdf
from institutions.selectors.papers import waiting_papers
from institutions.services.papers import RENDER_JOB, keep_rendered, paper_name
from regulator.adapters.storage import store_bytes
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job


@shared_task(name=RENDER_JOB)
def render_papers(job_id: int) -> None:
    """Render those of a job's papers that have no bytes yet."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    waiting = waiting_papers(job.params["papers"])
    lease.set_total(job.done_count + len(waiting))
    for paper in waiting:
        name = paper_name(paper)
        with lease.long_step(name):
            pdf = paper_pdf(paper)
            sha256, pages = store_bytes(pdf), page_count(pdf)
        with lease.chunk() as chunk:
            keep_rendered(
                paper=paper,
                sha256=sha256,
                page_count=pages,
                actor=job_actor(job),
                at=timezone.now(),
            )
            chunk.advance(rows=1, note=name)
