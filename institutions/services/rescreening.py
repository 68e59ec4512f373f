"""Approved classes are to be screened again when a table or a licence changes: the job is queued.

Call `rescreen_after_licence` inside the transaction of the change, `rescreen_after_table` inside
that of a version's approval or end, `rescreen_after_calendar` inside that of a signature. What the
job finds is a task for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from institutions.choices.rechecks import CAUSE_KIND_LABELS
from institutions.core.filing_states import FilingState
from institutions.models import FilingWaiver, Institution
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks import (
    division_has_running_approved,
    has_running_approved,
)
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


def rescreen_after_calendar(
    *,
    division: str,
    change_key: UUID | str,
    kind_label: str | Promise,
    title: str,
    ends_from: date | None,
    actor: Actor,
    at: datetime,
) -> Job | None:
    """Queue a second screening of the approved classes that a signed change may touch.

    Those that have not ended and still run on `ends_from`, the first day that it touches; None
    where there is none. A day before the first lesson counts too, for how early a class was filed.
    """
    day = local_day(at)
    if not division_has_running_approved(
        division, day if ends_from is None else max(day, ends_from)
    ):
        return None
    return enqueue(
        kind=RESCREENING_JOB,
        division=division,
        params={
            "calendar_change": str(change_key),
            "ends_from": "" if ends_from is None else ends_from.isoformat(),
            "label": f"{_in_chinese(kind_label, {})}：{title}"[:200],
        },
        actor=actor,
        at=at,
        title=_TITLE,
        page=_PAGE,
    )


def rescreen_after_waiver(*, waiver: FilingWaiver, actor: Actor, at: datetime) -> Job | None:
    """Queue a second screening of the class whose waiver has ended; None where it no longer runs.

    The breach that it let stand stands again: the recheck lays it before a person.
    """
    filing = waiver.filing
    is_running = filing.ends_on >= local_day(at)
    if filing.state != FilingState.APPROVED.value or not is_running:
        return None
    label = _in_chinese(CAUSE_KIND_LABELS["waiver"], {})
    return enqueue(
        kind=RESCREENING_JOB,
        division=waiver.division_id,
        params={
            "waiver": str(waiver.public_id),
            "filing": str(filing.public_id),
            "label": f"{label}：{waiver.rule}",
        },
        actor=actor,
        at=at,
        title=_TITLE,
        page=_PAGE,
    )


def _in_chinese(label: str | Promise, params: Mapping[str, object]) -> str:
    """The label as it is kept, whoever acted and in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(label) % params
