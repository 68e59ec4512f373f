"""Tests that really commit: each gets a copy of the migrated database of its own.

pytest-django's transactional tests flush their tables afterwards, which the append-only guards
refuse. A copy is also what threads and worker processes of a test share.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


def _copy_sqlite(source: str, folder: Path) -> str:
    target = folder / "committed.sqlite3"
    shutil.copyfile(source, target)
    return str(target)


@contextmanager
def _maintenance() -> Iterator[object]:
    """A cursor outside the test databases, where databases are made and dropped."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def _copy_postgresql(source: str) -> str:
    target = f"{source}_{uuid4().hex[:8]}"
    with _maintenance() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return target


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[str]:
    """The name (PostgreSQL) or path (SQLite) of a database of this test's own."""
    with django_db_blocker.unblock():
        original = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        is_file = connection.vendor == "sqlite"
        copy = _copy_sqlite(original, tmp_path) if is_file else _copy_postgresql(original)
        connection.settings_dict["NAME"] = copy
        try:
            yield copy
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original
            if not is_file:
                with _maintenance() as cursor:
                    cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
