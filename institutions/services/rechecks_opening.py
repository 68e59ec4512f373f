"""What a second screening of approved classes finds is opened as a task for a person.

The machine only opens: it tells no institution and moves no filing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from institutions.core.filing_states import FilingState
from institutions.core.recheck_states import CauseKind
from institutions.core.screening.engine import ScreeningContext
from institutions.core.screening_changes import to_look_at
from institutions.models import Filing, FilingRecheck
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks import standing_findings
from institutions.selectors.rechecks_screening import found_now
from institutions.services.notice_rechecks import tell_desks_of_opened
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest


@dataclass(frozen=True)
class Cause:
    """Why approved classes are screened again: its kind, its key, and what people call it."""

    kind: CauseKind
    key: str
    label: str


def screen_approved(
    *, filings: Sequence[Filing], cause: Cause, context: ScreeningContext, at: datetime
) -> list[FilingRecheck]:
    """The rechecks that a chunk calls for, unsaved: pure work between two chunks of the job."""
    approved = [one for one in filings if one.state == FilingState.APPROVED.value]
    known = standing_findings(approved)
    found = found_now(approved, context, on=local_day(at))
    made = []
    for filing in approved:
        old, new = known[filing.pk], found[filing.pk]
        worse = to_look_at(old, new)
        if not worse:
            continue
        made.append(
            FilingRecheck(
                division_id=filing.division_id,
                department_id=filing.department_id,
                filing=filing,
                version=filing.version,
                cause_kind=cause.kind.value,
                cause_key=cause.key,
                cause_label=cause.label,
                old_digest=canonical_digest(old),
                old_findings=old,
                new_findings=new,
                rules=[change.rule for change in worse],
                opened_at=at,
            )
        )
    return made


def open_rechecks(
    *, rechecks: Sequence[FilingRecheck], actor: Actor, at: datetime
) -> list[FilingRecheck]:
    """Save those that are not open for the same cause yet, one event each.

    Called inside the job's own chunk. A filing that left its approval meanwhile is passed over.
    """
    if not rechecks:
        return []
    ids = [one.filing_id for one in rechecks]
    locked = Filing.objects.select_for_update().filter(pk__in=ids, state=FilingState.APPROVED.value)
    versions = dict(locked.order_by("pk").values_list("pk", "version"))
    held = FilingRecheck.objects.filter(filing__in=ids, cause_key=rechecks[0].cause_key)
    opened_already = set(held.values_list("filing_id", flat=True))
    new = [
        one
        for one in rechecks
        if versions.get(one.filing_id) == one.version and one.filing_id not in opened_already
    ]
    FilingRecheck.objects.bulk_create(new, batch_size=500)
    drafts = [_opened(one) for one in new]
    if drafts:
        append_events(division=new[0].division_id, actor=actor, drafts=drafts, occurred_at=at)
    return new


def _opened(recheck: FilingRecheck) -> EventDraft:
    return EventDraft(
        kind="recheck.opened",
        subject=recheck_subject(recheck),
        new={
            "state": recheck.state,
            "filing": str(recheck.filing.public_id),
            "cause": recheck.cause_key,
            "rules": recheck.rules,
            "old_findings": recheck.old_digest,
            "new_findings": canonical_digest(recheck.new_findings),
        },
    )


def tell_of_opened(*, division: str, cause: Cause, actor: Actor, at: datetime) -> int:
    """Tell each department's reviewers of what the cause opened; called in the last transaction."""
    opened = FilingRecheck.objects.filter(division=division, cause_key=cause.key)
    by_department: dict[str, int] = {}
    for department in opened.values_list("department_id", flat=True):
        by_department[department] = by_department.get(department, 0) + 1
    tell_desks_of_opened(
        division=division,
        counts=by_department,
        cause_key=cause.key,
        cause_label=cause.label,
        actor=actor,
        at=at,
    )
    return sum(by_department.values())


def recheck_subject(recheck: FilingRecheck) -> Subject:
    """The recheck as events name it."""
    return Subject("recheck", str(recheck.public_id), recheck.filing.number)
