"""Whether a page is filed: every reason at once, and nothing of another district's paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspections.core.paper.filing import PageFacts, filing_refusals

GOOD = PageFacts(known=True, source="510116-2026-001", page=2, page_count=4)


def codes(facts: PageFacts) -> list[str]:
    return [reason.code for reason in filing_refusals(facts)]


def test_a_page_of_a_paper_that_is_known_is_filed() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, expected="510116-2026-001")) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"known": False}, ["page.unknown"]),
        ({"is_own_division": False, "version": 1, "latest_version": 2}, ["page.other_division"]),
        ({"expected": "510116-2026-002"}, ["page.other_source"]),
        ({"is_cover": True, "has_visit": False}, ["page.cover"]),
        ({"version": 1, "latest_version": 2}, ["page.superseded"]),
        ({"version": 2, "latest_version": 2}, []),
        ({"page": 4}, []),
        ({"page": 5}, ["page.beyond"]),
        ({"page": 5, "page_count": 0}, []),
        ({"is_replaced": True}, ["page.replaced"]),
        ({"has_visit": False}, ["page.no_visit"]),
        (
            {"expected": "x", "latest_version": 2, "page": 9, "has_visit": False},
            ["page.other_source", "page.superseded", "page.beyond", "page.no_visit"],
        ),
    ],
)
def test_every_reason_is_said(change: dict[str, object], found: list[str]) -> None:
    assert codes(replace(GOOD, **change)) == found
