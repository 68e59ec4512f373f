"""A frame from the directories: what is left of a stratum once places are excluded."""

from __future__ import annotations

from typing import Any

import pytest

from inspections.core.draw.assembly import FrameObject, Source, assemble_frame
from inspections.core.draw.frames import frame_refusals

SCOPE = [
    *(FrameObject(f"P00000{n}", "B", "510116001") for n in range(1, 5)),
    FrameObject("P000005", "C", "510116001"),
    FrameObject("P000006", "C", "510116001"),
]
LAST_OF_C = {"P000005": "cap", "P000006": "closed"}


def frame_with(quotas: dict[str, int]) -> dict[str, Any]:
    """A frame in which nobody of the last tier is left."""
    return assemble_frame(
        number="510116-2026-009",
        campaign="秋季检查",
        scope=SCOPE,
        excluded=LAST_OF_C,
        quotas=quotas,
        members=[],
        recusals=[],
        team_count=1,
        seats={},
        seal="0" * 64,
        source=Source("dice", "大厅", "[0-9]{10}", "重掷", "2026-11-23T08:00:00Z"),
        reveal_by="2027-01-22T10:00:00Z",
    )


def quota_reasons(frame: dict[str, Any]) -> list[str]:
    return [one.code for one in frame_refusals(frame) if one.code.startswith("frame.quota")]


def test_a_tier_of_which_nobody_is_left_or_asked_for_is_not_named() -> None:
    frame = frame_with({"B": 2, "C": 0})
    assert frame["quotas"] == {"B": 2}
    assert quota_reasons(frame) == []


@pytest.mark.parametrize("asked", [1, 2])
def test_a_tier_of_which_nobody_is_left_cannot_be_asked_for(asked: int) -> None:
    frame = frame_with({"B": 2, "C": asked})
    assert quota_reasons(frame) == ["frame.quota_without_stratum"]


def test_a_tier_that_is_there_and_not_asked_for_stays_named() -> None:
    assert frame_with({"B": 0})["quotas"] == {"B": 0}
