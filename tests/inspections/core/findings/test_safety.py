"""The safety ledger: what entries say on a day, what corrects what, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.core.findings.safety import (
    EntryFacts,
    EntryKind,
    SafetyLine,
    entry_refusals,
    safety_facts_of,
    standing_lines,
)

ON = date(2026, 3, 31)


def line(key: str, kind: str = "patrol", on: date = ON, **changes: object) -> SafetyLine:
    values: dict[str, object] = {"key": key, "kind": EntryKind(kind), "on": on, "note": "已做"}
    return SafetyLine(**{**values, **changes})  # type: ignore[arg-type]


def test_an_empty_ledger_knows_nothing_and_says_so() -> None:
    found = safety_facts_of([], on=ON)
    assert found.unknown == ("patrol", "drill", "camera")
    assert (found.last_patrol_on, found.last_drill_on, found.camera_days) == (None, None, None)
    assert found.open_hazards == ()


def test_a_ledger_of_zero_camera_days_is_known_and_not_unknown() -> None:
    found = safety_facts_of([line("1", "camera", camera_days=0)], on=ON)
    assert (found.camera_days, found.unknown) == (0, ("patrol", "drill"))


@pytest.mark.parametrize(("on", "count"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 1), (ON, 1)])
def test_recent_is_the_last_thirty_days_this_one_included(on: date, count: int) -> None:
    assert safety_facts_of([line("1", on=on)], on=ON).recent_patrols == count


def test_an_entry_of_tomorrow_says_nothing_of_today() -> None:
    assert safety_facts_of([line("1", on=date(2026, 4, 1))], on=ON).entry_count == 0


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    rows = [
        line("1", "camera", camera_days=90),
        line("2", "camera", camera_days=30, corrects="1"),
    ]
    assert [one.key for one in standing_lines(rows)] == ["2"]
    assert safety_facts_of(rows, on=ON).camera_days == 30


def test_a_correction_that_says_there_was_nothing_leaves_nothing() -> None:
    rows = [line("1", "drill", people=20), line("2", "drill", corrects="1", is_void=True)]
    assert standing_lines(rows) == ()
    assert safety_facts_of(rows, on=ON).last_drill_on is None


def test_a_hazard_is_open_until_its_removal_stands() -> None:
    found_on, removed_on = date(2026, 3, 3), date(2026, 3, 9)
    hazard = line("1", "hazard", found_on, note="灭火器失压")
    removal = line("2", "hazard_removed", removed_on, hazard="1")
    assert [one.key for one in safety_facts_of([hazard], on=ON).open_hazards] == ["1"]
    assert safety_facts_of([hazard, removal], on=ON).open_hazards == ()
    earlier = safety_facts_of([hazard, removal], on=date(2026, 3, 8))
    assert [one.found_on for one in earlier.open_hazards] == [found_on]
    taken_back = line("3", "hazard_removed", removed_on, hazard="1", corrects="2", is_void=True)
    rows = [hazard, removal, taken_back]
    assert [one.key for one in safety_facts_of(rows, on=ON).open_hazards] == ["1"]


def test_a_corrected_hazard_keeps_its_removal() -> None:
    rows = [
        line("1", "hazard", date(2026, 3, 3)),
        line("2", "hazard_removed", date(2026, 3, 9), hazard="1"),
        line("3", "hazard", date(2026, 3, 4), corrects="1"),
    ]
    assert safety_facts_of(rows, on=ON).open_hazards == ()


def codes(row: SafetyLine, **facts: object) -> list[str]:
    return [one.code for one in entry_refusals(EntryFacts(row, ON, **facts))]  # type: ignore[arg-type]


def test_an_entry_is_of_today_or_before_and_says_something() -> None:
    assert codes(line("", on=ON)) == []
    assert codes(line("", on=date(2026, 4, 1))) == ["safety.in_future"]
    assert codes(line("", note=" ")) == ["safety.note_missing"]
    assert codes(line("", note="字" * 501)) == ["safety.note_too_long"]


@pytest.mark.parametrize(
    ("days", "refused"), [(None, True), (0, False), (3650, False), (3651, True)]
)
def test_camera_days_are_a_number_in_range(days: int | None, refused: bool) -> None:
    found = codes(line("", "camera", camera_days=days))
    assert found == (["safety.camera_days_missing"] if refused else [])


def test_a_drill_had_people() -> None:
    assert codes(line("", "drill", people=0)) == ["safety.people_missing"]
    assert codes(line("", "drill", people=1)) == []


def test_only_an_open_hazard_is_removed_and_not_before_it_was_found() -> None:
    row = line("", "hazard_removed", date(2026, 3, 3), hazard="1")
    assert codes(row) == ["safety.hazard_unknown"]
    assert codes(row, hazard_found_on=date(2026, 3, 3), is_hazard_open=True) == []
    assert codes(row, hazard_found_on=date(2026, 3, 4), is_hazard_open=True) == [
        "safety.removed_before_found"
    ]
    assert codes(row, hazard_found_on=date(2026, 3, 3)) == ["safety.hazard_removed_already"]


def test_a_correction_is_of_the_same_kind_and_made_once() -> None:
    row = line("", corrects="1")
    assert codes(row, corrected_kind=EntryKind.PATROL) == []
    assert codes(row) == ["safety.corrected_unknown"]
    assert codes(row, corrected_kind=EntryKind.DRILL) == ["safety.corrected_other_kind"]
    assert codes(row, corrected_kind=EntryKind.PATROL, is_corrected_already=True) == [
        "safety.corrected_already"
    ]
