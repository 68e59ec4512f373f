"""Tests that really commit: each gets a copy of the migrated database of its own.

pytest-django's transactional tests flush their tables afterwards, which the append-only guards
refuse. A copy is also what threads and worker processes of a test share.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker


def _copy_sqlite(source: str, folder: Path) -> str:
    target = folder / "committed.sqlite3"
    shutil.copyfile(source, target)
    return str(target)


@contextmanager
def _maintenance() -> Iterator[Any]:
    """A cursor outside the test databases, where databases are made and dropped."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def _copy_postgresql(source: str) -> str:
    target = f"{source}_{uuid4().hex[:8]}"
    with _maintenance() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return target


@contextmanager
def _copied_database(folder: Path) -> Iterator[str]:
    original = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite"
    if is_file:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    copy = _copy_sqlite(original, folder) if is_file else _copy_postgresql(original)
    connection.settings_dict["NAME"] = copy
    try:
        yield copy
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        if not is_file:
            with _maintenance() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


# Read before any test database is made: the name is then changed in place.
_REAL_NAME = str(settings.DATABASES["default"]["NAME"])


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The migrated database that copies are made of.

    pytest-django makes it only where a test of the session asks for its own fixtures; without one
    the connection would still name a real database.
    """
    if str(connection.settings_dict["NAME"]) != _REAL_NAME:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


CopyDatabase = Callable[[], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def copy_database(
    migrated_database: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> CopyDatabase:
    """`with copy_database() as name:` works on a fresh copy of the migrated database."""

    @contextmanager
    def copied() -> Iterator[str]:
        with (
            django_db_blocker.unblock(),
            _copied_database(tmp_path_factory.mktemp("database")) as name,
        ):
            yield name

    return copied


@pytest.fixture
def committed_db(copy_database: CopyDatabase) -> Iterator[str]:
    """The name (PostgreSQL) or path (SQLite) of a database of this test's own."""
    with copy_database() as name:
        yield name
