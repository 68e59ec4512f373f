"""The nightly check's latest result, from its file."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from regulator.kernel.actors import Actor
from regulator.pages.core.invariants import Report, Violation, from_json


def nightly_folder() -> Path:
    """Where the results lie, one file a day."""
    return Path(settings.DATA_DIR) / "nightly"


def latest_report() -> Report | None:
    """The result of the last run, or None where the check never ran."""
    files = sorted(nightly_folder().glob("*.json"))
    return from_json(json.loads(files[-1].read_bytes())) if files else None


def violations_for(actor: Actor, report: Report | None) -> list[Violation]:
    """What the last run found in the actor's division, and what concerns every division."""
    found = () if report is None else report.violations
    return [one for one in found if one.division in ("", actor.division)]
