"""Fails any transaction that writes a business table without an audit event.

Exempt tables are named here and, with their reasons, in the threat model (SECURITY.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.transaction import Atomic

# Django's and axes' own tables, wake-ups and leases of jobs, wrapped data keys, the chain itself.
EXEMPT_PREFIXES = ("django_", "auth_", "axes_", "jobs_", "database_", "audit_")
_WRITE = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)


def business_tables() -> frozenset[str]:
    """The tables whose every change is an audit event."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return frozenset(table for table in tables if not table.startswith(EXEMPT_PREFIXES))


class Ledger:
    """What the outermost transaction of the code under test has written so far."""

    def __init__(self) -> None:
        self.business = business_tables()
        self.depth = 0
        self.excused = 0
        self.written: set[str] = set()
        self.audited = False

    def note(self, sql: str) -> None:
        """Remember a write."""
        match = _WRITE.match(sql)
        if match is None or self.depth == 0 or self.excused:
            return
        table = match[1]
        if table == "audit_event":
            self.audited = True
        elif table in self.business:
            self.written.add(table)

    def leave(self, *, failed: bool) -> None:
        """The outermost transaction ends: its writes had an event, or it was rolled back."""
        written, audited = sorted(self.written), self.audited
        self.written, self.audited = set(), False
        if written and not audited and not failed:
            pytest.fail(f"A transaction wrote {', '.join(written)} without an audit event.")


_ledger: Ledger | None = None


@contextmanager
def unaudited() -> Iterator[None]:
    """For a test's own set-up that writes rows past the services."""
    if _ledger is None:
        yield
        return
    _ledger.excused += 1
    try:
        yield
    finally:
        _ledger.excused -= 1


def _record(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
    if _ledger is not None:
        _ledger.note(str(sql))
    return execute(sql, *rest)


@pytest.fixture(autouse=True)
def _audited_transactions(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    global _ledger  # noqa: PLW0603  one test at a time in a process
    if not {"db", "transactional_db", "committed_db", "copy_database"} & set(request.fixturenames):
        yield
        return
    _ledger = Ledger()
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entering(atomic: Atomic) -> None:
        if _ledger is not None and not atomic._from_testcase:
            _ledger.depth += 1
        enter(atomic)

    def leaving(atomic: Atomic, kind: Any, value: Any, trace: Any) -> None:
        leave(atomic, kind, value, trace)
        if _ledger is not None and not atomic._from_testcase:
            _ledger.depth -= 1
            if _ledger.depth == 0:
                _ledger.leave(failed=kind is not None)

    monkeypatch.setattr(Atomic, "__enter__", entering)
    monkeypatch.setattr(Atomic, "__exit__", leaving)
    with connection.execute_wrapper(_record):
        yield
    _ledger = None
