"""Rows are held against the whole workbook above them, also after the job was interrupted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from institutions.models import FilingUpload
from institutions.tasks import filings as task
from regulator.jobs.models import Job
from regulator.jobs.services import run_here

pytestmark = pytest.mark.django_db
TEACHER = {"授课教师": "王明", "资格证书号": "20145164179330777"}
ALONE = {"班级名称": "小学四年级数学培训班", "上课时间": "18:30-20:00"}


def _rules(upload: FilingUpload) -> list[list[str]]:
    rows = upload.rows.order_by("row_number")
    return [[one["rule"] for one in row.findings if one["rule"] == "STAFF-DOUBLE"] for row in rows]


@pytest.fixture(autouse=True)
def _chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "CHUNK_ROWS", 2)


def test_a_teacher_of_the_first_chunk_is_met_again_in_the_third(
    upload: Callable[..., FilingUpload],
) -> None:
    rows = [ALONE | TEACHER, ALONE, dict(ALONE), dict(ALONE), ALONE | TEACHER | {"班次": "二班"}]
    rows[1:4] = [row | {"班级名称": f"{row['班级名称']}{n}"} for n, row in enumerate(rows[1:4])]
    done = upload(*rows)
    assert _rules(done) == [[], [], [], [], ["STAFF-DOUBLE"]]
    finding = next(
        one for one in done.rows.get(row_number=6).findings if one["rule"] == "STAFF-DOUBLE"
    )
    assert finding["params"]["label"] == "小学四年级数学培训班（第2行）"


def test_a_job_that_goes_on_remembers_the_rows_it_judged_before(
    upload: Callable[..., FilingUpload], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, calls = task.keep_screened_rows, []

    def once_then_die(**given: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        keep(**given)

    monkeypatch.setattr(task, "keep_screened_rows", once_then_die)
    rows = [ALONE | TEACHER, ALONE | {"班级名称": "小学四年级数学提高班"}, ALONE | TEACHER]
    with pytest.raises(KeyboardInterrupt):
        upload(*rows)
    monkeypatch.setattr(task, "keep_screened_rows", keep)
    job = Job.objects.latest("pk")
    assert job.cursor == 2
    Job.objects.filter(pk=job.pk).update(state="queued", lease_expires_at=None)
    run_here(Job.objects.get(pk=job.pk))
    assert _rules(FilingUpload.objects.latest("pk")) == [[], [], ["STAFF-DOUBLE"]]
