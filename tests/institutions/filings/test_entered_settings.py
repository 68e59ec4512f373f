"""What an administrator enters under 设置 reaches the screening of filings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.selectors.filings_screening import screen_cells, screening_context
from institutions.selectors.shipped_tables import shipped_context
from regulator.calendars.selectors.settings import setting_specs
from regulator.calendars.selectors.shipped import shipped_settings
from regulator.calendars.services.settings import set_setting

pytestmark = pytest.mark.django_db
FILED_ON = date(2026, 2, 20)


@pytest.fixture
def enter(make_actor):
    """Let a bureau enter a setting from a day on."""
    admin = make_actor("district_leader")

    def setting(code: str, text: str, starts_on: date) -> None:
        set_setting(
            division=admin.division,
            code=code,
            text=text,
            starts_on=starts_on,
            basis="区教育局2026年第3号通知",
            reason="本区规定",
            actor=admin,
            at=datetime(2026, 2, 20, 1, tzinfo=UTC),
        )

    return setting


def limits_on(division: str, day: date) -> dict[str, int]:
    """The limits of settings that hold on a day, by key."""
    limits = screening_context(division, FILED_ON).limits
    keys = ("school_hours_start_minute", "school_hours_end_minute", "senior_high_alike")
    found = {}
    for limit in limits:
        if limit.key.value in keys and limit.basis.in_force_on(day):
            found.setdefault(limit.key.value, limit.value)
    return found


def test_entered_hours_and_the_switch_hold_from_their_day_on(district, enter):
    enter("school_hours", "08:30-17:00", date(2026, 4, 1))
    enter("senior_high_alike", "no", date(2026, 5, 1))
    assert limits_on(district.division, date(2026, 3, 31)) == {
        "school_hours_start_minute": 480,
        "school_hours_end_minute": 990,
        "senior_high_alike": 1,
    }
    assert limits_on(district.division, date(2026, 5, 1)) == {
        "school_hours_start_minute": 510,
        "school_hours_end_minute": 1020,
        "senior_high_alike": 0,
    }


def test_the_price_group_entered_lets_the_central_ceiling_hold(district, enter):
    cells = {**SUBJECT_ROW, "收费总额": "600", "收费日期": "2026-03-01"}
    before = screen_cells(2, cells, screening_context(district.division, FILED_ON))
    enter("price_group", "central", date(2026, 3, 1))
    after = screen_cells(2, cells, screening_context(district.division, FILED_ON))
    ceilings = [
        [one["outcome"] for one in found.findings if one["rule"] == "FEE-GUIDE-PRICE"]
        for found in (before, after)
    ]
    assert ceilings == [["breach"], []]


def test_without_entries_a_database_and_none_screen_by_the_same_defaults(district):
    stored = screening_context(district.division, FILED_ON)
    shipped = shipped_context(division=district.division, filed_on=FILED_ON)
    assert list(stored.limits) == list(shipped.limits)
    assert stored.editions == shipped.editions
    assert stored.price_groups_on(FILED_ON) == shipped.price_groups_on(FILED_ON)
    assert setting_specs(district.division)["school_hours"] == shipped_settings()["school_hours"]


def test_a_context_takes_the_same_four_queries_with_one_entry_and_with_three(
    district, enter, django_assert_num_queries
):
    for code, text in (("school_hours", "08:30-17:00"), ("senior_high_alike", "no")):
        enter(code, text, date(2026, 4, 1))
        screening_context(district.division, FILED_ON)
        with django_assert_num_queries(4):
            screening_context(district.division, FILED_ON)
