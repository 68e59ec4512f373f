"""Working-day arithmetic: counted by hand where the law counts, and by its own laws elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.kernel.workdays import Deadline, WorkdayTable, add_workdays, workdays_between

# 2026: the Labour Day holiday, 1 to 5 May, with Saturday 9 May worked instead.
MAY_2026 = WorkdayTable(
    holidays=frozenset(date(2026, 5, day) for day in range(1, 6)),
    makeup_workdays=frozenset({date(2026, 5, 9)}),
    known_years=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("starts_on", "workdays", "due_on"),
    [
        (date(2026, 4, 29), 1, date(2026, 4, 30)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 4, 30), 4, date(2026, 5, 9)),
        (date(2026, 4, 30), 5, date(2026, 5, 11)),
        (date(2026, 5, 2), 1, date(2026, 5, 6)),
        (date(2026, 4, 30), 0, date(2026, 4, 30)),
    ],
)
def test_the_day_of_the_event_is_not_counted_and_holidays_are_skipped(starts_on, workdays, due_on):
    assert add_workdays(starts_on, workdays, MAY_2026) == Deadline(due_on, provisional=False)


def test_a_span_into_a_year_that_is_not_entered_is_provisional_and_names_it():
    deadline = add_workdays(date(2026, 12, 30), 3, MAY_2026)
    assert deadline == Deadline(date(2027, 1, 4), provisional=True, unknown_years=(2027,))


def test_a_span_that_ends_on_the_last_entered_day_is_not_provisional():
    assert add_workdays(date(2026, 12, 30), 1, MAY_2026).provisional is False


def test_days_left_are_counted_to_and_including_the_due_day():
    assert workdays_between(date(2026, 4, 30), date(2026, 5, 9), MAY_2026) == 4
    assert workdays_between(date(2026, 5, 9), date(2026, 4, 30), MAY_2026) == -4
    assert workdays_between(date(2026, 5, 6), date(2026, 5, 6), MAY_2026) == 0


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
counts = st.integers(1, 90)


@st.composite
def tables(draw: st.DrawFn) -> WorkdayTable:
    marked = draw(st.sets(days, max_size=40))
    weekend = frozenset(day for day in marked if day.weekday() >= 5)
    makeups = frozenset(draw(st.sets(st.sampled_from(sorted(weekend))))) if weekend else weekend
    return WorkdayTable(
        holidays=frozenset(marked) - makeups,
        makeup_workdays=makeups,
        known_years=frozenset(draw(st.sets(st.integers(2024, 2028)))),
    )


@given(days, counts, tables())
def test_a_due_day_is_a_working_day_and_lies_exactly_that_many_away(starts_on, count, table):
    due_on = add_workdays(starts_on, count, table).due_on
    assert table.is_workday(due_on)
    assert workdays_between(starts_on, due_on, table) == count


@given(days, counts, counts, tables())
def test_two_terms_after_each_other_are_one_long_term(starts_on, first, second, table):
    midway = add_workdays(starts_on, first, table).due_on
    whole = add_workdays(starts_on, first + second, table)
    assert add_workdays(midway, second, table).due_on == whole.due_on


@given(days, counts, tables())
def test_a_term_is_provisional_exactly_when_it_touches_an_unknown_year(starts_on, count, table):
    deadline = add_workdays(starts_on, count, table)
    span = (deadline.due_on - starts_on).days
    years = {(starts_on + timedelta(days=n)).year for n in range(1, span + 1)}
    assert deadline.unknown_years == tuple(sorted(years - table.known_years))
    assert deadline.provisional is bool(deadline.unknown_years)


@given(days, counts, tables())
def test_entering_every_year_makes_any_term_final(starts_on, count, table):
    entered = WorkdayTable(table.holidays, table.makeup_workdays, frozenset(range(2024, 2030)))
    assert add_workdays(starts_on, count, entered).provisional is False


@given(days, counts, tables())
def test_one_more_holiday_never_brings_a_due_day_forward(starts_on, count, table):
    before = add_workdays(starts_on, count, table).due_on
    more = WorkdayTable(
        table.holidays | {starts_on + timedelta(days=1)},
        table.makeup_workdays,
        table.known_years,
    )
    assert add_workdays(starts_on, count, more).due_on >= before
