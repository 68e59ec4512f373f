"""manage.py rewrap_keys: after a new master key was put first in FIELD_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from regulator.database.sealing import rewrap_keys


class Command(BaseCommand):
    """Wraps every data key under the first master key; the sealed values stay as they are."""

    help = "用 FIELD_KEYS 里的第一把主密钥重新包裹所有数据密钥；完成后才可以去掉旧主密钥。"

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rewrap_keys()
        self.stdout.write(f"已重新包裹 {changed} 把数据密钥。")
