"""`manage.py prepare`: database and static files made ready to serve; quick when they are."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from regulator.database.building import build_database, is_bare
from regulator.database.guards import install_guards, missing_guards
from regulator.pages.selectors.demonstration import is_misplaced_demonstration

SEEDING_MARK = "seeding"
STATIC_STAMP = ".sources.sha256"
# htmx extensions that we do not load; one of them imports a module that is not shipped.
UNSERVED = ("django_htmx/ext/*",)


def pending_migrations() -> bool:
    """Whether the database lacks a migration that the code has."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_digest() -> str:
    """What the static sources are: name, size and time of every file, as one SHA-256."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_empty() -> bool:
    """Whether nobody can log in yet: a database that was only migrated."""
    return not get_user_model().objects.exists()


def seed_apart(institutions: int) -> None:
    """Seed in a process of its own: it turns the broker off and takes much memory."""
    command = [sys.executable, "manage.py", "seed_demo", f"--institutions={institutions}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise CommandError("演示数据没有生成，原因见上面的输出。", returncode=3)


class Command(BaseCommand):
    """Migrates, compares the guards, collects static files, and locally seeds an empty database."""

    help = "准备数据库与静态文件：有变化才做，做完即可启动服务。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--then",
            nargs="+",
            default=[],
            metavar="PROGRAM",
            help="准备好之后在同一进程中启动的程序：web worker beat",
        )
        parser.add_argument(
            "--institutions", type=int, default=420, help="演示区的机构数（默认 420）"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        os.umask(0o077)
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        self.discard_half_seeded()
        self.migrate()
        self.refuse_fiction()
        self.compare_guards()
        self.collect_static()
        self.seed(options["institutions"])
        # In this very process: a second start of the interpreter would cost a second.
        if options["then"]:
            connections.close_all()
            call_command("supervise", *options["then"])

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def discard_half_seeded(self) -> None:
        """A seeding that was broken off leaves half a district: the embedded file is made anew."""
        mark = Path(settings.DATA_DIR) / SEEDING_MARK
        if not mark.exists() or connection.vendor != "sqlite":
            return
        with mark.open("w") as held:
            self.hold(held)
            self.say("上次生成演示数据时中断，重新建立演示数据库。")
            for suffix in ("", "-wal", "-shm"):
                Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
            mark.unlink()

    def hold(self, mark: TextIO) -> None:
        """Whoever seeds holds the mark's lock; a second start must not take the database away."""
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("另一个进程正在生成演示数据，请等它完成。", returncode=2) from error

    def migrate(self) -> None:
        if is_bare(connection):
            self.say("建立数据库……")
            build_database(connection)
        elif pending_migrations():
            self.say("更新数据库结构……")
            call_command("migrate", interactive=False, verbosity=0)

    def refuse_fiction(self) -> None:
        """Production never serves a fictional district."""
        if is_misplaced_demonstration():
            raise CommandError("数据库里是演示数据，不能作为正式系统启动：请换一个空的数据库。")

    def compare_guards(self) -> None:
        """Guards that a rebuilt table lost are installed again, and that is said aloud."""
        missing = missing_guards(connection)
        if missing:
            self.stderr.write("缺少只增不改的数据库防护，现补装：" + "、".join(missing))
            install_guards(connection)

    def collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
        digest = static_digest()
        if stamp.exists() and stamp.read_text() == digest:
            return
        self.say("整理静态文件……")
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            clear=True,
            ignore_patterns=list(UNSERVED),
        )
        stamp.write_text(digest)

    def seed(self, institutions: int) -> None:
        if not settings.DEMONSTRATION or not is_empty():
            return
        self.say("数据库是空的：生成演示区数据（只此一次，约需几分钟）……")
        mark = Path(settings.DATA_DIR) / SEEDING_MARK
        with mark.open("w") as held:
            self.hold(held)
            seed_apart(institutions)
            mark.unlink()
