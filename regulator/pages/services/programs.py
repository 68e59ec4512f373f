"""The programs of the system, each with its command: web server, worker, scheduler."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

WEB, WORKER, BEAT = "web", "worker", "beat"


@dataclass(frozen=True)
class Program:
    """A program under the supervisor: its name, its command, what its environment adds."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def web_program() -> Program:
    """gunicorn on 127.0.0.1: a reverse proxy or the person at this machine comes to it."""
    heartbeats = ("--worker-tmp-dir", "/dev/shm") if Path("/dev/shm").is_dir() else ()  # noqa: S108
    return Program(
        WEB,
        (
            *(sys.executable, "-m", "gunicorn", "regulator.wsgi:application"),
            *("--bind", f"127.0.0.1:{settings.PORT}"),
            *("--workers", "2", "--threads", "4", "--preload"),
            *("--timeout", "60", "--graceful-timeout", "5", "--keep-alive", "5"),
            *("--log-level", "warning", "--no-control-socket"),
            *heartbeats,
        ),
    )


def worker_program() -> Program:
    """The Celery worker. SIGTERM gives its tasks a few seconds to commit their chunk."""
    return Program(
        WORKER,
        (
            *_celery("worker"),
            *("--concurrency", str(settings.WORKER_PROCESSES), "-O", "fair"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            *("--loglevel", "WARNING"),
        ),
        {"REMAP_SIGTERM": "SIGQUIT"},
    )


def beat_program() -> Program:
    """The scheduler; its schedule stands in `regulator/celery.py`, its memory in DATA_DIR."""
    return Program(BEAT, (*_celery("beat"), "--loglevel", "WARNING", "--pidfile="))


PROGRAMS = {WEB: web_program, WORKER: worker_program, BEAT: beat_program}


def _celery(command: str) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "celery", "--quiet", "--skip-checks", "-A", "regulator.celery"),
        command,
    )
