"""Jobs as their people see them, and who asked for one."""

from __future__ import annotations

from regulator.jobs.models import Job
from regulator.kernel.actors import Actor


def job_actor(job: Job) -> Actor:
    """Who asked for the job: what the task does, it does in this name."""
    return Actor(
        user_id=job.actor_user,
        name=job.actor_name,
        role=job.actor_role,
        division=job.actor_division,
        department=job.actor_department,
        institution=job.actor_institution,
        appointment_id=job.actor_appointment,
        standing_in_for=job.standing_in_for,
    )
