"""The documentation's diagrams are those of the tables."""

from __future__ import annotations

from pathlib import Path

from institutions.selectors.journey_drawings import drawings

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "journeys"


def test_every_diagram_of_the_documentation_is_drawn_from_its_table() -> None:
    kept = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    assert kept == drawings(), "run `make drawings`"
