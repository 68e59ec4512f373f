"""`make test`: pure tests once, the rest on SQLite, and again on PostgreSQL and Redis where named.

Phases that take every core run one after another; then the browser's (once, on PostgreSQL where it
is named) beside those that kill and wait. Set REQUIRE_ALL=1 (.ci/run does) to fail unless both
databases and the browser ran. The last line is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.marking import chromium_path, pure_folders  # noqa: E402

NO_TESTS = 5
PROCESSES = ("-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "loadgroup")

# Neither the plugin nor a conftest, which may import models: pure tests stand on nothing.
WITHOUT_DJANGO = ("-p", "no:django", "--noconftest", "-p", "tests.marking")


@dataclass(frozen=True)
class Phase:
    """One pytest run: what it is called at the end, what it selects, in which environment."""

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def takes_every_core(self) -> bool:
        return PROCESSES[0] in self.arguments


@dataclass(frozen=True)
class Outcome:
    phase: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    failures: tuple[str, ...] = ()

    @property
    def ran(self) -> bool:
        return self.passed + self.failed > 0


def servers() -> dict[str, str]:
    """The databases and brokers named for tests, empty where none is."""
    names = ("TEST_DATABASE_URL", "TEST_BROKER_URL")
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def server_label(named: dict[str, str]) -> str:
    database = "PostgreSQL" if "TEST_DATABASE_URL" in named else "SQLite"
    return database + (" and Redis" if "TEST_BROKER_URL" in named else " and the file broker")


def phases() -> list[Phase]:
    """What is to run, in order: the quick first."""
    named = servers()
    rest = "not pure and not browser and not killing and not compose"
    planned = [
        Phase("pure", (*WITHOUT_DJANGO, *PROCESSES, "-m", "pure", *map(str, pure_folders()))),
        Phase("SQLite and the file broker", (*PROCESSES, "-m", rest)),
        Phase("SQLite and the file broker, killing", ("-m", "killing and not browser")),
    ]
    if named:
        label = server_label(named)
        planned += [
            Phase(label, (*PROCESSES, "-m", rest), named),
            Phase(f"{label}, killing", ("-m", "killing and not browser"), named),
            Phase(f"{label}, compose", ("-m", "compose"), named),
        ]
    browser_on = server_label(named) if named else "SQLite and the file broker"
    return [*planned, Phase(f"browser, on {browser_on}", ("-m", "browser"), named)]


def counted(report: Path, *, phase: str, status: int, seconds: float) -> Outcome:
    """The counts of a JUnit report; a run that broke without one is a failure."""
    if not report.exists():
        return Outcome(phase, 0, 0 if status == NO_TESTS else 1, 0, seconds)
    suite = next(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest wrote it
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    broke = status not in (0, 1, NO_TESTS) and failed == 0
    failures = tuple(
        f"{case.get('classname')}::{case.get('name')}"
        for case in suite.iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    )
    passed = max(total - failed - skipped, 0)
    return Outcome(phase, passed, failed + broke, skipped, seconds, failures)


def run(phase: Phase, folder: Path) -> Outcome:
    """Runs one phase in an environment that names no server but the phase's own.

    One that shares the machine says what it has to say at its end.
    """
    if phase.takes_every_core:
        print(f"\n=== {phase.name} ===", flush=True)
    report = folder / f"{phase.name.replace(' ', '-')}.xml"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TEST_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "regulator.settings.test", "TMPDIR": str(folder)}
    environment |= phase.environment
    for name in ("DATABASE_URL", "BROKER_URL", "DATA_DIR", "SECRET_KEY", "FIELD_KEYS"):
        environment.pop(name, None)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *phase.arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=None if phase.takes_every_core else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if not phase.takes_every_core:
        print(f"\n=== {phase.name} ===\n{done.stdout}", flush=True)
    return counted(report, phase=phase.name, status=done.returncode, seconds=seconds)


def run_all(folder: Path) -> list[Outcome]:
    """Every phase; of those with one process each, the browser's beside the others."""
    planned = phases()
    outcomes = [run(phase, folder) for phase in planned if phase.takes_every_core]
    single = [phase for phase in planned if not phase.takes_every_core]
    with ThreadPoolExecutor(2) as lanes:
        both = lanes.map(
            lambda lane: [run(each, folder) for each in lane], (single[:-1], single[-1:])
        )
        return [*outcomes, *(each for lane in both for each in lane)]


def not_run(outcomes: list[Outcome]) -> list[str]:
    """What did not run on this machine, each with its reason."""
    named = servers()
    reasons = []
    if "TEST_DATABASE_URL" not in named:
        reasons.append("PostgreSQL: TEST_DATABASE_URL names none")
    if "TEST_BROKER_URL" not in named:
        reasons.append("Redis: TEST_BROKER_URL names none")
    if chromium_path() is None:
        reasons.append("browser tests: no Chromium on this machine")
    elif not any(each.ran for each in outcomes if each.phase.startswith("browser")):
        reasons.append("browser tests: none ran")
    return reasons


def say(outcomes: list[Outcome]) -> int:
    """The account of the run; the exit status."""
    print("\nRan:")
    for each in outcomes:
        print(
            f"  {each.phase:<42}{each.passed:>6} passed{each.failed:>5} failed"
            f"{each.skipped:>5} skipped{each.seconds:>7.0f} s"
        )
    for each in outcomes:
        for name in each.failures:
            print(f"Failed: {name} ({each.phase})")
    missing = not_run(outcomes)
    for reason in missing:
        print(f"Not run: {reason}")
    failed = sum(each.failed for each in outcomes)
    incomplete = bool(missing) and os.environ.get("REQUIRE_ALL") == "1"
    if incomplete:
        print("REQUIRE_ALL=1: both databases and the browser must run.")
    passed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or incomplete or not passed else 0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="regulator-tests-") as folder:
        return say(run_all(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
