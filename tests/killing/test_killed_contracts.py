"""A list of contracts whose worker is killed has each row once, each contract once."""

from __future__ import annotations

import pytest

from fees.models import Contract, LedgerAccount, RefusedSale
from fees.services.contracts import open_personal_part
from regulator.audit.models import Event
from tests.killing.conftest import FreshDatabase
from tests.killing.contracts import list_of, phone_of
from tests.killing.harness import await_end, kill_at_random, working
from tests.killing.snapshots import broken_chains

pytestmark = [pytest.mark.killing, pytest.mark.timeout(900)]

ROWS = 120
KILLS = 3


def expected(number: int) -> str:
    """What becomes of a row however its job went."""
    return "refused" if number % 5 == 0 or number % 7 == 0 else "added"


def test_a_list_of_contracts_killed_in_the_middle_has_every_row_once(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database():
        upload = list_of(ROWS)
        job = upload.job
        assert job is not None
        with working() as worker:
            hits = kill_at_random(worker, job, times=KILLS, rows=ROWS, longest_s=0.2, seed=20261126)
            await_end([job], within_s=180)
        job.refresh_from_db()
        upload.refresh_from_db()
        assert hits > 0
        assert (job.state, job.cursor, upload.state) == ("done", ROWS, "done")
        numbers = range(2, ROWS + 2)
        assert list(upload.rows.values_list("row_number", "outcome")) == [
            (number, expected(number)) for number in numbers
        ]
        assert_each_once([number for number in numbers if expected(number) == "added"])
        assert broken_chains() == []


def assert_each_once(numbers: list[int]) -> None:
    """One contract, one account in the ledger and one event for each row that went in."""
    contracts = {contract.number: contract for contract in Contract.objects.all()}
    assert sorted(contracts) == sorted(f"HT-{number}" for number in numbers)
    for number in numbers:
        part = open_personal_part(contracts[f"HT-{number}"])
        assert part.guardian_phone == phone_of(number)
    assert LedgerAccount.objects.filter(kind="contract").count() == len(numbers)
    signed = Event.objects.filter(kind="contract.signed").values_list("subject_label", flat=True)
    assert sorted(signed) == sorted(contracts)
    told = Event.objects.filter(kind="contracts.rows_imported")
    assert sum(told.values_list("row_count", flat=True)) == ROWS
    assert RefusedSale.objects.count() == sum(number % 5 == 0 for number in range(2, ROWS + 2))
