"""`manage.py open_bureau`: the first start of a bureau in production, where nothing is seeded."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from regulator.processes.opening import open_bureau

ENTERED_BY = "ADMINISTRATOR_PASSWORD"


class Command(BaseCommand):
    """Loads the reference data and appoints the first administrator; refuses a second time."""

    help = (
        "新启用：载入区划、部门和校历，任命第一位管理员。"
        f"口令从终端输入，或取自环境变量 {ENTERED_BY}。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--division", default=settings.DIVISION, help="区划代码（六位）")
        parser.add_argument("--username", required=True, help="管理员的登录名")
        parser.add_argument("--name", required=True, help="管理员的姓名")

    def handle(self, *_args: Any, **options: Any) -> None:
        password = os.environ.get(ENTERED_BY) or getpass("管理员口令：")
        try:
            user = open_bureau(
                division=options["division"],
                username=options["username"],
                name=options["name"],
                password=password,
                actor=SYSTEM,
                at=timezone.now(),
            )
        except Refused as error:
            raise CommandError(
                "已有用户，不能再次启用；请由现有管理员任命。", returncode=1
            ) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages), returncode=2) from error
        self.stdout.write(f"已启用。请用 {user.username} 登录，按清单补齐校历、学期和受理时限。")
