"""Release runs: those an actor's desk reaches, their lines, and what waits for one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from fees.core.ledger.silence import LessonState
from fees.models import EscrowAccount, Lesson, ReleaseRun, ReleaseRunLine
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class OutcomeTotal:
    """How many lessons and fen of a run had one outcome."""

    outcome: str
    lessons: int
    amount_fen: int


def runs_in(actor: Actor) -> QuerySet[ReleaseRun]:
    """The runs of the actor's division, the latest first."""
    rows = ReleaseRun.objects.filter(division=actor.division)
    return rows.select_related("escrow__institution", "filing", "job").order_by("-id")


def run_for(actor: Actor, public_id: UUID) -> ReleaseRun | None:
    """A run by its public id, where the actor's desk reaches it."""
    return runs_in(actor).filter(public_id=public_id).first()


def lines_of(run: ReleaseRun, outcome: str = "") -> QuerySet[ReleaseRunLine]:
    """A run's lines, by institution, class and day. One query."""
    rows = ReleaseRunLine.objects.filter(run=run)
    if outcome:
        rows = rows.filter(outcome=outcome)
    rows = rows.select_related("escrow__institution", "filing")
    return rows.order_by("escrow__institution__sort_key", "filing_id", "taught_on", "outcome")


def totals_of(run: ReleaseRun) -> list[OutcomeTotal]:
    """A run's lessons and money by outcome. One query."""
    rows = ReleaseRunLine.objects.filter(run=run).order_by("outcome").values("outcome")
    found = rows.annotate(lessons=Sum("lesson_count"), fen=Sum("amount_fen"))
    return [OutcomeTotal(row["outcome"], row["lessons"], row["fen"]) for row in found]


def run_totals(run_id: int) -> dict[str, int]:
    """A run's lessons by outcome, as a job's result."""
    run = ReleaseRun.objects.get(pk=run_id)
    return {one.outcome: one.lessons for one in totals_of(run)}


def waiting_lessons(run_id: int) -> int:
    """How many lessons a run will find due, as far as one can tell now."""
    run = ReleaseRun.objects.get(pk=run_id)
    due = Q(state=LessonState.CONFIRMED.value) | Q(
        state=LessonState.RESERVED.value, answer_by__lt=run.on
    )
    rows = Lesson.objects.filter(due, contract__institution__division=run.division_id)
    if run.escrow_id:
        rows = rows.filter(contract__escrow=run.escrow_id)
    if run.filing_id:
        rows = rows.filter(contract__filing=run.filing_id)
    if run.taught_on:
        rows = rows.filter(taught_on=run.taught_on)
    return rows.count()


def releases_due(escrow: EscrowAccount) -> tuple[int, int]:
    """Lessons of an account that wait to be released, and their fen. One query."""
    rows = Lesson.objects.filter(contract__escrow=escrow).exclude(state__in=("released", "void"))
    found = rows.aggregate(lessons=Count("pk"), fen=Sum("amount_fen", default=0))
    return found["lessons"], found["fen"]


def accounts_to_release(actor: Actor) -> QuerySet[EscrowAccount]:
    """Custody accounts of the actor's division, for choosing one."""
    reached = institutions_in(actor, Action.ESCROW_EDIT).order_by().values("pk")
    rows = EscrowAccount.objects.filter(institution__in=reached, kind="custody")
    return (
        rows.exclude(state="closed")
        .select_related("institution")
        .order_by("institution__sort_key", "id")
    )
