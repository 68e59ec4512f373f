"""`make words`: the words of institutions/data/descriptions.csv, weighed, beside it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from institutions.core.screening.description_words import weighed_rows  # noqa: E402

DATA = ROOT / "institutions" / "data"


def main() -> None:
    """Count, and write the table."""
    with (DATA / "descriptions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(weighed_rows(csv.DictReader(file)))
    with (DATA / "description_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("subject", "word", "weights"))
        writer.writerows(rows)
    print(f"{len(rows)} words")


if __name__ == "__main__":
    main()
