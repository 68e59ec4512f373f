"""An uploaded workbook is screened row by row, and a row is corrected cell by cell."""

from __future__ import annotations

import pytest

from institutions.models import Filing, FilingUpload, UploadRow
from institutions.services.filings_cells import whole_cells
from institutions.services.filings_submission import submit_rows
from institutions.services.filings_upload import correct_row, keep_screened_rows, upload_filings
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import (
    AT,
    LATE_ROW,
    SUBJECT_ROW,
    UNNAMED_ROW,
    UNREADABLE_ROW,
    registered,
)
from tests.institutions.filings.workbooks import FIXTURES, workbook


def outcomes(upload: FilingUpload) -> list[tuple[int, str, list[str]]]:
    return [
        (row.row_number, row.outcome, [one["rule"] for one in row.findings])
        for row in upload.rows.all()
    ]


def test_every_row_gets_its_outcome_and_its_findings(upload):
    made = upload(SUBJECT_ROW, LATE_ROW, UNNAMED_ROW, UNREADABLE_ROW)
    assert outcomes(made) == [
        (2, "clear", []),
        (3, "flagged", ["TIME-OFFLINE-END"]),
        (4, "clear", ["FILING-NAME"]),
        (5, "invalid", ["FILING-FORM"]),
    ]
    assert (made.state, made.row_count, made.notes) == ("screened", 4, [])
    assert made.job.state == "done"
    assert made.job.result == {"rows": 4}


def test_the_certificate_number_lies_sealed_and_shows_masked(upload):
    row = upload(SUBJECT_ROW).rows.get()
    assert row.cells["资格证书号"] == "2014*********8409"
    assert row.certificate.startswith("s1.")
    assert whole_cells(row)["资格证书号"] == "20145164179338409"
    kept = [str(event.new) + str(event.old) for event in Event.objects.all()]
    assert not any("20145164179338409" in text for text in kept)


def test_a_licence_number_of_another_institution_is_noted(upload):
    made = upload(SUBJECT_ROW, SUBJECT_ROW | {"机构许可证号": "教民151011680000704号"})
    assert [row.wrong_licence for row in made.rows.all()] == ["", "教民151011680000704号"]


def test_a_file_that_cannot_be_read_says_why_and_ends_the_job_as_done(upload):
    made = upload(data=workbook([], sheet_name="Sheet1"))
    assert made.state == "unreadable"
    assert made.problem == (
        "文件“春季班.xlsx”里没有名为“备案”的工作表，现有的是：Sheet1。"
        "请把班级填在模板的“备案”表里，不要改表名。"
    )
    assert (made.rows.count(), made.job.state) == (0, "done")


def test_running_the_job_again_doubles_nothing(upload):
    made = upload(SUBJECT_ROW, LATE_ROW)
    events = Event.objects.count()
    run_here(made.job)
    assert (UploadRow.objects.count(), Event.objects.count()) == (2, events)


def test_a_job_that_died_between_two_chunks_goes_on_where_it_stopped(upload, monkeypatch):
    monkeypatch.setattr("institutions.tasks.filings.CHUNK_ROWS", 2)
    calls = []

    def dying(**given):
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError("killed")
        return keep_screened_rows(**given)

    monkeypatch.setattr("institutions.tasks.filings.keep_screened_rows", dying)
    made = upload(SUBJECT_ROW, LATE_ROW, UNNAMED_ROW, UNREADABLE_ROW, SUBJECT_ROW)
    assert (made.state, made.rows.count(), made.job.cursor) == ("waiting", 2, 2)
    run_here(made.job)
    made.refresh_from_db()
    assert [row.row_number for row in made.rows.all()] == [2, 3, 4, 5, 6]
    assert (made.state, made.row_count) == ("screened", 5)


def test_the_sample_goes_through_with_its_form_errors_found(upload):
    made = upload(data=(FIXTURES / "sample_utf8_bom.csv").read_bytes())
    assert made.row_count == 40
    assert made.rows.filter(outcome="invalid").count() == 2


def test_a_corrected_row_is_screened_at_once_and_keeps_what_was_given(upload, manager):
    row = upload(LATE_ROW).rows.get()
    fixed = correct_row(row=row, cells={"上课时间": "18:30-20:00"}, actor=manager, at=AT)
    assert (fixed.outcome, fixed.findings) == ("clear", [])
    assert fixed.given["上课时间"] == "19:30-21:00"
    assert fixed.cells["上课时间"] == "18:30-20:00"
    assert whole_cells(fixed)["资格证书号"] == "20145164179338409"
    event = Event.objects.filter(kind="filing.row_corrected").get()
    assert (event.old, event.new) == (
        {"outcome": "flagged"},
        {"outcome": "clear", "row": 2, "changed": ["上课时间"]},
    )


def test_a_row_that_became_a_filing_cannot_be_corrected(upload, manager):
    made = upload(SUBJECT_ROW)
    submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    row = made.rows.get()
    with pytest.raises(Refused) as refused:
        correct_row(row=row, cells={"上课时间": "18:00-19:00"}, actor=manager, at=AT)
    assert [one.code for one in refused.value.refusals] == ["filing.row_already_filed"]
    assert Filing.objects.get().cells["上课时间"] == "18:30-20:00"


def test_another_institutions_manager_can_neither_upload_nor_correct(
    upload, institution, make_actor
):
    other = registered("小树教育培训中心", "151011680000711")
    stranger = make_actor("institution_manager", institution=other.public_id)
    row = upload(LATE_ROW).rows.get()
    before = Event.objects.count()
    with pytest.raises(Refused):
        upload_filings(
            institution=institution, file_name="x.xlsx", data=b"x", actor=stranger, at=AT
        )
    with pytest.raises(Refused):
        correct_row(row=row, cells={"上课时间": "18:30-20:00"}, actor=stranger, at=AT)
    row.refresh_from_db()
    assert (FilingUpload.objects.count(), row.cells["上课时间"]) == (1, "19:30-21:00")
    assert Event.objects.count() == before
