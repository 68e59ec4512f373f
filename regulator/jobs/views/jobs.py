"""A job's page with live progress, and the list of jobs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulator.accounts.core.actions import Action
from regulator.accounts.core.roles import Role
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import open_stored
from regulator.jobs.choices.states import LIST_TABS
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_file_for, job_for, job_view, visible_jobs
from regulator.jobs.services import cancel_job, retry_job
from regulator.kernel.actors import Actor

PAGE_ROWS = 25
LIST_NAMES = {"desk": "jobs:list", "portal": "jobs:portal_list"}


@require_GET
@page_for(Action.JOB_READ)
def job_list(request: HttpRequest, entrance: str) -> HttpResponse:
    """The jobs that the actor may see, newest first."""
    chosen = request.GET.get("state", "")
    _label, states = LIST_TABS.get(chosen, LIST_TABS[""])
    jobs = visible_jobs(_actor(request))
    if states:
        jobs = jobs.filter(state__in=states)
    page = Paginator(jobs, PAGE_ROWS).get_page(request.GET.get("page"))
    tabs = [
        {"label": label, "url": f"?state={key}" if key else "?", "current": key == chosen}
        for key, (label, _states) in LIST_TABS.items()
    ]
    context = {"page": page, "tabs": tabs, "base": f"{entrance}/base.html", "entrance": entrance}
    return render(request, "desk/jobs/list.html", context)


@require_GET
@page_for(Action.JOB_READ)
def open_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A job's address that needs no entrance: on to its page at the actor's own."""
    job = _job_or_404(request, public_id)
    return redirect(_page_name(_actor(request)), public_id=job.public_id)


@require_GET
@page_for(Action.JOB_READ)
def job_page(request: HttpRequest, public_id: UUID, entrance: str) -> HttpResponse:
    """One job: n of N, what is being done, errors so far, files, cancel and retry."""
    job = _job_or_404(request, public_id)
    context = {
        "view": job_view(job, _actor(request)),
        "base": f"{entrance}/base.html",
        "crumbs": [
            {"label": _("后台任务"), "url": reverse(LIST_NAMES[entrance])},
            {"label": job.name},
        ],
    }
    return render(request, "desk/jobs/job.html", context)


@require_GET
@page_for(Action.JOB_READ)
def job_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The live part of a job's page; asks for the whole page once the job has ended."""
    job = _job_or_404(request, public_id)
    context = {"view": job_view(job, _actor(request))}
    response = render(request, "desk/jobs/job.html#live", context)
    if job.is_ended:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@page_for(Action.JOB_STEER)
def job_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the job to stop."""
    job = cancel_job(job=_job_or_404(request, public_id), actor=_actor(request), at=timezone.now())
    messages.success(request, job.sentence)
    return redirect(_page_name(_actor(request)), public_id=public_id)


@require_POST
@page_for(Action.JOB_STEER)
def job_retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the job go on from where it stopped."""
    retry_job(job=_job_or_404(request, public_id), actor=_actor(request), at=timezone.now())
    messages.success(request, _("已重新排队，会从停下的地方接着做。"))
    return redirect(_page_name(_actor(request)), public_id=public_id)


@require_GET
@page_for(Action.JOB_READ)
def job_file(request: HttpRequest, public_id: UUID, file_id: int) -> FileResponse:
    """A result file, as an attachment to whoever may read its job."""
    file = job_file_for(_actor(request), public_id, file_id)
    if file is None:
        raise Http404
    response = FileResponse(open_stored(file.sha256), as_attachment=True, filename=file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _job_or_404(request: HttpRequest, public_id: UUID) -> Job:
    job = job_for(_actor(request), public_id)
    if job is None:
        raise Http404
    return job


def _page_name(actor: Actor) -> str:
    is_portal = actor.role == Role.INSTITUTION_MANAGER
    return "jobs:portal_job" if is_portal else "jobs:desk_job"
