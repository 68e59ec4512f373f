"""A calendar's people and a few words that its tests share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """Nine in the morning of 1 November 2026 in Shanghai."""
    return AT


@pytest.fixture
def leader(make_actor):
    """Who signs what an administrator or a reviewer proposes."""
    return make_actor("district_leader")
