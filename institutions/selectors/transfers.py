"""Who may be handed over, and what became of those who were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from institutions.core.register.rows import NON_SUBJECT
from institutions.models import Institution, Journey
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.jobs.models import Job, JobError
from regulator.kernel.actors import Actor

TRANSFER = "transfer"
RECENT_RUNS = 10


@dataclass(frozen=True)
class TransferLine:
    """One of those chosen: its journey, or why it has none; neither while it waits its turn."""

    institution: Institution
    journey: Journey | None
    problem: str


def transferable(actor: Actor, *, activity: str = "") -> QuerySet[Institution]:
    """Non-subject institutions still in the desk's own department's charge, not closed."""
    running = Journey.objects.filter(
        institution=OuterRef("pk"), kind=TRANSFER, ended_on__isnull=True
    )
    rows = institutions_in(actor, Action.JOURNEY_HANDLE).filter(
        ~Exists(running),
        category=NON_SUBJECT,
        competent_department_id=actor.department,
    )
    rows = rows.exclude(status="closed")
    return rows.filter(activity=activity) if activity else rows


def chosen_institutions(actor: Actor, public_ids: Sequence[str]) -> list[Institution]:
    """Of those that may be handed over, the ones named; an id that is none names nobody."""
    wanted = []
    for text in public_ids:
        try:
            wanted.append(UUID(text))
        except ValueError:
            continue
    return list(transferable(actor).filter(public_id__in=wanted))


def institutions_by_ids(public_ids: Sequence[str]) -> list[Institution]:
    """Institutions in the order of their ids, as a job keeps them."""
    rows = {str(one.public_id): one for one in Institution.objects.filter(public_id__in=public_ids)}
    return [rows[text] for text in public_ids if text in rows]


def transfer_runs(actor: Actor, kind: str) -> list[Job]:
    """The latest runs of the desk's division."""
    return list(
        Job.objects.filter(kind=kind, division=actor.division).order_by("-pk")[:RECENT_RUNS]
    )


def transfer_run(actor: Actor, kind: str, public_id: UUID) -> Job | None:
    """A run that the desk may look at, or None."""
    job = Job.objects.filter(kind=kind, public_id=public_id).first()
    if job is None:
        return None
    target = Target(division=job.division, department=job.actor_department)
    return job if may(actor, Action.JOURNEY_HANDLE, target) else None


def transfer_lines(job: Job) -> list[TransferLine]:
    """What became of each of those chosen; three queries whatever their number."""
    institutions = institutions_by_ids(job.params["institutions"])
    journeys = {
        journey.institution_id: journey
        for journey in Journey.objects.filter(
            kind=TRANSFER, institution__in=institutions, started_at=job.occurred_at
        )
    }
    problems = dict(JobError.objects.filter(job=job).values_list("key", "message"))
    return [
        TransferLine(
            institution,
            journeys.get(institution.pk),
            problems.get(str(institution.public_id), ""),
        )
        for institution in institutions
    ]
