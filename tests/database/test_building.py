"""A database built at once is the one that all migrations together make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from regulator.database.guards import missing_guards
from tests.committed import CopyDatabase

ROOT = Path(__file__).resolve().parents[2]
# Their own history left other key types on PostgreSQL than their models have today; both serve.
LIBRARIES = ("auth_", "django_", "axes_")


def _tables(of: BaseDatabaseWrapper) -> dict[str, Any]:
    """Every table with its columns, constraints and indexes, whatever their order."""
    found: dict[str, Any] = {}
    with of.cursor() as cursor:
        for table in of.introspection.table_names(cursor):
            if table.startswith(LIBRARIES):
                continue
            columns = {
                one.name: (one.type_code, one.display_size, one.null_ok, one.default)
                for one in of.introspection.get_table_description(cursor, table)
            }
            held = of.introspection.get_constraints(cursor, table)
            # An inline constraint of SQLite has no name of its own: it is numbered by its place.
            constraints = sorted(
                str(sorted((key, str(value)) for key, value in one.items() if key != "definition"))
                for one in held.values()
            )
            found[table] = (columns, constraints)
    return found


def _triggers(of: BaseDatabaseWrapper) -> dict[str, str]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if of.vendor == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT proname, prosrc FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace"
    )
    with of.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def _applied(of: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    with of.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


@pytest.fixture
def migrated(tmp_path: Path, django_db_blocker: Any) -> Any:
    """A connection to a database that was migrated from nothing, by the command itself."""
    address, settings = f"sqlite:///{tmp_path}/migrated.sqlite3", dict(connection.settings_dict)
    name = f"{tmp_path}/migrated.sqlite3"
    if connection.vendor == "postgresql":
        name = f"migrated_{uuid4().hex[:8]}"
        address = f"{os.environ['TEST_DATABASE_URL'].rpartition('/')[0]}/{name}"
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "regulator.settings.local"
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=540)
    other = connections.create_connection("default")
    other.settings_dict = settings | {"NAME": name}
    with django_db_blocker.unblock():
        yield other
        other.close()
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_what_is_built_at_once_equals_what_migrations_make(
    migrated: BaseDatabaseWrapper, copy_database: CopyDatabase
) -> None:
    with copy_database():
        built, triggers, applied = _tables(connection), _triggers(connection), _applied(connection)
        assert missing_guards(connection) == []
    expected = _tables(migrated)
    assert built.keys() == expected.keys()
    assert [table for table, found in built.items() if found != expected[table]] == []
    assert triggers == _triggers(migrated)
    assert applied == _applied(migrated)
