"""A release run as a job: asked for, done account by account and chunk by chunk, and reported.

The run's own row says how far it came; each chunk commits its effects with that and the job's
cursor. So a run may be killed at any moment, repeated, or race another: a lesson that was released
is due no more, and the database refuses a second release of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_noop

from fees.core.escrow_states import AccountKind
from fees.core.ledger.holding import Outcome, account_outcome, staying_because
from fees.core.ledger.silence import SETTLED, LessonState
from fees.models import EscrowAccount, Lesson, ReleaseRun, ReleaseRunLine
from fees.services.movements import ledger_subject
from fees.services.records import day_of
from fees.services.release_runs import Ahead, ClassDay, Within, due_lessons, release_due
from institutions.models import Filing
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.selectors import workday_table
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

RELEASE_JOB = "fees.release_run"
_TITLE = gettext_noop("批量拨付")
_HELD_CODES = frozenset({"escrow.held", "escrow.frozen"})
_SETTLED_STATES = [state.value for state in SETTLED]


@dataclass(frozen=True)
class RunScope:
    """What a run goes over; empty is every custody account of the division."""

    escrow: EscrowAccount | None = None
    filing: Filing | None = None
    taught_on: date | None = None


WHOLE_DIVISION = RunScope()


@dataclass(frozen=True)
class StepDone:
    """How many lessons one step released; `is_over` when no account is left."""

    lessons: int = 0
    is_over: bool = False


def ask_for_release(
    *, division: str, scope: RunScope = WHOLE_DIVISION, on: date, actor: Actor, at: datetime
) -> ReleaseRun:
    """Queue a run over what is due on a day, not a later one than today. Raises Refused."""
    require(actor, Action.ESCROW_EDIT, Target(division=division))
    faults = []
    if on > day_of(at):
        faults.append(Refusal("release.day_in_future", {"day": on.isoformat()}))
    if scope.filing and scope.escrow and scope.filing.institution_id != scope.escrow.institution_id:
        faults.append(Refusal("release.class_elsewhere"))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        run = ReleaseRun(
            division_id=division,
            kind="asked",
            escrow=scope.escrow,
            filing=scope.filing,
            taught_on=scope.taught_on,
            on=on,
            asked_by=actor.name,
            asked_at=at,
        )
        return _queued(run, actor, at)


def start_nightly_runs(*, actor: Actor, at: datetime) -> int:
    """One run for each division with accounts, on its working days; how many were queued.

    Safe to call again: a division has one nightly run a day, and the database holds that.
    """
    on, started = day_of(at), 0
    for division in _divisions_with_custody():
        if not workday_table(division).is_workday(on):
            continue
        with transaction.atomic():
            same = ReleaseRun.objects.filter(division_id=division, on=on, kind="nightly")
            if same.exists():
                continue
            run = ReleaseRun(
                division_id=division, kind="nightly", on=on, asked_by=actor.name, asked_at=at
            )
            _queued(run, actor, at)
            started += 1
    return started


def release_step(
    *, run_id: int, size: int | None, actor: Actor, at: datetime, ahead: Ahead | None = None
) -> StepDone:
    """The next chunk of a run: at most `size` lessons of an account. In the job's transaction.

    Where nothing more is due, or nothing of the account may move, what stays is counted by its
    reason and the account is done. `ahead` is kept from step to step of one process.
    """
    ahead = ahead or Ahead()
    run = ReleaseRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    escrow = _account_under_way(run, ahead) or _next_account(run)
    if escrow is None:
        return StepDone(is_over=True)
    within = _within(run)
    try:
        done = release_due(
            escrow=escrow,
            on=run.on,
            after=run.lesson_done,
            actor=actor,
            at=at,
            size=size,
            within=within,
            ahead=ahead,
        )
    except Refused as refused:
        _end_account(run, escrow, _reason(refused), actor, at)
        return StepDone()
    if done.lessons:
        released = {(key, Outcome.RELEASED): moved for key, moved in done.by_class_day.items()}
        _count(run, escrow, released)
        run.lesson_done = done.last
        run.lesson_count += done.lessons
        run.amount_fen += done.amount_fen
        run.save(update_fields=["lesson_done", "lesson_count", "amount_fen"])
    elif not due_lessons(escrow, run.on, within).filter(pk__gt=run.lesson_done).exists():
        _end_account(run, escrow, None, actor, at)
    return StepDone(done.lessons)


def finish_run(*, run_id: int, actor: Actor, at: datetime) -> None:
    """Mark a run as done; inside the job's last transaction."""
    run = ReleaseRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    run.state = "done"
    run.save(update_fields=["state"])
    append_event(
        division=run.division_id,
        actor=actor,
        kind="release.run_done",
        subject=_subject(run),
        new={"lessons": run.lesson_count, "amounts_fen": {"lesson_release": run.amount_fen}},
        occurred_at=at,
    )


def _queued(run: ReleaseRun, actor: Actor, at: datetime) -> ReleaseRun:
    run.save()
    run.job = enqueue(
        kind=RELEASE_JOB,
        division=run.division_id,
        params={"run": run.pk},
        actor=actor,
        at=at,
        title=_TITLE,
        page=f"/desk/releases/{run.public_id}/",
    )
    run.save(update_fields=["job"])
    append_event(
        division=run.division_id,
        actor=actor,
        kind="release.run_asked",
        subject=_subject(run),
        new={
            "on": run.on,
            "account": str(run.escrow.public_id) if run.escrow else "",
            "filing": run.filing.number if run.filing else "",
            "taught_on": run.taught_on,
        },
        occurred_at=at,
    )
    return run


def _subject(run: ReleaseRun) -> Subject:
    return Subject("release_run", str(run.public_id), run.on.isoformat())


def _divisions_with_custody() -> list[str]:
    rows = EscrowAccount.objects.filter(kind=AccountKind.CUSTODY.value, active_on__isnull=False)
    found = rows.order_by("institution__division_id").values_list(
        "institution__division_id", flat=True
    )
    return list(found.distinct())


def _within(run: ReleaseRun) -> Within:
    return Within(run.filing_id, run.taught_on)


def _unsettled(run: ReleaseRun) -> QuerySet[Lesson]:
    rows = Lesson.objects.exclude(state__in=_SETTLED_STATES).filter(
        _within(run).wanted, contract__institution__division=run.division_id
    )
    return rows.filter(contract__escrow=run.escrow_id) if run.escrow_id else rows


def _account_under_way(run: ReleaseRun, ahead: Ahead) -> EscrowAccount | None:
    """The account of the step before, while more of its lessons are known to be due."""
    if ahead.escrow <= run.escrow_done or not ahead.has_more(run.lesson_done):
        return None
    return EscrowAccount.objects.select_related("institution__division").get(pk=ahead.escrow)


def _next_account(run: ReleaseRun) -> EscrowAccount | None:
    """The account the run stands at: the first after those done with a lesson not settled."""
    key = (
        _unsettled(run)
        .filter(contract__escrow__gt=run.escrow_done)
        .order_by("contract__escrow")
        .values_list("contract__escrow", flat=True)
        .first()
    )
    if key is None:
        return None
    return EscrowAccount.objects.select_related("institution__division").get(pk=key)


def _reason(refused: Refused) -> Outcome:
    codes = tuple(one.code for one in refused.refusals)
    return account_outcome(codes, is_held=not _HELD_CODES.isdisjoint(codes))


def _end_account(
    run: ReleaseRun, escrow: EscrowAccount, account: Outcome | None, actor: Actor, at: datetime
) -> None:
    """Count what stays by class, day and reason, and go on to the next account."""
    staying = _staying(run, escrow, account)
    _count(run, escrow, staying)
    run.escrow_done, run.lesson_done = escrow.pk, 0
    run.save(update_fields=["escrow_done", "lesson_done"])
    counts: dict[str, int] = {}
    for (_class_day, outcome), (lessons, _fen) in staying.items():
        counts[outcome.value] = counts.get(outcome.value, 0) + lessons
    append_event(
        division=run.division_id,
        actor=actor,
        kind="release.account_done",
        subject=ledger_subject(escrow),
        new={"run": str(run.public_id), "staying": counts},
        occurred_at=at,
    )


Counts = Mapping[tuple[ClassDay, Outcome], tuple[int, int]]


def _staying(run: ReleaseRun, escrow: EscrowAccount, account: Outcome | None) -> Counts:
    groups = (
        _unsettled(run)
        .filter(contract__escrow=escrow)
        .order_by()
        .values_list("contract__filing_id", "taught_on", "state", "answer_by")
        .annotate(lessons=Count("pk"), fen=Sum("amount_fen"))
    )
    found: dict[tuple[ClassDay, Outcome], tuple[int, int]] = {}
    for filing, day, state, answer_by, lessons, fen in groups:
        outcome = staying_because(
            LessonState(state), answer_by=answer_by, on=run.on, account=account
        )
        if outcome is not None:
            key = ((filing, day), outcome)
            before = found.get(key, (0, 0))
            found[key] = (before[0] + lessons, before[1] + int(fen))
    return found


def _count(run: ReleaseRun, escrow: EscrowAccount, counts: Counts) -> None:
    """Add to the run's lines; a line is one class, day and outcome."""
    kept = {
        ((line.filing_id, line.taught_on), Outcome(line.outcome)): line
        for line in ReleaseRunLine.objects.filter(run=run, escrow=escrow)
    }
    changed, added = [], []
    for key, (lessons, fen) in sorted(counts.items()):
        line = kept.get(key)
        if line is None:
            (filing, day), outcome = key
            line = ReleaseRunLine(
                run=run, escrow=escrow, filing_id=filing, taught_on=day, outcome=outcome.value
            )
            added.append(line)
        else:
            changed.append(line)
        line.lesson_count += lessons
        line.amount_fen += fen
    ReleaseRunLine.objects.bulk_create(added, batch_size=500)
    ReleaseRunLine.objects.bulk_update(changed, ["lesson_count", "amount_fen"], batch_size=500)
