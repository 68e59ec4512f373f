"""The process manager with small programs of its own: restarts, stops, and leaves no orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

# A program with a child in its group that does not care for SIGTERM, as a stuck worker would.
STUBBORN = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"])
with open(sys.argv[1], "a") as listed:
    listed.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""

RUNNER = """
import sys
from regulator.pages.services.programs import Program
from regulator.pages.services.supervisor import ProgramsCannotStart, Supervisor
ready = sys.argv[1] == "ready"
program = Program("stubborn", (sys.executable, "-c", sys.argv[2], *sys.argv[3:]))
supervisor = Supervisor(
    [program], is_ready=lambda: ready, on_ready=lambda: print("ready", flush=True)
)
try:
    supervisor.run()
except ProgramsCannotStart as error:
    sys.exit(f"cannot start: {error}")
print("stopped", flush=True)
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a supervisor; whatever still runs is killed in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _pids(listed: Path, *, lines: int) -> list[list[int]]:
    """The pids that the program wrote, once it has been started so many times."""
    ends_s = time.monotonic() + 10
    while time.monotonic() < ends_s:
        written = listed.read_text().splitlines() if listed.exists() else []
        if len(written) >= lines:
            return [[int(pid) for pid in line.split()] for line in written]
        time.sleep(0.02)
    raise AssertionError(f"{listed} has fewer than {lines} lines")


def _all_gone(pids: list[int], *, within_s: float) -> bool:
    ends_s = time.monotonic() + within_s
    while any(_is_alive(pid) for pid in pids) and time.monotonic() < ends_s:
        time.sleep(0.02)
    return not any(_is_alive(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_the_programs_and_their_children(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    supervisor = start("ready", STUBBORN, str(tmp_path / "pids"))
    [pids] = _pids(tmp_path / "pids", lines=1)
    assert supervisor.stdout is not None
    assert supervisor.stdout.readline() == "ready\n"
    supervisor.send_signal(number)
    out, _ = supervisor.communicate(timeout=15)
    assert out == "stopped\n"
    assert supervisor.returncode == 0
    assert _all_gone(pids, within_s=1)


def test_what_dies_is_started_again_without_its_old_children(start: Start, tmp_path: Path) -> None:
    supervisor = start("ready", STUBBORN, str(tmp_path / "pids"))
    [[first, child]] = _pids(tmp_path / "pids", lines=1)
    os.kill(first, signal.SIGKILL)
    [_, second] = _pids(tmp_path / "pids", lines=2)
    assert _all_gone([first, child], within_s=1)
    assert all(_is_alive(pid) for pid in second)
    supervisor.send_signal(signal.SIGTERM)
    supervisor.communicate(timeout=15)
    assert _all_gone(second, within_s=1)


def test_a_killed_supervisor_takes_its_programs_along(start: Start, tmp_path: Path) -> None:
    supervisor = start("ready", STUBBORN, str(tmp_path / "pids"))
    [[program, child]] = _pids(tmp_path / "pids", lines=1)
    supervisor.kill()
    assert _all_gone([program], within_s=2)
    os.kill(child, signal.SIGKILL)  # a grandchild without the courtesy is not the kernel's to end


def test_a_program_that_cannot_start_at_all_is_given_up_before_ready(start: Start) -> None:
    supervisor = start("not yet", "raise SystemExit('no such thing')")
    _, errors = supervisor.communicate(timeout=30)
    assert supervisor.returncode == 1
    assert errors.count("no such thing") == 5
    assert errors.strip().endswith("cannot start: stubborn")
