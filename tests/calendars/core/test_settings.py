"""What a setting may hold, and what holds on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.calendars.core.settings import (
    SettingEntry,
    SettingKind,
    SettingSpec,
    Standing,
    parse_value,
    read_specs,
    settings_on,
    written,
)
from regulator.kernel.outcomes import Refusal

ROW = {
    "code": "review_workdays",
    "group": "filing",
    "kind": "workdays",
    "default": "20",
    "allowed": "",
    "standing": "assumed",
    "basis": "没有文件写明",
}
SPECS = read_specs([ROW])


def spec(kind: SettingKind, allowed: tuple[str, ...] = ("central", "other")) -> SettingSpec:
    return SettingSpec("code", "group", kind, "", allowed, Standing.ASSUMED, "")


@given(st.sampled_from(list(SettingKind)), st.text())
def test_any_text_is_a_value_that_reads_the_same_again_or_a_refusal(kind, text):
    value = parse_value(spec(kind), text)
    if not isinstance(value, Refusal):
        assert parse_value(spec(kind), written(value)) == value


@given(st.times(), st.times())
def test_a_clock_range_is_read_exactly_when_it_runs_forward(begins, ends):
    text = f"{begins:%H:%M}-{ends:%H:%M}"
    value = parse_value(spec(SettingKind.CLOCK_RANGE), text)
    runs_forward = (begins.hour, begins.minute) < (ends.hour, ends.minute)
    assert (value == text) is runs_forward


@pytest.mark.parametrize("text", ["0", "250"])
def test_working_days_reach_from_nothing_to_a_year(text):
    assert parse_value(spec(SettingKind.WORKDAYS), text) == int(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (SettingKind.PERCENT, "0", 0),
        (SettingKind.PERCENT, "50%", 50),
        (SettingKind.PERCENT, "100", 100),
        (
            SettingKind.PERCENT,
            "101",
            Refusal("setting.percent_unreadable", {"least": 0, "most": 100}),
        ),
        (SettingKind.PERCENT, "", Refusal("setting.percent_unreadable", {"least": 0, "most": 100})),
        (SettingKind.MONTHS, "0", Refusal("setting.months_unreadable", {"least": 1, "most": 60})),
        (SettingKind.MONTHS, "1", 1),
        (SettingKind.MONTHS, "60", 60),
        (SettingKind.MONTHS, "61", Refusal("setting.months_unreadable", {"least": 1, "most": 60})),
    ],
)
def test_a_share_and_an_interval_have_their_bounds(kind, text, value):
    assert parse_value(spec(kind), text) == value


def test_a_default_that_does_not_fit_is_refused_when_the_table_is_read():
    with pytest.raises(ValueError, match="review_workdays"):
        read_specs([ROW | {"default": "很快"}])


@pytest.mark.parametrize(
    ("day", "value", "standing"),
    [
        (date(2026, 5, 31), 20, "assumed"),
        (date(2026, 6, 1), 15, "confirmed"),
        (date(2026, 8, 31), 15, "confirmed"),
        (date(2026, 9, 1), 20, "assumed"),
    ],
)
def test_an_entry_holds_for_its_days_and_the_default_for_the_others(day, value, standing):
    entry = SettingEntry("review_workdays", 15, "通知", date(2026, 6, 1), date(2026, 9, 1))
    found = settings_on(SPECS, [entry], day)["review_workdays"]
    assert (found.value, str(found.standing)) == (value, standing)


def test_an_entry_of_a_setting_that_is_no_more_is_left_out():
    entry = SettingEntry("gone", 1, "", date(2020, 1, 1), None)
    assert list(settings_on(SPECS, [entry], date(2026, 1, 1))) == ["review_workdays"]


@pytest.mark.parametrize(
    ("allowed", "text", "expected"),
    [
        ((), "20/35/60", "20/35/60"),
        ((), " 20 %、35%，60％ ", "20/35/60"),
        ((), "1/2/1000", "1/2/1000"),
        ((), "0/2/3", Refusal("setting.tiers_unreadable", {"least": 1, "most": 1000})),
        ((), "1/2/1001", Refusal("setting.tiers_unreadable", {"least": 1, "most": 1000})),
        ((), "2.5/3", Refusal("setting.tiers_unreadable", {"least": 1, "most": 1000})),
        ((), "20/35", Refusal("setting.tiers_unreadable", {"least": 1, "most": 1000})),
        ((), "20/20/60", Refusal("setting.tiers_rising")),
        ((), "60/35/20", Refusal("setting.tiers_rising")),
        (("falls",), "100/90/70", "100/90/70"),
        (("falls",), "70/90/100", Refusal("setting.tiers_falling")),
    ],
)
def test_three_tiers_go_one_way(allowed, text, expected):
    tiers = replace(spec(SettingKind.TIERS), allowed=allowed)
    assert parse_value(tiers, text) == expected
