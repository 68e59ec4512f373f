"""The nightly check: what should never be is looked for, and the result kept in a file.

Portable SQL has no exclusion constraints, and a state column can be written past its service
(docs/adr/0003): what the database cannot hold is looked at every night. Nothing is put right here.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from regulator.pages.core.invariants import Report, as_json
from regulator.pages.selectors.invariants import row_counts, violations
from regulator.pages.selectors.nightly import nightly_folder


def check_invariants(*, at: datetime) -> Report:
    """Look at everything. A write under way may look wrong: only what is met twice is reported."""
    found = list(violations())
    if found:
        again = set(violations())
        found = [one for one in dict.fromkeys(found) if one in again]
    return Report(
        on=timezone.localdate(at),
        checked_at=at.isoformat(),
        counts=row_counts(),
        violations=tuple(found),
    )


def keep_report(report: Report) -> Path:
    """Write the result to DATA_DIR/nightly/<day>.json; a later run of the day replaces it."""
    folder = nightly_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.on.isoformat()}.json"
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(as_json(report), ensure_ascii=False, indent=1), encoding="utf-8")
    partial.replace(path)
    return path
