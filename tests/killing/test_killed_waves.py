"""A proposing job that is killed many times proposes what an unkilled one does, and once."""

from __future__ import annotations

import pytest

from institutions.models import Journey, WaveMember
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, working
from tests.killing.snapshots import broken_chains, differences, end_state
from tests.killing.waves import wave_job

pytestmark = pytest.mark.timeout(900)

MEMBERS = 400
KILLS = 8
LONGEST_S = 0.3


def test_proposals_killed_many_times_are_those_of_an_unkilled_run(
    fresh_database: FreshDatabase,
) -> None:
    with fresh_database():
        unkilled = wave_job(MEMBERS)
        with working():
            await_end([unkilled], within_s=120)
        expected = end_state()
    with fresh_database():
        job = wave_job(MEMBERS)
        with working() as worker:
            hits = kill_at_random(
                worker, job, times=KILLS, rows=MEMBERS, longest_s=LONGEST_S, seed=20261122
            )
            await_end([job], within_s=120)
        job.refresh_from_db()
        assert (job.state, job.cursor, job.error_count) == ("done", MEMBERS, 0)
        assert hits > 0
        assert differences(expected, end_state()) == []
        assert broken_chains() == []
        assert Journey.objects.filter(kind="missed_deadline").count() == MEMBERS * 9 // 10
        assert WaveMember.objects.filter(standing="spared").count() == MEMBERS // 10
