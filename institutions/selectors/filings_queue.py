"""The reviewers' queue: what waits for whom, by which clock, and what comes before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from institutions.models import Appraisal, Filing
from institutions.selectors.appraisals import OPEN
from institutions.selectors.filings import (
    EDUCATION,
    IN_REVIEW,
    LONG_COLUMNS,
    narrowed,
    visible_filings,
)
from institutions.selectors.filings_screening import local_day
from regulator.calendars.models import Deadline
from regulator.calendars.selectors import division_settings, workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import WorkdayTable, workdays_between

SOON_DAYS = 14
_WALKED_ROWS = 5000


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer asks of the queue; empty parts are not looked at.

    `part` is one of PARTS, `grade` a number as text, `starts` is `soon` for classes that start
    within a fortnight, `sort` one of SORTS with `-` before it for the other direction.
    """

    part: str = ""
    rule: str = ""
    department: str = ""
    category: str = ""
    grade: str = ""
    delivery: str = ""
    starts: str = ""
    words: str = ""
    sort: str = ""


_RUNNING = Q(clock__deadline__is_stopped=False)
SORTS: Mapping[str, str] = {
    "due": "clock__deadline__due_on",
    "waited": "submitted_at",
    "starts": "starts_on",
    "name": "class_name",
    "institution": "institution__name",
}


def parts_on(today: date) -> Mapping[str, Q]:
    """The parts of the queue, by their code."""
    return {
        "overdue": _RUNNING & Q(clock__deadline__due_on__lt=today),
        "today": _RUNNING & Q(clock__deadline__due_on=today),
        "undecided": Q(breach_count=0, undecided_count__gt=0, with_experts=False),
        "breach": Q(breach_count__gt=0),
        "nothing": Q(breach_count=0, undetermined_count=0),
        "experts": Q(with_experts=True),
    }


def review_queue(reviewer: Actor, asked: QueueFilter, today: date) -> QuerySet[Filing]:
    """What waits for this reviewer, the nearest deadline first, what stands still last.

    A reviewer sees their own department's filings; education sees others' too while it is open
    whether the class is subject training (教监管厅函〔2021〕16号 leaves that to education).
    """
    queue = _waiting(reviewer)
    parts = parts_on(today)
    if asked.part in parts:
        queue = queue.filter(parts[asked.part])
    if asked.rule:
        queue = queue.annotate(findings_text=Cast("findings", TextField()))
        queue = queue.filter(findings_text__contains=f'"{asked.rule}"')
    if asked.department:
        queue = queue.filter(department=asked.department)
    if asked.delivery:
        queue = queue.filter(delivery=asked.delivery)
    if asked.grade:
        queue = _of_grade(queue, asked.grade)
    if asked.starts == "soon":
        queue = queue.filter(starts_on__lte=today + timedelta(days=SOON_DAYS))
    return _sorted(narrowed(queue, asked.category, asked.words), asked.sort)


def _waiting(reviewer: Actor) -> QuerySet[Filing]:
    running = Appraisal.objects.filter(
        filing=OuterRef("pk"), version=OuterRef("version"), state__in=OPEN
    )
    queue = visible_filings(reviewer).filter(state=IN_REVIEW).defer(*LONG_COLUMNS)
    queue = queue.select_related("clock__deadline").annotate(with_experts=Exists(running))
    own = Q(department=reviewer.department)
    if reviewer.department == EDUCATION:
        own |= Q(outcome="appraise", undecided_count__gt=0)
    return queue.filter(own)


def _of_grade(queue: QuerySet[Filing], grade: str) -> QuerySet[Filing]:
    """Those that enrol a grade; a list of numbers reads `[1, 10]` on either database."""
    queue = queue.annotate(grades_text=Cast("grades", TextField()))
    forms = (f"[{grade}]", f"[{grade},", f" {grade}]", f" {grade},")
    wanted = Q()
    for form in forms:
        wanted |= Q(grades_text__contains=form)
    return queue.filter(wanted)


def _sorted(queue: QuerySet[Filing], sort: str) -> QuerySet[Filing]:
    column = SORTS.get(sort.removeprefix("-"), "")
    if column:
        order = F(column).desc(nulls_last=True) if sort.startswith("-") else F(column).asc()
        return queue.order_by(order, "submitted_at", "pk")
    still = F("clock__deadline__is_stopped").asc(nulls_last=True)
    due = F("clock__deadline__due_on").asc(nulls_last=True)
    return queue.order_by(still, due, "submitted_at", "pk")


def queue_counts(reviewer: Actor, today: date) -> dict[str, int]:
    """How many wait in every part; `` is the whole. One query."""
    parts = {name: Count("pk", filter=part) for name, part in parts_on(today).items()}
    return _waiting(reviewer).order_by().aggregate(all=Count("pk"), **parts)


@dataclass(frozen=True)
class Neighbours:
    """The cases before and after one in the reviewer's whole queue."""

    before: Filing | None
    after: Filing | None


def neighbours(reviewer: Actor, filing: Filing, today: date) -> Neighbours:
    """The cases beside this one; of one that is not in the queue, the queue's first comes after."""
    queue = review_queue(reviewer, QueueFilter(), today)
    ids = list(queue.values_list("pk", flat=True)[:_WALKED_ROWS])
    at = ids.index(filing.pk) if filing.pk in ids else -1
    wanted = [
        ids[at - 1] if at > 0 else None,
        ids[at + 1] if at + 1 < len(ids) else next((one for one in ids if one != filing.pk), None),
    ]
    found = Filing.objects.only("pk", "public_id", "number").in_bulk(
        [one for one in wanted if one is not None]
    )
    before, after = (found.get(one) if one is not None else None for one in wanted)
    return Neighbours(before, after)


@dataclass(frozen=True)
class ReviewClock:
    """How long a filing has waited, by when it is to be answered, and whether that stands still."""

    waited_days: int
    deadline: Deadline
    left_workdays: int

    @property
    def is_stopped(self) -> bool:
        """Whether the expert group has it: those days are not counted."""
        return self.deadline.is_stopped


def clock_of(filing: Filing, today: date, table: WorkdayTable) -> ReviewClock | None:
    """The clock of a filing as it stands today; None where it has none."""
    clock = getattr(filing, "clock", None)
    if clock is None or filing.submitted_at is None:
        return None
    return ReviewClock(
        waited_days=(today - local_day(filing.submitted_at)).days,
        deadline=clock.deadline,
        left_workdays=workdays_between(today, clock.deadline.due_on, table),
    )


def review_workdays(division: str, on: date) -> int:
    """The division's term of review in working days."""
    return division_settings(division, on).review_workdays


def clock_table(division: str) -> WorkdayTable:
    """The working days that the division's clocks are counted by."""
    return workday_table(division)
