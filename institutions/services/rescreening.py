"""Approved classes are to be screened again when a table or a licence changes: the job is queued.

Call `rescreen_after_licence` inside the transaction of the change, `rescreen_after_table` inside
that of a version's approval or end. What the job finds is a task for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from institutions.models import Institution
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks import has_running_approved
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor

RESCREENING_JOB = "institutions.rescreen"
_TITLE = gettext_noop("重新核对已通过的班")
_PAGE = "/desk/rechecks/"


def rescreen_after_licence(
    *,
    institution: Institution,
    cause_key: str,
    label: str | Promise,
    params: Mapping[str, object],
    actor: Actor,
    at: datetime,
) -> Job | None:
    """Queue a second screening of an institution's approved classes that still run.

    None where it has none. `cause_key` names the event, so that asking twice opens nothing twice;
    `label` with `params` in its places is what people call it.
    """
    if not has_running_approved(institution.pk, local_day(at)):
        return None
    return enqueue(
        kind=RESCREENING_JOB,
        division=institution.division_id,
        params={
            "institution": str(institution.public_id),
            "cause": cause_key[:120],
            "label": _in_chinese(label, params)[:200],
        },
        actor=actor,
        at=at,
        title=_TITLE,
        page=_PAGE,
    )


def rescreen_after_table(
    *, division: str, version_key: UUID | str, actor: Actor, at: datetime
) -> Job:
    """Queue a second screening of the approved classes that an approved version binds."""
    return enqueue(
        kind=RESCREENING_JOB,
        division=division,
        params={"table_version": str(version_key)},
        actor=actor,
        at=at,
        title=_TITLE,
        page=_PAGE,
    )


def _in_chinese(label: str | Promise, params: Mapping[str, object]) -> str:
    """The label as it is kept, whoever acted and in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(label) % params
