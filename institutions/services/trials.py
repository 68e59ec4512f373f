"""Try before you sign: filings screened again under a proposed table; nothing but rows of its own.

A trial tells what would change. It opens no recheck, moves no filing and tells no institution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from institutions.core.screening.engine import ScreeningContext
from institutions.core.screening_changes import RuleChange, changes_of, verdict_of
from institutions.models import Filing, ScreeningTrial, TrialChange
from institutions.selectors.rechecks_screening import screened_again
from institutions.selectors.trials import count_changes, trial_filings
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

TRYING_JOB = "institutions.try_screening"
MOST_DAYS = 370
_TITLE = gettext_noop("试算参照表变更")


@dataclass(frozen=True)
class TrialDraft:
    """What is asked for: classes that start in a stretch of days, half-open, under a version.

    `table_key` is the public id of a table's version; empty compares what was found when the
    classes were filed with what the tables in force say now.
    """

    label: str
    period_label: str
    starts_from: date
    starts_before: date
    table_key: str = ""


def ask_trial(*, division: str, draft: TrialDraft, actor: Actor, at: datetime) -> ScreeningTrial:
    """Write down the trial and queue its job. Raises Refused with every reason."""
    require(actor, Action.FILING_TRY, Target(division))
    found = _refusals(division, draft)
    if found:
        raise Refused(found)
    with transaction.atomic():
        trial = ScreeningTrial.objects.create(
            division_id=division,
            table_key=draft.table_key,
            label=draft.label[:200],
            period_label=draft.period_label[:80],
            starts_from=draft.starts_from,
            starts_before=draft.starts_before,
            asked_by_user=actor.user_id,
            asked_by=actor.name,
            asked_at=at,
        )
        trial.job = enqueue(
            kind=TRYING_JOB,
            division=division,
            params={"trial": str(trial.public_id)},
            actor=actor,
            at=at,
            title=_TITLE,
            page=f"/desk/trials/{trial.public_id}/",
        )
        trial.save(update_fields=["job"])
        append_event(
            division=division,
            actor=actor,
            kind="trial.asked",
            subject=trial_subject(trial),
            new={
                "table": draft.table_key,
                "starts_from": draft.starts_from.isoformat(),
                "starts_before": draft.starts_before.isoformat(),
            },
            occurred_at=at,
        )
    return trial


def _refusals(division: str, draft: TrialDraft) -> list[Refusal]:
    days = (draft.starts_before - draft.starts_from).days
    if days <= 0:
        return [Refusal("trial.range_reversed")]
    if days > MOST_DAYS:
        return [Refusal("trial.range_too_long", {"days": days, "most": MOST_DAYS})]
    if trial_filings(division, draft.starts_from, draft.starts_before).exists():
        return []
    params = {
        "starts_on": draft.starts_from,
        "until": draft.starts_before - timedelta(days=1),
    }
    return [Refusal("trial.nothing_filed", params)]


def try_filings(
    *,
    trial: ScreeningTrial,
    filings: Sequence[Filing],
    now: ScreeningContext,
    proposed: ScreeningContext | None,
) -> list[TrialChange]:
    """The changes of a chunk, unsaved: pure work between two chunks of the job.

    `proposed` None compares what was kept with what `now` says.
    """
    made: list[TrialChange] = []
    for filing in filings:
        again = screened_again(filing, now)
        before, after = (
            (filing.findings, again)
            if proposed is None
            else (again, screened_again(filing, proposed))
        )
        whole = verdict_of(before).value, verdict_of(after).value
        changed = changes_of(before, after)
        made.extend(_row(trial, filing, one, whole) for one in changed)
    return made


def _row(
    trial: ScreeningTrial, filing: Filing, change: RuleChange, whole: tuple[str, str]
) -> TrialChange:
    return TrialChange(
        trial=trial,
        filing=filing,
        rule=change.rule,
        kind=change.kind.value,
        before=change.before.value,
        after=change.after.value,
        filing_before=whole[0],
        filing_after=whole[1],
        finding=dict(change.finding),
    )


def keep_trial_changes(
    *,
    trial: ScreeningTrial,
    filings: Sequence[Filing],
    changes: Sequence[TrialChange],
    actor: Actor,
    at: datetime,
) -> None:
    """Save a chunk's changes and how far the trial is; called inside the job's own chunk."""
    TrialChange.objects.bulk_create(changes, batch_size=500, ignore_conflicts=True)
    trial.done_until = filings[-1].pk
    trial.filing_count += len(filings)
    trial.save(update_fields=["done_until", "filing_count"])
    append_event(
        division=trial.division_id,
        actor=actor,
        kind="trial.changes_kept",
        subject=trial_subject(trial),
        new={"done": trial.filing_count},
        row_count=len(changes),
        rows_digest=canonical_digest([[one.filing_id, one.rule, one.kind] for one in changes]),
        occurred_at=at,
    )


def finish_trial(*, trial: ScreeningTrial, actor: Actor, at: datetime) -> None:
    """Keep the counts; called inside the job's last transaction."""
    trial.counts = asdict(count_changes(trial))
    trial.counts["rules"] = [dict(one) for one in trial.counts["rules"]]
    trial.ended_at = at
    trial.save(update_fields=["counts", "ended_at"])
    append_event(
        division=trial.division_id,
        actor=actor,
        kind="trial.finished",
        subject=trial_subject(trial),
        new={"filings": trial.filing_count, "changed": trial.counts["changed"]},
        occurred_at=at,
    )


def trial_subject(trial: ScreeningTrial) -> Subject:
    """The trial as events name it."""
    return Subject("screening_trial", str(trial.public_id), trial.label)
