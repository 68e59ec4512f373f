"""How PostgreSQL lays wide rows: whole in their page, where they are written by the thousand.

Beyond two kilobytes it would compress a row and put parts of it elsewhere, which costs an upload a
tenth of its time. No other engine knows the setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations

WRITTEN_BY_THE_THOUSAND = ("institutions_uploadrow",)
_WHOLE = 8160  # bytes: what a page holds


def keep_rows_whole(connection: Any) -> None:
    """Tell PostgreSQL to leave the rows of these tables uncompressed and in one piece."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in WRITTEN_BY_THE_THOUSAND:
                cursor.execute(f"ALTER TABLE {table} SET (toast_tuple_target = {_WHOLE})")


class KeepRowsWhole(migrations.RunPython):
    """The same in a migration."""

    def __init__(self) -> None:
        super().__init__(_keep, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Written in a migration without arguments."""
        return (self.__class__.__name__, [], {})


def _keep(apps: Any, schema_editor: Any) -> None:
    keep_rows_whole(schema_editor.connection)
