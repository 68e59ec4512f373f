"""A closure whose payments are killed at five random moments pays what an unkilled one pays."""

from __future__ import annotations

import pytest

from fees.models import ClosureShare, Posting
from fees.selectors.reconciling import differences as ledger_differences
from institutions.models import Paper
from regulator.audit.models import Event
from regulator.jobs.models import Job
from tests.killing.closures import (
    DEPOSIT_FEN,
    OWED_FEN,
    TAKEN_FEN,
    closure_of,
    timeless,
)
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, working
from tests.killing.snapshots import broken_chains, differences, end_state

pytestmark = [pytest.mark.killing, pytest.mark.timeout(600)]

KILLS = 5
CONTRACTS = 40


def test_a_closure_killed_five_times_pays_every_share_once(fresh_database: FreshDatabase) -> None:
    with fresh_database():
        _plan, job = closure_of(CONTRACTS)
        with working():
            await_end([job], within_s=300)
            await_end(list(Job.objects.all()))  # the paper of the claims too
        expected = timeless(end_state())
    with fresh_database():
        plan, job = closure_of(CONTRACTS)
        with working() as worker:
            hits = kill_at_random(
                worker, job, times=KILLS, rows=CONTRACTS, longest_s=0.1, seed=20261126
            )
            await_end([job], within_s=300)
            await_end(list(Job.objects.all()))
        job.refresh_from_db()
        plan.refresh_from_db()
        assert (job.state, job.error_count, job.done_count) == ("done", 0, CONTRACTS)
        assert hits > KILLS // 2
        assert differences(expected, timeless(end_state())) == []
        assert broken_chains() == []
        assert plan.state == "done"
        assert set(ClosureShare.objects.values_list("state", flat=True)) == {"paid"}
        paid_fen = sum(Posting.objects.filter(rule="refund").values_list("amount_fen", flat=True))
        assert paid_fen == CONTRACTS * (OWED_FEN - TAKEN_FEN) + DEPOSIT_FEN
        assert Event.objects.filter(kind="ledger.closure").count() == CONTRACTS
        assert Paper.objects.filter(kind="claim_list").count() == 1
        assert [one.code for one in ledger_differences() if one.code == "balance_differs"] == []
