"""Who accepts, decides and registers: by what is taught, where, and on which day."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.core.journeys.competence import Competence, competent
from institutions.selectors.journey_competence import competent_for, shipped_competence

BEFORE, AFTER = date(2021, 12, 31), date(2022, 1, 1)


@pytest.mark.parametrize(
    ("division", "category", "activity", "on", "accepts", "decides", "consents", "registers"),
    [
        ("510116", "subject", "", AFTER, "education", "education", "", "civil_affairs"),
        ("510116", "subject", "", date(2021, 7, 23), "education", "education", "", ""),
        (
            "510116",
            "non_subject",
            "sport",
            BEFORE,
            *["education"] * 2,
            "sport",
            "market_regulation",
        ),
        ("510116", "non_subject", "sport", AFTER, *["sport"] * 2, "", "market_regulation"),
        ("5101GX", "non_subject", "science", AFTER, *["science"] * 2, "", "market_regulation"),
        ("440106", "non_subject", "sport", AFTER, *["education"] * 2, "sport", "market_regulation"),
        (
            "510116",
            "non_subject",
            "comprehensive",
            AFTER,
            *["education"] * 2,
            "",
            "market_regulation",
        ),
    ],
)
def test_the_most_exact_row_in_force_says_who(
    division: str,
    category: str,
    activity: str,
    on: date,
    accepts: str,
    decides: str,
    consents: str,
    registers: str,
) -> None:
    found = competent_for(division=division, category=category, activity=activity, on=on)
    assert found is not None
    assert (found.accepts, found.decides, found.consents, found.registers) == (
        accepts,
        decides,
        consents,
        registers,
    )


def test_nothing_is_said_of_a_category_nobody_knows() -> None:
    assert competent_for(division="510116", category="", activity="", on=AFTER) is None
    assert competent((), division="510116", category="subject", activity="", on=AFTER) is None


def test_every_shipped_row_names_its_source_and_how_sure_it_is() -> None:
    rows = shipped_competence()
    assert all(row.source and row.confidence in ("high", "medium", "low") for row in rows)
    assert all(isinstance(row, Competence) and row.accepts and row.decides for row in rows)
