"""Frames and bundles for the tests of DR1."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from inspections.core.draw.bundles import Ceremony, draw_lots
from inspections.core.draw.seeds import seal_of
from regulator.kernel.canonical import canonical_digest

SAMPLE = Path(__file__).resolve().parents[3] / "fixtures" / "draw_bundle_sample.json"
KEY = "5f" * 32
REASONS = ("cap", "closed", "other")


def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def sample_bundle() -> dict[str, Any]:
    return json.loads(sample_text())  # type: ignore[no-any-return]


def make_frame(
    objects: list[tuple[str, str, str]],
    quotas: dict[str, int],
    inspectors: list[tuple[str, str]],
    *,
    team_count: int = 1,
    seats: dict[str, int] | None = None,
    recusals: list[list[str]] | None = None,
    excluded: list[str] | None = None,
) -> dict[str, Any]:
    """A frame with its rows sorted."""
    departments = sorted({department for _, department in inspectors})
    return {
        "protocol": "DR1",
        "draw": "510116-2026-001",
        "campaign": "测试",
        "objects": [{"id": i, "stratum": s, "area": a} for i, s, a in sorted(objects)],
        "quotas": quotas,
        "excluded": [
            {"id": name, "reason": REASONS[index % 3]}
            for index, name in enumerate(sorted(excluded or []))
        ],
        "snapshot": "ab" * 32,
        "inspectors": [{"id": i, "department": d} for i, d in sorted(inspectors)],
        "recusals": canonical_digest(sorted(recusals or [])),
        "teams": {"count": team_count, "seats": seats or dict.fromkeys(departments, 2)},
        "seal": seal_of(KEY),
        "entropy": {
            "kind": "dice",
            "source": "十个十面骰",
            "format": "[0-9]{4,10}",
            "fallback": "次日十时再掷",
            "due": "2026-11-02T10:00:00+08:00",
        },
        "reveal_by": "2026-12-31T18:00:00+08:00",
    }


def small_frame(**changes: Any) -> dict[str, Any]:
    """Nine objects in two strata, six inspectors of two departments, one team."""
    objects = [(f"P{n}", "A" if n % 3 else "B", f"51011600{n % 4}") for n in range(1, 10)]
    inspectors = [(f"E{n}", "education") for n in range(4)] + [(f"F{n}", "fire") for n in range(3)]
    frame = make_frame(objects, {"A": 2, "B": 1}, inspectors, excluded=["Q1"])
    return {**frame, **changes}


def altered(frame: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A deep copy with top-level keys put in place."""
    return {**copy.deepcopy(frame), **changes}


@st.composite
def drawable(draw: Any) -> tuple[dict[str, Any], list[list[str]], str]:
    """A frame that is not refused, its recusals, and a reading."""
    strata = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=3, unique=True))
    objects = []
    quotas = {}
    for stratum in strata:
        size = draw(st.integers(1, 6))
        objects += [
            (f"P-{stratum}-{n}", stratum, draw(st.sampled_from(["T1", "T2", "T3"])))
            for n in range(size)
        ]
        quotas[stratum] = draw(st.integers(0, size))
    team_count = draw(st.integers(1, 3))
    departments = draw(
        st.lists(st.sampled_from(["education", "fire", "tax"]), min_size=1, max_size=3, unique=True)
    )
    seats = {department: draw(st.integers(2, 3)) for department in departments}
    inspectors = [
        (f"{department}-{n}", department)
        for department in departments
        for n in range(team_count * seats[department] + draw(st.integers(0, 3)))
    ]
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from([name for name, _ in inspectors]),
                st.sampled_from([name for name, _, _ in objects]),
            ),
            max_size=12,
            unique=True,
        )
    )
    recusals = sorted([list(pair) for pair in pairs])
    frame = make_frame(
        objects, quotas, inspectors, team_count=team_count, seats=seats, recusals=recusals
    )
    return frame, recusals, draw(st.from_regex(r"[0-9]{4,10}", fullmatch=True))


def draw_small(frame: dict[str, Any], recusals: list[list[str]], reading: str) -> dict[str, Any]:
    return draw_lots(frame, recusals, key=KEY, readings=[reading], ceremony=Ceremony())
