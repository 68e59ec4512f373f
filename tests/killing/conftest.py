"""Databases that really commit, one for each run that is compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from regulator.accounts.services import load_departments, load_divisions
from regulator.kernel.actors import SYSTEM
from tests.committed import CopyDatabase
from tests.district import AT, DIVISION
from tests.killing.harness import LEASE_S, forget_broker, lose_messages

FreshDatabase = CopyDatabase


@pytest.fixture
def fresh_database(
    copy_database: CopyDatabase, django_db_blocker: DjangoDbBlocker, settings: Any
) -> Iterator[FreshDatabase]:
    """`with fresh_database():` a migrated copy with divisions and departments, an empty broker."""
    settings.JOB_LEASE_SECONDS = LEASE_S
    settings.JOB_MAX_ATTEMPTS = 25

    @contextmanager
    def fresh() -> Iterator[str]:
        with copy_database() as name:
            load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
            load_departments(actor=SYSTEM, at=AT, division=DIVISION)
            lose_messages()
            yield name

    with django_db_blocker.unblock():
        yield fresh
        forget_broker()
