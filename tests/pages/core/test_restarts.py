"""When a program that died is started again."""

from __future__ import annotations

import pytest

from regulator.pages.core.restarts import Health, restart_delay_s


@pytest.mark.parametrize(
    ("deaths", "delay_s"),
    [(0, 0.5), (1, 0.5), (2, 1.0), (3, 2.0), (6, 16.0), (7, 30.0), (1000, 30.0)],
)
def test_the_pause_doubles_up_to_half_a_minute(deaths: int, delay_s: float) -> None:
    assert restart_delay_s(deaths) == delay_s


def test_deaths_in_a_row_are_counted_and_a_long_life_starts_anew() -> None:
    health = Health()
    for _ in range(4):
        health = health.after_death(lived_s=59.9)
    assert (health.deaths, health.is_hopeless) == (4, False)
    assert health.after_death(lived_s=59.9).is_hopeless
    assert health.after_death(lived_s=60.0) == Health(deaths=1)
