"""A real district on a port of its own: seeded, and served by the supervisor's own processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """Where the district answers, its data, and role → (user, password)."""

    url: str
    data_dir: Path
    logins: dict[str, tuple[str, str]]
    environment: dict[str, str]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A management command on the very same data."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def database_url() -> Iterator[str]:
    """A PostgreSQL database of its own where one is named, else nothing (SQLite in DATA_DIR)."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    if not named:
        yield ""
        return
    parts = urlsplit(named)
    name = f"regulator_browser_{uuid4().hex[:8]}"
    admin = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def wait_until_ready(url: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Return once /healthz/ answers; fail with what the processes said."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at and process.poll() is None:
        try:
            with urlopen(f"{url}/healthz/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the district never answered at {url}")


def read_logins(data_dir: Path) -> dict[str, tuple[str, str]]:
    """Role → (user, password), as `make run` prints them."""
    lines = (data_dir / "demo-accounts.tsv").read_text(encoding="utf-8").splitlines()
    return {role: (user, word) for role, user, word in (line.split("\t") for line in lines)}


@contextmanager
def served_district(data_dir: Path, *, institutions: int) -> Iterator[Served]:
    """Prepare and serve with web, worker and beat; everything ends with the block."""
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TEST_")}
    with database_url() as database:
        environment = kept | {
            "DJANGO_SETTINGS_MODULE": "regulator.settings.local",
            "DATA_DIR": str(data_dir),
            "PORT": str(port),
            "DATABASE_URL": database,
            "BROKER_URL": os.environ.get("TEST_BROKER_URL", "") or "filesystem://",
        }
        subprocess.run(
            [sys.executable, "manage.py", "prepare", f"--institutions={institutions}"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        url = f"http://127.0.0.1:{port}"
        with (data_dir / "served.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "supervise", "web", "worker", "beat"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                wait_until_ready(url, process, 180)
                yield Served(url, data_dir, read_logins(data_dir), environment)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=30)
