"""The clocks of visits and publication at their boundary days, and who may publish what."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from inspections.core.findings.publication import (
    ClockState,
    CountedFrom,
    DrawResultsFacts,
    Moments,
    correcting_refusals,
    draw_results_refusals,
    publication_clock,
    publishing_refusals,
    result_kind,
    visits_clock,
    withholding_refusals,
)
from regulator.kernel.workdays import WorkdayTable

# 2026-04-06 is a holiday (清明), 2026-04-11 none: Saturdays rest.
TABLE = WorkdayTable(frozenset({date(2026, 4, 6)}), frozenset(), frozenset({2026}))
DRAWN = date(2026, 3, 16)  # a Monday; fifteen working days end on Tuesday 2026-04-07
LAST_DAY = date(2026, 4, 7)
ENDED = date(2026, 3, 31)  # twenty working days end on Wednesday 2026-04-29
PUBLISH_BY = date(2026, 4, 29)


def visits(today: date, done: date | None = None) -> ClockState:
    found = visits_clock(
        drawn_on=DRAWN, last_visit_ended_on=done, workdays=15, today=today, table=TABLE
    )
    assert found.due_on == LAST_DAY
    return found.state


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 3, 31), ClockState.RUNNING),  # four working days are left
        (date(2026, 4, 1), ClockState.SOON),  # three
        (LAST_DAY, ClockState.SOON),
        (date(2026, 4, 8), ClockState.LATE),
    ],
)
def test_the_clock_of_the_visits_warns_three_working_days_ahead(
    today: date, state: ClockState
) -> None:
    assert visits(today) is state


@pytest.mark.parametrize(
    ("done", "state"),
    [
        (date(2026, 4, 3), ClockState.DONE_IN_TIME),
        (LAST_DAY, ClockState.DONE_IN_TIME),
        (date(2026, 4, 8), ClockState.DONE_LATE),
    ],
)
def test_visits_that_ended_on_the_last_day_ended_in_time(done: date, state: ClockState) -> None:
    assert visits(date(2026, 5, 1), done) is state


def publication(today: date, published: date | None = None, **moments: date) -> ClockState:
    held = {"visit_ended": ENDED, "last_visit_ended": ENDED, **moments}
    found = publication_clock(
        Moments(**held, published=published),
        counted_from=CountedFrom.LAST_VISIT_ENDED,
        workdays=20,
        today=today,
        table=TABLE,
    )
    return found.state


@pytest.mark.parametrize(
    ("published", "state"),
    [
        (date(2026, 4, 28), ClockState.DONE_IN_TIME),
        (PUBLISH_BY, ClockState.DONE_IN_TIME),
        (date(2026, 4, 30), ClockState.DONE_LATE),
    ],
)
def test_twenty_working_days_are_counted_without_the_day_itself(
    published: date, state: ClockState
) -> None:
    assert publication(published, published) is state


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (CountedFrom.VISIT_ENDED, date(2026, 4, 28)),
        (CountedFrom.LAST_VISIT_ENDED, PUBLISH_BY),
        (CountedFrom.RESULT_SETTLED, date(2026, 5, 1)),
    ],
)
def test_the_chosen_start_decides_on_the_last_day(start: CountedFrom, due: date) -> None:
    moments = Moments(
        visit_ended=date(2026, 3, 30), result_settled=date(2026, 4, 2), last_visit_ended=ENDED
    )
    found = publication_clock(moments, counted_from=start, workdays=20, today=ENDED, table=TABLE)
    assert found.due_on == due


def test_what_has_not_begun_is_undetermined_and_not_late() -> None:
    found = publication_clock(
        Moments(),
        counted_from=CountedFrom.RESULT_SETTLED,
        workdays=20,
        today=date(2030, 1, 1),
        table=TABLE,
    )
    assert (found.state, found.due_on) == (ClockState.UNDETERMINED, None)


def test_a_term_over_an_unentered_year_is_provisional() -> None:
    found = publication_clock(
        Moments(last_visit_ended=date(2026, 12, 28)),
        counted_from=CountedFrom.LAST_VISIT_ENDED,
        workdays=20,
        today=date(2026, 12, 28),
        table=TABLE,
    )
    assert found.is_provisional is True


def draw_codes(**changes: object) -> list[str]:
    ended = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
    values: dict[str, object] = {"unended": 0, "unsettled": 0, "last_visit_ended_at": ended}
    made = DrawResultsFacts(**{**values, **changes})  # type: ignore[arg-type]
    return [one.code for one in draw_results_refusals(made)]


def test_nothing_is_published_before_the_last_visit_and_the_last_answer() -> None:
    assert draw_codes() == []
    assert draw_codes(unended=1) == ["result.visits_open"]
    assert draw_codes(unsettled=1) == ["result.answers_open"]
    assert draw_codes(unended=2, unsettled=3) == ["result.visits_open", "result.answers_open"]


def test_nobody_states_an_earlier_end_than_the_last_visit_had() -> None:
    early = datetime(2026, 3, 31, 8, 59, tzinfo=UTC)
    assert draw_codes(stated_last_visit_at=early) == ["result.stated_before_last"]
    same = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
    assert draw_codes(stated_last_visit_at=same) == []


def test_a_result_of_a_draw_is_not_published_by_itself() -> None:
    def codes(**changes: object) -> list[str]:
        values = {
            "is_visit_ended": True,
            "unsettled": 0,
            "is_published": False,
            "is_of_draw": False,
        }
        return [one.code for one in publishing_refusals(**{**values, **changes})]  # type: ignore[arg-type]

    assert codes() == []
    assert codes(is_of_draw=True) == ["result.of_draw"]
    assert codes(is_published=True) == ["result.published_already"]
    assert codes(is_visit_ended=False) == ["result.visits_open"]
    assert codes(unsettled=1) == ["result.answers_open"]


def test_a_result_is_withheld_on_a_ground_of_the_law_and_before_it_is_public() -> None:
    def codes(**changes: object) -> list[str]:
        values = {
            "ground": "privacy",
            "words": "涉及一名学生的伤情",
            "is_published": False,
            "is_withheld": False,
        }
        return [one.code for one in withholding_refusals(**{**values, **changes})]  # type: ignore[arg-type]

    assert codes() == []
    assert codes(ground="inconvenient") == ["result.ground_unknown"]
    assert codes(words="") == ["result.reason_missing"]
    assert codes(is_published=True) == ["result.withheld_too_late"]
    assert codes(is_withheld=True) == ["result.withheld_already"]


def test_a_correction_has_words_and_a_reason_and_follows_a_publication() -> None:
    def codes(**changes: object) -> list[str]:
        values = {"words": "地址应为二层", "reason": "笔误", "is_published": True}
        return [one.code for one in correcting_refusals(**{**values, **changes})]  # type: ignore[arg-type]

    assert codes() == []
    assert codes(words="") == ["result.correction_missing"]
    assert codes(reason="") == ["result.reason_missing"]
    assert codes(is_published=False) == ["result.not_published"]


@pytest.mark.parametrize(
    ("is_replaced", "is_visited", "hindrance", "kind"),
    [
        (False, True, "", "visited"),
        (False, True, "closed_door", "closed_door"),
        (False, True, "not_found", "not_found"),
        (False, True, "refused", "refused"),
        (True, False, "", "replaced"),
        (True, True, "closed_door", "replaced"),
        (False, False, "", "not_visited"),
    ],
)
def test_a_premises_that_was_closed_not_found_or_replaced_has_a_result_of_its_own(
    is_replaced: bool, is_visited: bool, hindrance: str, kind: str
) -> None:
    found = result_kind(is_replaced=is_replaced, is_visited=is_visited, hindrance=hindrance)
    assert found.value == kind
