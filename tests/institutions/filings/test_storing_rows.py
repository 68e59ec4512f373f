"""Rows stored by the engine's fastest way: what comes back, and what still holds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from institutions.models import FilingUpload, UploadRow
from regulator.database.bulk import insert_rows, insert_values
from regulator.database.fields import JSONText, json_text
from regulator.database.sealing import seal_text
from regulator.kernel.outcomes import InvariantError
from tests.audited import unaudited

pytestmark = pytest.mark.django_db
STRANGE = '引号"，反斜线\\，制表\t换行\n回车\r，\\N，\\x41，𠮷🎨，{"a": [1]}'


@pytest.fixture
def empty_upload(upload: Callable[..., FilingUpload]) -> FilingUpload:
    kept = upload()
    with unaudited():
        UploadRow.objects.filter(upload=kept).delete()
    return kept


def _row(upload: FilingUpload, number: int, **more: object) -> UploadRow:
    given: dict[str, object] = {"cells": {"班级名称": STRANGE}, "outcome": "clear"}
    return UploadRow(upload_id=upload.pk, row_number=number, **(given | more))


def test_rows_come_back_as_they_were_given(empty_upload: FilingUpload) -> None:
    sealed = seal_text("20183300411003217", subject=empty_upload.institution.public_id)
    found = [
        {"rule": "TIME-REST", "evidence": STRANGE, "spans": [["班级名称", 0, 2]], "params": {}}
    ]
    with unaudited(), transaction.atomic():
        insert_rows(
            [
                _row(empty_upload, 2, findings=found, certificate=sealed, wrong_licence=STRANGE),
                _row(empty_upload, 3, given={"一": None}),
            ]
        )
    first, second = UploadRow.objects.filter(upload=empty_upload).order_by("row_number")
    assert (first.cells, first.findings) == ({"班级名称": STRANGE}, found)
    assert (first.certificate, first.wrong_licence) == (sealed, STRANGE)
    assert (first.given, first.corrected_at, first.filing_id) == ({}, None, None)
    assert (second.given, second.findings, second.certificate) == ({"一": None}, [], "")
    assert UploadRow.objects.filter(upload=empty_upload, findings__0__rule="TIME-REST").count() == 1


def test_json_that_is_written_already_is_stored_as_it_stands(empty_upload: FilingUpload) -> None:
    written = json_text({"班级名称": STRANGE})
    given = {"upload_id": empty_upload.pk, "row_number": 2, "outcome": "clear"}
    with unaudited(), transaction.atomic():
        insert_values(
            UploadRow, [{**given, "cells": JSONText(written), "findings": JSONText("[]")}]
        )
    row = UploadRow.objects.get(upload=empty_upload)
    assert (row.cells, row.findings, row.outcome) == ({"班级名称": STRANGE}, [], "clear")
    assert (row.given, row.certificate, row.wrong_licence, row.filing_id) == ({}, "", "", None)


def test_a_row_that_is_there_already_takes_the_whole_batch_back(
    empty_upload: FilingUpload,
) -> None:
    with pytest.raises(IntegrityError), unaudited(), transaction.atomic():
        insert_rows([_row(empty_upload, 2), _row(empty_upload, 3), _row(empty_upload, 2)])
    assert UploadRow.objects.filter(upload=empty_upload).count() == 0


def test_a_number_that_is_not_sealed_never_reaches_the_database(
    empty_upload: FilingUpload,
) -> None:
    with pytest.raises(InvariantError), unaudited(), transaction.atomic():
        insert_rows([_row(empty_upload, 2), _row(empty_upload, 3, certificate="2018330041")])
    assert UploadRow.objects.filter(upload=empty_upload).count() == 0


def test_chinese_is_kept_as_it_is_written(empty_upload: FilingUpload) -> None:
    with unaudited(), transaction.atomic():
        insert_rows([_row(empty_upload, 2)])
        _row(empty_upload, 3).save()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CAST(cells AS text) FROM institutions_uploadrow WHERE upload_id = %s",
            [empty_upload.pk],
        )
        kept = [row[0] for row in cursor.fetchall()]
    assert len(kept) == 2
    assert all("班级名称" in text and "\\u" not in text for text in kept)


def test_no_rows_are_no_statement(
    empty_upload: FilingUpload, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):
        insert_rows([])
