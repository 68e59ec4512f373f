"""A changed table binds classes that start on or after its first day: the real screening."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.models import TableVersion
from institutions.selectors.filings_screening import screen_cells, screening_context
from institutions.selectors.shipped_tables import shipped_index
from institutions.services.reference_moves import MoveDetails, move_version
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.kernel.actors import SYSTEM
from tests.institutions.reference.conftest import AT, EARLIEST, PRICE, WEEK, drafted

pytestmark = pytest.mark.django_db
FILED_ON = date(2026, 3, 2)
PRICE_KEY = "other|线下|1|45|2023-01-01"


def outcomes(cells: dict[str, str], rule: str, division: str, **context: TableVersion) -> list[str]:
    """What a rule says of a class, by the division's own tables."""
    screened = screen_cells(2, cells, screening_context(division, FILED_ON, **context))
    return [one["outcome"] for one in screened.findings if one["rule"] == rule]


def class_from(starts_on: date, **changes: str) -> dict[str, str]:
    """A lawful subject class of three weeks that starts on a day."""
    return {
        **SUBJECT_ROW,
        "开班日期": starts_on.isoformat(),
        "结课日期": (starts_on + timedelta(days=20)).isoformat(),
        "收费日期": starts_on.isoformat(),
        **changes,
    }


def cheap_price() -> dict[str, str]:
    """The guide price of small classes, lowered to one yuan."""
    return {**PRICE, "base_yuan": "1", "_key": PRICE_KEY}


def test_a_guide_price_binds_the_class_of_its_first_day_and_not_that_of_the_day_before(
    district, approved
):
    approved("prices", [cheap_price()], on=EARLIEST)
    small = {"班额": "5"}
    before = class_from(EARLIEST - timedelta(days=1), **small)
    on = class_from(EARLIEST, **small)
    assert outcomes(before, "FEE-GUIDE-PRICE", district.division) == []
    assert outcomes(on, "FEE-GUIDE-PRICE", district.division) == ["breach"]


def test_another_division_keeps_the_shipped_tables(district, approved):
    approved("prices", [cheap_price()], on=EARLIEST)
    other = screening_context(district.other_division, FILED_ON)
    assert other.by_start == ()
    assert other.index is shipped_index()


def test_a_proposed_table_is_tried_on_a_class_of_any_day_and_binds_nobody(district, people):
    draft = drafted(people, "prices", [cheap_price()])
    cells = class_from(date(2025, 3, 3), 班额="5")
    assert outcomes(cells, "FEE-GUIDE-PRICE", district.division) == []
    assert outcomes(cells, "FEE-GUIDE-PRICE", district.division, proposed=draft) == ["breach"]


def test_a_table_that_was_ended_leaves_its_place_to_the_one_before(district, people, approved):
    approved("prices", [cheap_price()], on=EARLIEST)
    version = TableVersion.objects.get()
    last = EARLIEST + timedelta(days=30)
    asked = MoveDetails(on=last, reason="上级另有规定")
    move_version(version=version, name="ask_end", details=asked, actor=people.editor, at=AT)
    move_version(version=version, name="end", details=MoveDetails(), actor=people.second, at=AT)
    day_before = class_from(last - timedelta(days=1), 班额="5")
    from_then = class_from(last, 班额="5")
    assert outcomes(day_before, "FEE-GUIDE-PRICE", district.division) == ["breach"]
    assert outcomes(from_then, "FEE-GUIDE-PRICE", district.division) == []


def test_an_edition_is_that_of_the_grade(district, approved):
    row = {"subject": "数学", "grade": "5", "edition": "北师大版"}
    approved("editions", [row], on=EARLIEST)
    bound = screening_context(district.division, FILED_ON).for_class(EARLIEST)
    found = [bound.edition_on("数学", EARLIEST, grade=grade) for grade in (4, 5)]
    assert found == ["人教版", "北师大版"]


@pytest.mark.parametrize(("week", "expected"), [("10", []), ("11", ["breach"])])
def test_a_unit_begun_after_the_last_days_week_is_ahead_from_the_tables_first_day_on(
    district, approved, week, expected
):
    load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[district.division])
    first_day = date(2026, 4, 20)
    unit = {"grade": "5", "term": "2", "unit": "长方体和正方体", "week": week}
    approved("weeks", [{**WEEK, **unit}], on=first_day)
    before = class_from(first_day - timedelta(days=1))
    on = class_from(first_day)
    assert outcomes(before, "CONTENT-PACE", district.division) == []
    assert outcomes(on, "CONTENT-PACE", district.division) == expected


def test_the_tables_cost_one_query_once_they_were_read(
    district, approved, django_assert_num_queries
):
    approved("prices", [cheap_price()], on=EARLIEST)
    screening_context(district.division, FILED_ON)
    with django_assert_num_queries(4):
        screening_context(district.division, FILED_ON)
    approved("weeks", [WEEK], on=EARLIEST)
    approved("editions", [{"subject": "数学", "grade": "5", "edition": "北师大版"}], on=EARLIEST)
    screening_context(district.division, FILED_ON)
    with django_assert_num_queries(4):
        screening_context(district.division, FILED_ON)
