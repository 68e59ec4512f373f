"""Rendering issued checklists, one by one; what is rendered already is passed over."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from inspections.documents.checklists import checklist_html, page_count, team_pdf
from inspections.models import Checklist, Draw, InspectionOrder
from inspections.selectors.checklist_sources import order_by_public_id
from inspections.selectors.checklists import waiting_checklists
from inspections.selectors.draws import draw_by_public_id
from inspections.services.checklists import RENDER_TASK, keep_rendered, parts_of_team
from regulator.adapters.pdf_processes import render_pdfs
from regulator.adapters.sealed_storage import read_sealed, store_sealed
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job


@shared_task(name=RENDER_TASK)
def render_checklists(job_id: int) -> None:
    """Render what the issued checklists of a draw or an order still lack."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    waiting = waiting_checklists(_source(job))
    lease.set_total(job.done_count + len(waiting))
    papers = [row for row in waiting if row.kind == "premises"]
    rendered = render_pdfs((checklist_html(row.facts) for row in papers), count=len(papers))
    for row in waiting:
        with lease.long_step(row.name):
            pdf = next(rendered) if row.kind == "premises" else _joined(row)
            sha256, pages = store_sealed(pdf, subject=row.source.public_id), page_count(pdf)
        with lease.chunk() as chunk:
            keep_rendered(
                checklist=row,
                sha256=sha256,
                page_count=pages,
                actor=job_actor(job),
                at=timezone.now(),
            )
            chunk.advance(rows=1, note=row.name)


def _source(job: Job) -> Draw | InspectionOrder:
    if "draw" in job.params:
        return draw_by_public_id(job.params["draw"])
    return order_by_public_id(job.params["order"])


def _joined(row: Checklist) -> bytes:
    return team_pdf(row.facts, [read_sealed(sha256) for sha256 in parts_of_team(row)])
