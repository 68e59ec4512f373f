"""`manage.py supervise web worker beat`: serves, runs jobs, and stops without an orphan."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import SYSTEM
from tests.district import AT, DIVISION
from tests.killing.harness import ROOT, await_end, environment, forget_broker

READY_S = 120


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parent(pid: int) -> int | None:
    """The living process's parent; None where it has ended or is a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[1])


def _descendants(pid: int) -> set[int]:
    """Every living process below `pid`."""
    running = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    parents = {child: _parent(child) for child in running}
    found, added = {pid}, True
    while added:
        more = {child for child, parent in parents.items() if parent in found} - found
        added = bool(more)
        found |= more
    return found - {pid}


def _alive(pids: set[int]) -> set[int]:
    """Asked one by one: in a listing an orphan can stand below a parent that is gone already."""
    return {pid for pid in pids if _parent(pid) is not None}


def _await_gone(pids: set[int], *, within_s: float) -> set[int]:
    ends_s = time.monotonic() + within_s
    while (left := _alive(pids)) and time.monotonic() < ends_s:
        time.sleep(0.05)
    return left


@contextmanager
def _supervised(*programs: str, port: int) -> Iterator[subprocess.Popen[str]]:
    forget_broker()  # an earlier test of this process may have left calls for jobs of its own
    process = subprocess.Popen(
        [sys.executable, "manage.py", "supervise", *programs],
        cwd=ROOT,
        env=environment(PORT=str(port)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        below = _descendants(process.pid)
        process.kill()
        process.communicate()
        for pid in _alive(below):
            os.kill(pid, signal.SIGKILL)
        forget_broker()


def _lines(process: subprocess.Popen[str], *, count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().rstrip("\n") for _ in range(count)]


@pytest.fixture
def accounts_listed() -> Iterator[str]:
    """A demonstration account, as the seed lists it."""
    listed = Path(settings.DATA_DIR) / "demo-accounts.tsv"
    listed.write_text("备案审核\treviewer\tsecret-words\n", encoding="utf-8")
    yield "备案审核\treviewer\tsecret-words"
    listed.unlink()


def _job() -> Job:
    params = {"import": 0}
    return enqueue(
        kind="institutions.import_register",
        division=DIVISION,
        params=params,
        actor=SYSTEM,
        at=AT,
    )


def test_it_says_when_it_is_ready_runs_jobs_and_stops_everything(
    committed_db: str, accounts_listed: str
) -> None:
    port = _free_port()
    with _supervised("web", "worker", "beat", port=port) as process:
        assert _lines(process, count=2) == [f"ready http://127.0.0.1:{port}/", accounts_listed]
        job = _job()
        await_end([job], within_s=READY_S)
        job.refresh_from_db()
        assert (job.state, job.failure) == ("failed", {"text": "找不到这次导入的记录。"})
        below = _descendants(process.pid)
        assert len(below) == 1 + 2 + 1 + settings.WORKER_PROCESSES + 1
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0
        assert _await_gone(below, within_s=1) == set()


def test_when_it_is_killed_itself_nothing_is_left_running(committed_db: str) -> None:
    port = _free_port()
    with _supervised("web", "worker", "beat", port=port) as process:
        _lines(process, count=1)
        below = _descendants(process.pid)
        process.kill()
        assert _await_gone(below, within_s=60) == set()


def test_a_taken_port_is_said_in_one_plain_line(committed_db: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "manage.py", "supervise", "web"],
            cwd=ROOT,
            env=environment(PORT=str(port)),
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert f"端口 {port} 已被别的程序占用。" in refused.stderr
