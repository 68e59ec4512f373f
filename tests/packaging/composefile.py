"""docker-compose.yml read as Compose reads it, then carried over to this machine.

No Docker engine is at hand, so a service's own `command`, `environment` and `healthcheck` are
taken from the file, service names become 127.0.0.1, and volumes become folders.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<rest>[^}]*))?\})")


class UnsetVariable(Exception):
    """`${NAME:?…}` with nothing in the environment: Compose refuses to start."""


class NeverHealthy(Exception):
    """A service's health check did not pass in its own time."""


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """`$$`, `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose fills them in."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found["name"], found["kind"], found["rest"]
        if name is None:
            return "$"
        if variables.get(name):
            return variables[name]
        if kind == ":?":
            raise UnsetVariable(f"{name}: {rest}")
        return rest or ""

    return VARIABLE.sub(value, text)


def filled_in(node: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(node, str):
        return interpolated(node, variables)
    if isinstance(node, list):
        return [filled_in(each, variables) for each in node]
    if isinstance(node, dict):
        return {key: filled_in(each, variables) for key, each in node.items()}
    return node


def seconds(text: str) -> float:
    """`10s` or `1m` as seconds."""
    return float(text[:-1]) * {"s": 1, "m": 60}[text[-1]]


def as_words(command: str | list[str]) -> list[str]:
    return shlex.split(command) if isinstance(command, str) else command


@dataclass(frozen=True)
class Service:
    """A service as this machine runs it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    health_command: list[str]
    interval_seconds: float
    patience_seconds: float


class ComposeFile:
    """The file with its variables filled in and its places mapped to `folder`."""

    def __init__(self, text: str, *, variables: Mapping[str, str], folder: Path) -> None:
        self.services: dict[str, Any] = filled_in(yaml.safe_load(text)["services"], variables)
        self.folder = folder
        self.patience_seconds = float("inf")

    def be_impatient(self, *, seconds: float) -> None:
        """Wait for a health check no longer than this, whatever the file allows."""
        self.patience_seconds = seconds

    def places(self, service: dict[str, Any]) -> dict[str, str]:
        """Path in the container → folder here, for its volumes and its tmpfs."""
        volumes = dict(reversed(each.split(":")[:2]) for each in service.get("volumes", []))
        temporary = {place: f"tmp-{i}" for i, place in enumerate(service.get("tmpfs", []))}
        return {place: str(self.folder / name) for place, name in (volumes | temporary).items()}

    def here(self, text: str, service: dict[str, Any]) -> str:
        """A value as it reads on this machine: hosts are local, volumes are folders."""
        for name in self.services:
            text = re.sub(rf"(?<=[@/]){name}(?=:\d)", "127.0.0.1", text)
        places = self.places(service)
        if not places:
            return text
        known = "|".join(map(re.escape, places))
        return re.sub(rf"(?<![\w./])({known})(?!\w)", lambda found: places[found[1]], text)

    def service(self, name: str) -> Service:
        raw = self.services[name]
        check = raw["healthcheck"]
        kind, *words = check["test"]
        health = words if kind == "CMD" else ["sh", "-c", *words]
        environment = {k: self.here(str(v), raw) for k, v in raw.get("environment", {}).items()}
        for folder in self.places(raw).values():
            Path(folder).mkdir(parents=True, exist_ok=True)
        allowed = seconds(check.get("start_period", "0s"))
        allowed += int(check["retries"]) * seconds(check["interval"])
        return Service(
            name=name,
            command=[self.here(word, raw) for word in as_words(raw.get("command", []))],
            environment=environment,
            health_command=[self.here(word, raw) for word in health],
            interval_seconds=seconds(check["interval"]),
            patience_seconds=min(allowed, self.patience_seconds),
        )


def process_environment(service: Service) -> dict[str, str]:
    """What the container would see, and where this machine keeps its programs: no more."""
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TZ") if name in os.environ}
    return kept | {"PATH": programs, "PYTHONUTF8": "1"} | service.environment


def is_healthy(service: Service) -> bool:
    """One run of the service's own health check."""
    checked = subprocess.run(
        service.health_command,
        cwd=ROOT,
        env=process_environment(service),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return checked.returncode == 0


@contextmanager
def running(service: Service, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The service's own command, started here and waited for until its health check passes."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            service.command,
            cwd=ROOT,
            env=process_environment(service),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_healthy(service, process, log)
            yield process
        finally:
            stop(process)


def wait_until_healthy(service: Service, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + service.patience_seconds
    while time.monotonic() < ends_at:
        if process.poll() is not None:
            break
        if is_healthy(service):
            return
        time.sleep(min(service.interval_seconds, 0.5))
    raise NeverHealthy(f"{service.name}: {log.read_text(errors='replace')[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group as `docker stop` would: asked first, then without asking."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sent)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue
        return
