"""`make drawings`: the state diagram of every journey into docs/journeys/, from the tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulator.settings.local")

import django  # noqa: E402

django.setup()

from institutions.selectors.journey_drawings import drawings  # noqa: E402

FOLDER = ROOT / "docs" / "journeys"


def main() -> None:
    """Write every drawing, and remove those of journeys that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = drawings()
    for path in FOLDER.glob("*.svg"):
        if path.stem not in drawn:
            path.unlink()
    for name, svg in drawn.items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(f"{len(drawn)} drawings in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
