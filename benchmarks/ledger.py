"""The ledger's benchmarks, each in a process of its own: their peer is a Django app of its own.

They need PostgreSQL (TEST_DATABASE_URL); without it the value is null and the goal not met.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module

import django

from benchmarks.databases import own_database
from benchmarks.measuring import Entry, Goal

NAMES = {
    "ledger_post": ("ledger.post",),
    "ledger_release": ("ledger.release",),
    "ledger_balance": ("ledger.balance.1e4", "ledger.balance.1e5", "ledger.balance.1e6"),
}

GOALS = {
    "ledger_post": Goal("ratio", ">=", 2.5),
    "ledger_release": Goal("ratio", ">=", 0.15),
    "ledger_balance": Goal("value", "<=", 5.0),
}


def entries() -> list[Entry]:
    return [entry for module in NAMES for entry in _in_a_process(module)]


def _in_a_process(module: str) -> list[Entry]:
    if not os.environ.get("TEST_DATABASE_URL"):
        unit, goal = "needs PostgreSQL (TEST_DATABASE_URL)", GOALS[module]
        return [Entry(name, None, unit, goal=goal) for name in NAMES[module]]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger", module],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.ledger_settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [_entry(line) for line in done.stdout.splitlines()]


def _entry(line: str) -> Entry:
    found = json.loads(line)
    goal = found.pop("goal")
    fields = {name: found[name] for name in ("name", "value", "unit", "peer", "peer_value")}
    return Entry(**fields, goal=Goal(**goal) if goal else None)


def main(module: str) -> None:
    """One benchmark in a migrated database of its own; its entries as JSON, one a line."""
    django.setup()
    with own_database():
        for entry in import_module(f"benchmarks.{module}").entries():
            print(json.dumps(entry.as_json()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
