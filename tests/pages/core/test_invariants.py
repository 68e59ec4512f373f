"""Which periods clash: pure, at every edge."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.pages.core.invariants import Span, clashing


def span(first: int, before: int | None, group: str = "a") -> Span:
    end = None if before is None else date(2026, 1, before)
    return Span((group,), "510116", "示例", date(2026, 1, first), end)


@pytest.mark.parametrize(
    ("spans", "clashes"),
    [
        ([], []),
        ([span(1, 5), span(5, None)], []),
        ([span(1, 5), span(7, None)], []),
        ([span(1, 6), span(5, None)], [(0, 1)]),
        ([span(1, None), span(5, 6)], [(0, 1)]),
        ([span(1, 20), span(2, 3), span(4, 5)], [(0, 1), (0, 2)]),
        ([span(1, 3), span(1, 3)], [(0, 1)]),
        ([span(1, None), span(1, None, "b")], []),
        ([span(4, 4), span(4, None)], [(0, 0)]),
        ([span(4, 2)], [(0, 0)]),
    ],
)
def test_spans_of_a_group_follow_each_other(
    spans: list[Span], clashes: list[tuple[int, int]]
) -> None:
    assert list(clashing(spans)) == [(spans[one], spans[other]) for one, other in clashes]
