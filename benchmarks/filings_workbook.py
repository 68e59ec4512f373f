"""filings.workbook.*: a 10,000-row .xlsx read, checked, screened by every rule and stored.

The product is what an upload really costs: the file is kept, the job reads it, screens each row by
every rule, the register's too, masks and seals the certificate numbers, and commits chunk by chunk,
each with its audit event. The workbook is that of a chain of schools: 10,000 classes of 1,000
courses. The peer is django-import-export alone, importing the same bytes into a table of the same
26 columns without a check, at its documented fastest settings (bulk mode, no diff, no look-up of
existing rows, one transaction). Each engine has a process in which both run in turn; the product's
peak memory is that of a further process that does nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
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
            "MB at the most, process and all",
            goal=MEMORY_GOAL,
        ),
    ]


def _measured(kind: str, address: str, book: Path) -> Mapping[str, float]:
    """What a process of its own measured; nothing where the engine is absent."""
    with tempfile.TemporaryDirectory() as data_dir:
        environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": data_dir}
        environment["DJANGO_SETTINGS_MODULE"] = "regulator.settings.local"
        command = [sys.executable, "-c", _CHILD + _CALL, kind, str(book), str(ROWS)]
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if done.returncode:
        print(f"filings.workbook {kind}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return {}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
