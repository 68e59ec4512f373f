"""Copies of the migrated database: a file on SQLite; on PostgreSQL a database that is used again.

To make and drop a database there costs two checkpoints, some five seconds where the disk is slow;
a copy is therefore emptied after a test and kept for the next. One whose schema or shipped rows
were changed is dropped instead.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg.rows import scalar_row
from psycopg.sql import SQL, Identifier

# What migrations leave in a database; every other table is empty in a fresh copy.
SHIPPED = ("django_migrations", "django_content_type", "auth_permission")
_WHERE = ("user", "password", "host", "port")
_ENDS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_NAMES = """SELECT relname FROM pg_class
    WHERE relkind = %s AND relnamespace = 'public'::regnamespace"""
_SCHEMA = """SELECT (SELECT count(*) FROM pg_attribute) || '/' || (SELECT count(*) FROM pg_trigger)
    || '/' || (SELECT count(*) FROM pg_constraint) || '/' || (SELECT count(*) FROM pg_proc)"""


def _copy_file(source: str, folder: Path) -> str:
    target = folder / "committed.sqlite3"
    shutil.copyfile(source, target)
    return str(target)


@contextmanager
def _server(name: str) -> Iterator[Any]:
    """A cursor past Django, whose connections pytest-django may block meanwhile."""
    given = connection.settings_dict
    where: dict[str, Any] = {key: given[key.upper()] or None for key in _WHERE}
    with (
        psycopg.connect(dbname=name, autocommit=True, **where) as server,
        server.cursor(row_factory=scalar_row) as cursor,
    ):
        yield cursor


def _fingerprint(cursor: Any) -> list[Any]:
    """The schema in counts, and how many shipped rows there are."""
    found = [cursor.execute(_SCHEMA).fetchone()]
    for table in SHIPPED:
        counting = SQL("SELECT count(*) FROM {}").format(Identifier(table))
        found.append(cursor.execute(counting).fetchone())
    return found


def _empty(cursor: Any) -> None:
    """Every row a test left, past guards and foreign keys; numbers begin anew."""
    cursor.execute(_ENDS)
    numbers_of_shipped = {f"{table}_id_seq" for table in SHIPPED}
    with cursor.connection.transaction():
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in set(cursor.execute(_NAMES, ["r"]).fetchall()) - set(SHIPPED):
            cursor.execute(SQL("DELETE FROM {}").format(Identifier(table)))
        for sequence in set(cursor.execute(_NAMES, ["S"]).fetchall()) - numbers_of_shipped:
            cursor.execute("SELECT setval(%s::regclass, 1, false)", [f'"{sequence}"'])


class Copies:
    """The copies of one pytest process: `with copies.one(folder) as name`, at last `drop`."""

    def __init__(self) -> None:
        self.free: list[str] = []
        self.fresh: list[Any] = []

    @contextmanager
    def one(self, folder: Path) -> Iterator[str]:
        """The connection stands on a copy of the database it stood on."""
        original = str(connection.settings_dict["NAME"])
        is_file = connection.vendor == "sqlite"
        if is_file:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        name = _copy_file(original, folder) if is_file else self._taken(original)
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original
            if not is_file:
                self._give_back(name)

    def drop(self) -> None:
        """Every copy that is left."""
        for name in self.free:
            self._drop(name)

    def _taken(self, original: str) -> str:
        if self.free:
            return self.free.pop()
        name = f"{original}_{uuid4().hex[:8]}"
        with _server("postgres") as cursor:
            copying = SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(copying.format(Identifier(name), Identifier(original)))
        if not self.fresh:
            with _server(name) as cursor:
                self.fresh = _fingerprint(cursor)
        return name

    def _give_back(self, name: str) -> None:
        with _server(name) as cursor:
            _empty(cursor)
            as_before = _fingerprint(cursor) == self.fresh
        if as_before:
            self.free.append(name)
        else:
            self._drop(name)

    @staticmethod
    def _drop(name: str) -> None:
        with _server("postgres") as cursor:
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
