"""Tests that really commit: each gets a copy of the migrated database of its own.

pytest-django's transactional tests flush their tables afterwards, which the append-only guards
refuse. A copy is also what threads and worker processes of a test share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from regulator.database.building import complete_database
from tests.copying import Copies

# Read before any test database is made: the name is then changed in place.
_REAL_NAME = str(settings.DATABASES["default"]["NAME"])


def _is_made() -> bool:
    """Whether the connection names a database of the tests' own."""
    return str(connection.settings_dict["NAME"]) != _REAL_NAME


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """pytest-django's database, if it made one, with what migrations would add to its tables."""
    if _is_made():
        with django_db_blocker.unblock():
            complete_database(connection)


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The migrated database that copies are made of.

    pytest-django makes it only where a test of the session asks for its own fixtures; without one
    the connection would still name a real database.
    """
    if _is_made():
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        complete_database(connection)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


CopyDatabase = Callable[[], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def copy_database(
    migrated_database: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[CopyDatabase]:
    """`with copy_database() as name:` works on a fresh copy of the migrated database."""
    copies = Copies()

    @contextmanager
    def copied() -> Iterator[str]:
        with (
            django_db_blocker.unblock(),
            copies.one(tmp_path_factory.mktemp("database")) as name,
        ):
            yield name

    yield copied
    copies.drop()


@pytest.fixture
def committed_db(copy_database: CopyDatabase) -> Iterator[str]:
    """The name (PostgreSQL) or path (SQLite) of a database of this test's own."""
    with copy_database() as name:
        yield name
