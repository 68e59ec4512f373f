"""A process that has imported everything: each line it reads kills its worker and forks another.

Starting Python and importing the product takes seconds, a fork takes none: with this, twenty kills
of a whole worker fit into a minute. Celery collects garbage before each process of its pool, which
takes a quarter of a second of computing each; what is frozen here is passed over. What is killed is
what runs in production, a Celery worker with its pool, at the head of a process group of its own.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module

from django.conf import settings
from django.db import connections

from regulator.adapters.processes import end_with_parent
from regulator.celery import app

OPTIONS = ["--quiet", "--skip-checks", "worker", "--include", "tests.killing.tasks"]
OPTIONS += ["--concurrency", "2", "-O", "fair", "--loglevel", "ERROR"]
OPTIONS += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def fork_worker() -> int:
    """A worker that leads its own process group; its process id."""
    connections.close_all()
    nursery = os.getpid()
    child = os.fork()
    if child:
        os.setpgid(child, child)  # here and there: whichever comes first
        return child
    status = 1
    try:
        os.setpgid(0, 0)
        end_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, sys.stdin.fileno())
        os.dup2(nothing, sys.stdout.fileno())
        if os.getppid() == nursery:
            app.worker_main(OPTIONS)
        status = 0
    finally:
        os._exit(status)


def kill_worker(leader: int) -> None:
    """SIGKILL for a worker and its pool alike."""
    os.killpg(leader, signal.SIGKILL)
    os.waitpid(leader, 0)


def main() -> None:
    """Fork on every line, and leave nothing behind when there are no more."""
    app.loader.import_default_modules()
    app.loader.import_task_module("tests.killing.tasks")
    for name in ("celery.apps.worker", "celery.concurrency.asynpool", "celery.worker.consumer"):
        import_module(name)
    if settings.BROKER_URL.startswith("redis"):
        import_module("kombu.transport.redis")
    gc.collect()
    gc.freeze()
    leader = 0
    for _line in sys.stdin:
        if leader:
            kill_worker(leader)
        leader = fork_worker()
        print(leader, flush=True)
    if leader:
        kill_worker(leader)


if __name__ == "__main__":
    main()
