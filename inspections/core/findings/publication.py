"""一公开: by when visits end and results are published, and why something may not be published.

Source: 国办发〔2015〕58号 and 国发〔2019〕5号 (results are published in time), 行政处罚法 art. 48,
政府信息公开条例 art. 14 to 16 (what is withheld, and why). The day from which the twenty working
days run is written in three ways: all three moments are kept, and the division chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspections.core.findings.finding_states import words_refusals
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Deadline, WorkdayTable, add_workdays, workdays_between

PUBLISHING = LegalBasis(
    "关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见", "国发〔2019〕5号", ""
)
WITHHOLDING = LegalBasis("中华人民共和国政府信息公开条例", "", "第十四条至第十六条")
CORRECTING = LegalBasis("中华人民共和国政府信息公开条例", "", "第四十一条")
WARNING_WORKDAYS = 3


class CountedFrom(StrEnum):
    """The moment from which the time for publication is counted."""

    VISIT_ENDED = "visit_ended"
    RESULT_SETTLED = "result_settled"
    LAST_VISIT_ENDED = "last_visit_ended"


class Withheld(StrEnum):
    """On which ground of the law a result is not published (政府信息公开条例 art. 14, 15, 16)."""

    STATE_SECRET = "state_secret"  # noqa: S105  a ground, not a password
    PUBLIC_SAFETY = "public_safety"
    TRADE_SECRET = "trade_secret"  # noqa: S105  a ground, not a password
    PRIVACY = "privacy"
    ENFORCEMENT_FILE = "enforcement_file"


class ClockState(StrEnum):
    """How near a day is."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Moments:
    """The moments of one result, as days; None while one has not come."""

    visit_ended: date | None = None
    result_settled: date | None = None
    last_visit_ended: date | None = None
    published: date | None = None


@dataclass(frozen=True)
class ClockReading:
    """A clock as a page shows it; `due_on` None where it cannot be counted yet."""

    state: ClockState
    due_on: date | None = None
    left_workdays: int = 0
    is_provisional: bool = False

    @property
    def is_done(self) -> bool:
        """Whether what it waits for has happened, in time or not."""
        return self.state in (ClockState.DONE_IN_TIME, ClockState.DONE_LATE)


def start_of(moments: Moments, counted_from: CountedFrom) -> date | None:
    """The day the time for publication is counted from, None while it has not come."""
    days: Mapping[CountedFrom, date | None] = {
        CountedFrom.VISIT_ENDED: moments.visit_ended,
        CountedFrom.RESULT_SETTLED: moments.result_settled,
        CountedFrom.LAST_VISIT_ENDED: moments.last_visit_ended,
    }
    return days[counted_from]


def publication_clock(
    moments: Moments,
    *,
    counted_from: CountedFrom,
    workdays: int,
    today: date,
    table: WorkdayTable,
) -> ClockReading:
    """How the time for publication stands; the last day itself is still in time."""
    start = start_of(moments, counted_from)
    if start is None:
        return ClockReading(ClockState.UNDETERMINED)
    due = add_workdays(start, workdays, table)
    return reading(due, done_on=moments.published, today=today, table=table)


def visits_clock(
    *,
    drawn_on: date,
    last_visit_ended_on: date | None,
    workdays: int,
    today: date,
    table: WorkdayTable,
) -> ClockReading:
    """How the time for the visits of a draw stands; `last_visit_ended_on` once all have ended."""
    due = add_workdays(drawn_on, workdays, table)
    return reading(due, done_on=last_visit_ended_on, today=today, table=table)


def reading(
    due: Deadline, *, done_on: date | None, today: date, table: WorkdayTable
) -> ClockReading:
    """A due day against today, or against the day it was done."""
    if done_on is not None:
        is_late = done_on > due.due_on
        state = ClockState.DONE_LATE if is_late else ClockState.DONE_IN_TIME
        return ClockReading(state, due.due_on, 0, due.provisional)
    left = workdays_between(today, due.due_on, table)
    state = ClockState.RUNNING
    if today > due.due_on:
        state = ClockState.LATE
    elif left <= WARNING_WORKDAYS:
        state = ClockState.SOON
    return ClockReading(state, due.due_on, left, due.provisional)


@dataclass(frozen=True)
class DrawResultsFacts:
    """What is looked at before the results of a draw go out together.

    `unended` counts the drawn premises whose visit has not ended, `unsettled` those whose answers
    that fail nobody has yet confirmed or refuted, `undecided` the requests to withhold a result
    that nobody has answered.
    """

    unended: int
    unsettled: int
    last_visit_ended_at: datetime | None
    stated_last_visit_at: datetime | None = None
    undecided: int = 0


def draw_results_refusals(facts: DrawResultsFacts) -> tuple[Refusal, ...]:
    """Every reason why the results of a draw may not be published: nothing before the last."""
    found: list[Refusal] = []
    if facts.unended:
        found.append(Refusal("result.visits_open", {"count": facts.unended}, PUBLISHING))
    if facts.unsettled:
        found.append(Refusal("result.answers_open", {"count": facts.unsettled}, PUBLISHING))
    if facts.undecided:
        found.append(Refusal("result.withholding_open", {"count": facts.undecided}, WITHHOLDING))
    known, stated = facts.last_visit_ended_at, facts.stated_last_visit_at
    if known is not None and stated is not None and stated < known:
        params = {"known": f"{known:%Y-%m-%d %H:%M}"}
        found.append(Refusal("result.stated_before_last", params, PUBLISHING))
    return tuple(found)


def publishing_refusals(
    *,
    is_visit_ended: bool,
    unsettled: int,
    is_published: bool,
    is_of_draw: bool,
    undecided: int = 0,
) -> tuple[Refusal, ...]:
    """Why one result may not be published by itself; those of a draw go out at its reveal."""
    found: list[Refusal] = []
    if is_of_draw:
        found.append(Refusal("result.of_draw", {}, PUBLISHING))
    if is_published:
        found.append(Refusal("result.published_already", {}, PUBLISHING))
    if not is_visit_ended:
        found.append(Refusal("result.visits_open", {"count": 1}, PUBLISHING))
    if unsettled:
        found.append(Refusal("result.answers_open", {"count": unsettled}, PUBLISHING))
    if undecided:
        found.append(Refusal("result.withholding_open", {"count": undecided}, WITHHOLDING))
    return tuple(found)


def asking_refusals(
    *, ground: str, words: str, is_over: bool, is_published: bool, is_withheld: bool, is_open: bool
) -> tuple[Refusal, ...]:
    """Why nobody may be asked to withhold a result: the same as withholding, and once at a time."""
    found = list(
        withholding_refusals(
            ground=ground, words=words, is_published=is_published, is_withheld=is_withheld
        )
    )
    if not is_over:
        found.append(Refusal("result.visit_not_over", {}, WITHHOLDING))
    if is_open:
        found.append(Refusal("result.withholding_asked_already", {}, WITHHOLDING))
    return tuple(found)


def withholding_refusals(
    *, ground: str, words: str, is_published: bool, is_withheld: bool
) -> tuple[Refusal, ...]:
    """Why a result may not be withheld: a ground of the law and its facts, before it is public."""
    found: list[Refusal] = []
    if ground not in {one.value for one in Withheld}:
        found.append(Refusal("result.ground_unknown", {}, WITHHOLDING))
    if is_published:
        found.append(Refusal("result.withheld_too_late", {}, WITHHOLDING))
    if is_withheld:
        found.append(Refusal("result.withheld_already", {}, WITHHOLDING))
    found.extend(words_refusals(words, missing="result.reason_missing"))
    return tuple(found)


def correcting_refusals(*, words: str, reason: str, is_published: bool) -> tuple[Refusal, ...]:
    """Why a correction may not be entered: it stands beside what was published, with its reason."""
    found: list[Refusal] = []
    if not is_published:
        found.append(Refusal("result.not_published", {}, CORRECTING))
    found.extend(words_refusals(words, missing="result.correction_missing"))
    found.extend(words_refusals(reason, missing="result.reason_missing"))
    return tuple(found)


class ResultKind(StrEnum):
    """What became of one drawn or ordered premises."""

    VISITED = "visited"
    CLOSED_DOOR = "closed_door"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    REPLACED = "replaced"
    NOT_VISITED = "not_visited"


def result_kind(*, is_replaced: bool, is_visited: bool, hindrance: str) -> ResultKind:
    """The kind of a result: a premises that was not found or closed has one of its own.

    `hindrance` is why the team could not inspect, empty where it could.
    """
    if is_replaced:
        return ResultKind.REPLACED
    if not is_visited:
        return ResultKind.NOT_VISITED
    return ResultKind(hindrance) if hindrance else ResultKind.VISITED
