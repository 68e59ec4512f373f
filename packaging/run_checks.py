"""`make check`: every check in turn; all run, and the failed ones are named at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
APPS = ("regulator", "institutions", "inspections", "fees")
CODE = (*APPS, "tests", "packaging", "benchmarks", "manage.py")


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]


def checks() -> list[Check]:
    python = sys.executable
    return [
        Check("ruff check", (str(BIN / "ruff"), "check", "--quiet", *CODE)),
        Check("ruff format", (str(BIN / "ruff"), "format", "--check", "--quiet", *CODE)),
        Check("mypy", (python, "-m", "mypy", "--no-error-summary")),
        Check("import-linter", (str(BIN / "lint-imports"), "--no-cache")),
        Check("djlint", (python, "-m", "djlint", "templates", *APPS, "--lint", "--quiet")),
        Check("makemigrations", (python, "manage.py", "makemigrations", "--check", "--dry-run")),
    ]


def passes(check: Check, environment: dict[str, str]) -> bool:
    """Runs a check; what it prints is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"{check.name:<16}{word:<8}{seconds:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="regulator-check-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "regulator.settings.test",
            "DATA_DIR": folder,
        }
        environment.pop("TEST_DATABASE_URL", None)
        failed = [check.name for check in checks() if not passes(check, environment)]
    print("make check: " + ("failed: " + ", ".join(failed) if failed else "all passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
