"""filings.workbook.*: a 10,000-row .xlsx read, checked, screened by every rule and stored.

The product is what an upload really costs: the file is kept, the job reads it, screens each row by
every rule, the register's too, masks and seals the certificate numbers, and commits chunk by chunk,
each with its audit event. The workbook is that of a chain of schools: 10,000 classes of 1,000
courses. The peer is django-import-export alone, importing the same bytes into a table of the same
26 columns without a check, at its documented fastest settings (bulk mode, no diff, no look-up of
existing rows, one transaction). Each engine has a process in which both run in turn; the product's
peak memory is that of a further process that does nothing else, and of its copies: what they share
is counted once (PSS), looked at every tenth of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.filings_book import big_workbook
from benchmarks.measuring import Entry, Goal

ROWS, COURSES = 10_000, 1_000
RATIO_GOAL = Goal("ratio", "<=", 1.0)
MEMORY_GOAL = Goal("value", "<=", 400)
PEER = "django-import-export alone"
LOCAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"

_ROOT = Path(__file__).resolve().parents[1]
_CHILD = "import django, sys; django.setup(); from benchmarks.filings_turns import main; "
_CALL = "main(sys.argv[1], sys.argv[2], int(sys.argv[3]))"
_LONGEST_S = 1_200
_LOOK_S = 0.1


def entries() -> list[Entry]:
    """Two entries an engine: the time against the peer, and the worker's peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        book.write_bytes(big_workbook(ROWS, COURSES))
        addresses = {
            "sqlite": f"sqlite:///{folder}/none.sqlite3",
            "postgresql": os.environ.get("TEST_DATABASE_URL") or LOCAL_POSTGRESQL,
        }
        found: list[Entry] = []
        for engine, address in addresses.items():
            found += _entries_of(engine, address, book)
        return found


def _entries_of(engine: str, address: str, book: Path) -> list[Entry]:
    turns = _measured("turns", address, book)
    alone = _measured("alone", address, book) if turns else {}
    return [
        Entry(
            f"filings.workbook.{engine}",
            turns.get("ours_s"),
            f"s for {ROWS:,} rows, read to stored",
            PEER,
            turns.get("theirs_s"),
            RATIO_GOAL,
        ),
        Entry(
            f"filings.workbook.{engine}.memory",
            alone.get("peak_mb"),
            "MB at the most, worker and copies",
            goal=MEMORY_GOAL,
        ),
    ]


def _measured(kind: str, address: str, book: Path) -> Mapping[str, float]:
    """What a process of its own measured; nothing where the engine is absent."""
    with tempfile.TemporaryDirectory() as data_dir:
        environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": data_dir}
        environment["DJANGO_SETTINGS_MODULE"] = "regulator.settings.local"
        command = [sys.executable, "-c", _CHILD + _CALL, kind, str(book), str(ROWS)]
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
            running = subprocess.Popen(
                command, cwd=_ROOT, env=environment, stdout=said, stderr=wrong
            )
            peak_mb = _peak_mb_of(running) if kind == "alone" else 0.0
            code = running.wait(_LONGEST_S)
            said.seek(0)
            wrong.seek(0)
            lines, error = said.read().strip().splitlines(), wrong.read().strip()
    if code:
        print(f"filings.workbook {kind}: {error[-400:]}", file=sys.stderr)
        return {}
    return {**json.loads(lines[-1]), **({"peak_mb": peak_mb} if peak_mb else {})}


def _peak_mb_of(running: subprocess.Popen[bytes]) -> float:
    """The most that a process and those it started held at one moment, until it ends."""
    most_kb = 0
    while running.poll() is None:
        most_kb = max(most_kb, sum(map(_held_kb, _with_children(running.pid))))
        time.sleep(_LOOK_S)
    return most_kb / 1024


def _with_children(process: int) -> list[int]:
    """A process and those it started, as far as they are still there."""
    try:
        lists = Path(f"/proc/{process}/task").glob("*/children")
        children = [int(child) for one in lists for child in one.read_text().split()]
    except OSError:
        return [process]
    return [process, *(one for child in children for one in _with_children(child))]


def _held_kb(process: int) -> int:
    """Its memory in KiB, each shared page by its share; 0 where it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
