"""After every test of journeys: the state of everything is what its last event tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from regulator.pages.selectors.invariants import STATED, state_violations


@pytest.fixture(autouse=True)
def _states_are_told(request: pytest.FixtureRequest) -> Iterator[None]:
    uses_database = {"db", "district", "make_actor", "login_as"} & set(request.fixturenames)
    if uses_database:
        request.getfixturevalue("db")
    yield
    if uses_database:
        assert [one for table in STATED for one in state_violations(table)] == []
