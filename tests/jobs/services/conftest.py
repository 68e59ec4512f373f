"""Jobs in tests: wake-ups are collected, never sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs.tasks import sent_wakes


@pytest.fixture(autouse=True)
def wakes() -> Iterator[list[tuple[str, int]]]:
    """The wake-ups sent during the test, as (kind, job id)."""
    collected: list[tuple[str, int]] = []
    with sent_wakes(collected):
        yield collected
