"""A calendar's people and a few words that its tests share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """Nine in the morning of 1 November 2026 in Shanghai."""
    return AT
