"""A database of a benchmark's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from regulator.database.building import complete_database


@contextmanager
def own_database(name: str = "") -> Iterator[None]:
    """A new database, guards and functions and all, gone afterwards; `name` is a file on SQLite."""
    test = connection.settings_dict["TEST"]
    test["MIGRATE"] = False
    if name:
        test["NAME"] = name
    held = setup_databases(verbosity=0, interactive=False)
    complete_database(connection)
    try:
        yield
    finally:
        teardown_databases(held, verbosity=0)
