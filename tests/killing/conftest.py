"""Databases that really commit, one for each run that is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from regulator.accounts.services import load_departments, load_divisions
from regulator.kernel.actors import SYSTEM
from tests.committed import copied_database
from tests.district import AT, DIVISION
from tests.killing.harness import LEASE_S, forget_broker, lose_messages

FreshDatabase = Callable[[], AbstractContextManager[str]]


@pytest.fixture
def fresh_database(
    migrated_database: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path, settings: Any
) -> Iterator[FreshDatabase]:
    """`with fresh_database():` a migrated copy with divisions and departments, an empty broker."""
    settings.JOB_LEASE_SECONDS = LEASE_S
    settings.JOB_MAX_ATTEMPTS = 25
    folders = iter(range(100))

    @contextmanager
    def fresh() -> Iterator[str]:
        folder = tmp_path / f"copy{next(folders)}"
        folder.mkdir()
        with copied_database(folder) as name:
            load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
            load_departments(actor=SYSTEM, at=AT, division=DIVISION)
            lose_messages()
            yield name

    with django_db_blocker.unblock():
        yield fresh
    forget_broker()
