"""The shares: under, at and over, who counts, which pupils, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.core.staff.ratios import (
    Counted,
    RatioLimits,
    WeeklyClass,
    needed_of,
    peak_places,
    ratio_of,
)

ON = date(2026, 3, 2)
LIMITS = RatioLimits(50, 2, 6)
EVENING = ((1, 1110, 1200),)


def people(**counts: int) -> list[Counted]:
    """`people(teaching_full_time=2, other_part_time=1)`."""
    found = []
    for name, count in counts.items():
        kind, employment = name.split("_", maxsplit=1)
        found += [Counted(f"{name}{number}", kind, employment) for number in range(count)]
    return found


def share(code: str, staff: list[Counted], classes: tuple[WeeklyClass, ...] = (), on: date = ON):
    ratio = ratio_of(staff, classes, LIMITS, on=on)
    return next(one for one in ratio.shares if one.code == code)


@pytest.mark.parametrize(
    ("base", "percent", "needed"),
    [
        (0, 50, 0),
        (1, 50, 1),
        (2, 50, 1),
        (3, 50, 2),
        (50, 2, 1),
        (51, 2, 2),
        (16, 6, 1),
        (17, 6, 2),
    ],
)
def test_a_share_is_rounded_up_to_whole_people(base: int, percent: int, needed: int) -> None:
    assert needed_of(base, percent) == needed


@pytest.mark.parametrize(
    ("staff", "counted", "base", "outcome"),
    [
        (people(teaching_full_time=1, other_full_time=1), 1, 2, "pass"),
        (people(teaching_full_time=1, other_full_time=2), 1, 3, "breach"),
        (people(teaching_full_time=2, other_full_time=1), 2, 3, "pass"),
        (people(research_full_time=1, other_full_time=1), 1, 2, "pass"),
        (people(teaching_part_time=2, other_full_time=1), 0, 3, "breach"),
        (people(teaching_full_time=1, teaching_part_time=1), 1, 2, "pass"),
    ],
)
def test_full_time_teaching_and_research_are_counted_of_everybody(
    staff: list[Counted], counted: int, base: int, outcome: str
) -> None:
    found = share("teaching_share", staff)
    assert (found.counted, found.base, found.outcome) == (counted, base, outcome)


@pytest.mark.parametrize(
    ("size", "teachers", "outcome"),
    [(50, 1, "pass"), (51, 1, "breach"), (51, 2, "pass"), (50, 0, "breach")],
)
def test_two_per_cent_of_the_pupils_at_once(size: int, teachers: int, outcome: str) -> None:
    staff = people(teaching_full_time=teachers, research_full_time=3)
    found = share("pupil_share", staff, (WeeklyClass(size, False, EVENING),))
    assert (found.counted, found.base, found.outcome) == (teachers, size, outcome)


@pytest.mark.parametrize(("size", "outcome"), [(16, "pass"), (17, "breach")])
def test_six_per_cent_of_the_youngest(size: int, outcome: str) -> None:
    classes = (WeeklyClass(size, True, EVENING), WeeklyClass(40, False, EVENING))
    staff = people(teaching_full_time=1)
    found = share("preschool_share", staff, classes)
    assert (found.base, found.outcome) == (size, outcome)
    assert share("pupil_share", staff, classes).base == 40


def test_who_is_counted_is_named() -> None:
    staff = people(teaching_full_time=1, teaching_part_time=1, research_full_time=1)
    assert share("teaching_share", staff).keys == ("teaching_full_time0", "research_full_time0")
    assert share("pupil_share", staff).keys == ("teaching_full_time0",)


def test_without_anybody_on_the_list_nothing_is_said() -> None:
    found = share("teaching_share", [])
    assert (found.outcome, found.missing) == ("undetermined", "staff")
    untaught = share("pupil_share", [], (WeeklyClass(20, False, EVENING),))
    assert (untaught.outcome, untaught.missing) == ("undetermined", "staff")


def test_without_a_class_the_share_of_pupils_does_not_apply() -> None:
    assert share("pupil_share", people(teaching_full_time=1)).outcome == "not_applicable"


@pytest.mark.parametrize(
    ("day", "outcome"), [(date(2021, 9, 13), "not_applicable"), (date(2021, 9, 14), "breach")]
)
def test_the_shares_bind_from_the_day_of_the_measures(day: date, outcome: str) -> None:
    assert share("teaching_share", people(other_full_time=1), on=day).outcome == outcome


@pytest.mark.parametrize(
    ("slots", "peak"),
    [
        ([((1, 1110, 1200),), ((1, 1110, 1200),)], 20),
        ([((1, 1110, 1200),), ((1, 1200, 1260),)], 10),
        ([((1, 1110, 1201),), ((1, 1200, 1260),)], 20),
        ([((1, 1110, 1200),), ((2, 1110, 1200),)], 10),
        ([((1, 1110, 1200),), None], 20),
        ([None, None], 20),
        ([((1, 1110, 1200), (1, 1110, 1200)), ()], 10),
    ],
)
def test_the_fullest_time_of_the_week_is_what_counts(slots: list, peak: int) -> None:
    assert peak_places(WeeklyClass(10, False, each) for each in slots) == peak


def test_the_figures_behind_the_shares_are_given() -> None:
    ratio = ratio_of(
        people(teaching_full_time=1, other_part_time=2),
        (WeeklyClass(10, False, None), WeeklyClass(12, False, EVENING)),
        LIMITS,
        on=ON,
        candidates=3,
    )
    figures = (ratio.total, ratio.full_time, ratio.part_time, ratio.candidates)
    assert figures == (3, 1, 2, 3)
    assert (ratio.classes, ratio.untimed_classes) == (2, 1)
    assert [one.code for one in ratio.short] == ["teaching_share"]
