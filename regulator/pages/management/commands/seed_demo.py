"""manage.py seed_demo: a whole fictional district, on the demonstration's clock."""

from __future__ import annotations

import sys
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from regulator.accounts.models import User
from regulator.pages.services.seed import TODAY, Sizes, seed_district

_FILINGS_PER_INSTITUTION = 3000 / 420


class Command(BaseCommand):
    """Exit 0 done; 2 when the settings or the database do not allow it."""

    help = f"生成虚构的演示区（演示日期 {TODAY}）。只在空库、且不在生产环境时运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institutions", type=int, default=420, help="机构数（默认 420）")
        parser.add_argument("--seed", type=int, default=2026, help="随机种子（默认 2026）")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            self.refuse("生产环境不得生成演示数据。")
        if User.objects.exists():
            self.refuse("数据库里已经有数据：演示区只能建在空库里。")
        if not 10 <= options["institutions"] <= 5000:
            self.refuse("--institutions 应在 10 到 5000 之间。")
        count = options["institutions"]
        sizes = Sizes(institutions=count, filings=round(count * _FILINGS_PER_INSTITUTION))
        self.prepare()
        seed_district(division=settings.DIVISION, sizes=sizes, seed=options["seed"], say=self.say)

    def prepare(self) -> None:
        """Jobs run here, one after another: their wake-up calls need not reach the real broker.

        A seeding that is broken off starts anew, so SQLite need not wait for the disk.
        """
        current_app.conf.broker_url = "memory://localhost/"
        current_app.loader.import_default_modules()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=OFF")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(2)
