"""The screening of an upload that is killed ends as one that never was."""

from __future__ import annotations

import pytest

from institutions.models import UploadRow
from institutions.services.filings_cells import whole_cells
from regulator.audit.models import Event
from tests.killing.conftest import FreshDatabase
from tests.killing.harness import await_end, kill_at_random, working
from tests.killing.snapshots import broken_chains, differences, end_state
from tests.killing.uploads import certificate_of, classes, upload_of

pytestmark = pytest.mark.timeout(900)

ROWS = 120
KILLS = 3
LONGEST_S = 0.2


def test_an_upload_killed_in_the_middle_has_every_row_once(fresh_database: FreshDatabase) -> None:
    data = classes(ROWS)
    with fresh_database():
        unkilled = upload_of(data)
        assert unkilled.job is not None
        with working():
            await_end([unkilled.job], within_s=120)
        expected = end_state()
    with fresh_database():
        upload = upload_of(data)
        job = upload.job
        assert job is not None
        with working() as worker:
            hits = kill_at_random(
                worker, job, times=KILLS, rows=ROWS, longest_s=LONGEST_S, seed=20261123
            )
            await_end([job], within_s=120)
        job.refresh_from_db()
        upload.refresh_from_db()
        assert hits > 0
        assert (job.state, job.cursor, upload.state) == ("done", ROWS, "screened")
        assert differences(expected, end_state()) == []
        assert broken_chains() == []
        assert_sealed_once()


def assert_sealed_once() -> None:
    """Each row is there once with its own number, and the events count them all."""
    rows = list(UploadRow.objects.all())
    assert [row.row_number for row in rows] == list(range(2, ROWS + 2))
    for row in rows:
        assert whole_cells(row)["资格证书号"] == certificate_of(row.row_number)
    told = Event.objects.filter(kind="filing.rows_screened").values_list("row_count", flat=True)
    assert (sum(told), len(told)) == (ROWS, ROWS // 10)
