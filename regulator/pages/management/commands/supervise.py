"""`manage.py supervise web worker beat`: everything that serves, under one process manager."""

from __future__ import annotations

import socket
import sys
import threading
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from regulator.jobs.services import sweep_jobs
from regulator.pages.services.programs import BEAT, PROGRAMS, WEB
from regulator.pages.services.supervisor import (
    ProgramsCannotStart,
    Supervisor,
    accounts_shown,
)

log = structlog.get_logger(__name__)


def sweep_until(stopping: threading.Event) -> None:
    """Call up lost jobs every JOB_SWEEP_SECONDS; runs where the scheduler runs."""
    while True:
        close_old_connections()
        try:
            sweep_jobs(at=timezone.now())
        except Exception as error:  # noqa: BLE001  a busy database must not end the sweeping
            log.warning("sweep_failed", error=type(error).__name__)
        if stopping.wait(settings.JOB_SWEEP_SECONDS):
            return


def answers() -> bool:
    """Whether the web server says that it is well."""
    address = f"http://127.0.0.1:{settings.PORT}/healthz/"
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def is_port_taken() -> bool:
    """Whether another program listens where the web server would."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", settings.PORT)) == 0


class Command(BaseCommand):
    """Starts the named programs, restarts what dies, stops all on Ctrl-C."""

    help = "启动并看护网页服务、任务处理和定时任务；Ctrl-C 全部停止。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programs", nargs="+", choices=sorted(PROGRAMS), metavar="PROGRAM")

    def handle(self, *_args: Any, **options: Any) -> None:
        names = [name for name in PROGRAMS if name in options["programs"]]
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        if WEB in names and is_port_taken():
            raise CommandError(
                f"端口 {settings.PORT} 已被别的程序占用。换一个端口启动，例如 PORT=8001 make run。",
                returncode=2,
            )
        supervisor = Supervisor(
            [PROGRAMS[name]() for name in names],
            is_ready=answers if WEB in names else lambda: True,
            on_ready=self.tell_ready if WEB in names else lambda: None,
            chores=[sweep_until] if BEAT in names else [],
        )
        try:
            supervisor.run()
        except ProgramsCannotStart as error:
            raise CommandError(f"{error} 反复启动失败，原因见上面的输出。", returncode=3) from error

    def tell_ready(self) -> None:
        """What `make run` promises: the address, then one line a role."""
        self.stdout.write(f"ready http://127.0.0.1:{settings.PORT}/")
        for line in accounts_shown(Path(settings.DATA_DIR)):
            self.stdout.write(line)
        self.stdout.flush()
        sys.stdout.flush()
