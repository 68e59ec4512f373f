"""Progress and pauses."""

from __future__ import annotations

import pytest

from regulator.jobs.core.progress import Progress, retry_delay_s


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [
        (0, None, None),
        (5, None, None),
        (0, 3, 0),
        (1, 3, 33),
        (2, 3, 66),
        (3, 3, 100),
        (999, 1000, 99),
        (0, 0, 100),
        (4, 3, 100),
    ],
)
def test_percent_is_rounded_down_so_that_100_means_all(
    done: int, total: int | None, percent: int | None
) -> None:
    assert Progress(done=done, total=total).percent == percent


def test_the_pause_doubles_up_to_a_minute() -> None:
    assert [retry_delay_s(n) for n in (0, 1, 2, 3, 4, 5, 6, 7, 8, 100)] == [
        0, 1, 2, 4, 8, 16, 32, 60, 60, 60,
    ]  # fmt: skip
