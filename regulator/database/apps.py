from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from regulator.database.guards import check_guards


class DatabaseConfig(AppConfig):
    """The room of guards and sealed fields; its only table holds wrapped data keys."""

    name = "regulator.database"
    label = "database"
    verbose_name = "数据库"

    def ready(self) -> None:
        checks.register(check_guards, checks.Tags.database)
