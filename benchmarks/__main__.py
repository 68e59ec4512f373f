"""`python -m benchmarks [NAME …]`: every benchmark, or those whose name begins so.

A run replaces the results of the benchmarks it took; the others stay, each with its own time.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.measuring import Entry

RESULTS = Path(__file__).with_name("results.json")
# Name of the contract → the module that measures it.
MODULES = {
    "licensing.deadline": "benchmarks.licensing_deadline",
    "filings.workbook": "benchmarks.filings_workbook",
    "filings.engine": "benchmarks.filings_engine",
    "draw.sample": "benchmarks.draw_sample",
    "draw.verify_browser": "benchmarks.draw_verify_browser",
    "checklists.pdf": "benchmarks.checklists_pdf",
    "ledger.": "benchmarks.ledger",
    "register.search": "benchmarks.register_search",
    "register.nearby": "benchmarks.register_nearby",
}


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def line(entry: Entry) -> str:
    shown = "—" if entry.value is None else f"{entry.value:,.4g}"
    peer = "" if entry.peer_value is None else f"{entry.peer_value:,.4g} ({entry.peer})"
    ratio = "" if entry.ratio is None else f"{entry.ratio:.3f}"
    goal = "" if entry.goal is None else f"{entry.goal.of} {entry.goal.op} {entry.goal.number}"
    met = {True: "met", False: "NOT MET", None: ""}[entry.met]
    return f"{entry.name:<34}{shown:>10} {entry.unit:<40}{peer:<34}{ratio:>7}  {goal:<16}{met}"


def measured(names: list[str]) -> list[Entry]:
    """The entries, in the contract's order, each printed as it is known."""
    found: list[Entry] = []
    for name, module in MODULES.items():
        if not names or name.startswith(tuple(names)):
            for entry in import_module(module).entries():
                print(line(entry), flush=True)
                found.append(entry)
    return found


def kept(entries: list[Entry]) -> list[dict[str, object]]:
    """The results of this run, and of earlier runs those that this one did not take."""
    fresh = {entry.name: {**entry.as_json(), "at": now()} for entry in entries}
    held = json.loads(RESULTS.read_text("utf-8"))["results"] if RESULTS.exists() else []
    others = {row["name"]: row for row in held}
    return list({**others, **fresh}.values())


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def main(names: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulator.settings.local")
    django.setup()
    results = {"machine": machine(), "at": now(), "results": kept(measured(names))}
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
