"""The process manager: starts the programs, restarts what dies, stops all without an orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from regulator.adapters import processes
from regulator.pages.core.restarts import Health, restart_delay_s
from regulator.pages.services.programs import Program

log = structlog.get_logger(__name__)

TICK_S = 0.1

# The first program is what a person waits for: the others, which take as long to load, begin when
# it is ready, or after so long.
HEAD_START_S = 4.0

STOP_S = 10.0


class ProgramsCannotStart(Exception):
    """A program died again and again before the service was ever ready."""


@dataclass
class Child:
    """A program and its process, at the head of a process group of its own."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    health: Health = field(default_factory=Health)
    started_at_s: float = 0.0
    start_after_s: float = 0.0

    def start(self) -> None:
        """Start the program; its output goes to our stderr, since stdout is the contract's."""
        wrapper = (sys.executable, "-I", "-S", processes.__file__, str(os.getpid()))
        self.process = subprocess.Popen(
            (*wrapper, *self.program.command),
            env=os.environ | self.program.environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            process_group=0,
        )
        self.started_at_s = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Signal the program itself; it tells its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def sweep_group(self) -> None:
        """SIGKILL whatever is left of the program's group: a pool process, a gunicorn worker."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


class Supervisor:
    """Runs the programs until asked to stop.

    `is_ready` is asked until it says yes once, then `on_ready` is called; `chores` run in threads
    of their own until the end.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        is_ready: Callable[[], bool],
        on_ready: Callable[[], None],
        chores: Sequence[Callable[[threading.Event], None]] = (),
    ) -> None:
        self.children = [Child(program) for program in programs]
        self.is_ready = is_ready
        self.on_ready = on_ready
        self.chores = chores
        self.stopping = threading.Event()
        self.was_ready = False
        self.signals_seen = 0

    def run(self) -> None:
        """Start everything, keep it running, and come back when all of it has ended.

        Raises ProgramsCannotStart. Must be called in the main thread: it takes SIGINT and SIGTERM,
        and the children are told by the kernel when this very thread ends.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        threads = [
            threading.Thread(target=chore, args=(self.stopping,), daemon=True)
            for chore in self.chores
        ]
        try:
            for child in self.children[1:]:
                child.start_after_s = time.monotonic() + HEAD_START_S
            self.children[0].start()
            for thread in threads:
                thread.start()
            while not self.stopping.wait(TICK_S):
                self._tick()
        finally:
            self.stopping.set()
            self._stop_all()
            for thread in threads:
                thread.join(timeout=2)

    def _asked_to_stop(self, _number: int, _frame: object) -> None:
        self.signals_seen += 1
        self.stopping.set()

    def _tick(self) -> None:
        for child in self.children:
            if not child.is_running:
                self._revive(child)
        if not self.was_ready and self.is_ready():
            self.was_ready = True
            for child in self.children:
                child.start_after_s = min(child.start_after_s, time.monotonic())
            self.on_ready()

    def _revive(self, child: Child) -> None:
        now_s = time.monotonic()
        if child.process is not None:
            child.sweep_group()
            child.health = child.health.after_death(lived_s=now_s - child.started_at_s)
            child.start_after_s = now_s + restart_delay_s(child.health.deaths)
            log.warning(
                "program_died",
                program=child.program.name,
                status=child.process.returncode,
                deaths=child.health.deaths,
            )
            child.process = None
            if child.health.is_hopeless and not self.was_ready:
                raise ProgramsCannotStart(child.program.name)
        elif now_s >= child.start_after_s:
            child.start()

    def _stop_all(self) -> None:
        """SIGTERM, patience, then SIGKILL; a second Ctrl-C ends the patience."""
        for child in self.children:
            child.send(signal.SIGTERM)
        patience_ends_s = time.monotonic() + STOP_S
        while (
            any(child.is_running for child in self.children)
            and time.monotonic() < patience_ends_s
            and self.signals_seen < 2
        ):
            time.sleep(0.05)
        for child in self.children:
            child.sweep_group()
            if child.process is not None:
                child.process.wait()


def accounts_shown(data_dir: Path) -> list[str]:
    """The demonstration's accounts, one a line: role, user, password, separated by tabs."""
    listed = data_dir / "demo-accounts.tsv"
    return listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
