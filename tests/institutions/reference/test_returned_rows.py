"""Rows that an import sent back come as a workbook, the reason in the last column."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from institutions.core.reference_tables.columns import TABLES
from institutions.models import TableRow
from institutions.resources.reference_files import read_reference
from regulator.audit.models import Event
from tests.institutions.reference.conftest import drafted

pytestmark = pytest.mark.django_db
HEADERS = [column.header for column in TABLES["weeks"].columns]
ROW = {"subject": "数学", "edition": "人教版", "grade": "3", "term": "1", "unit": "测量"}


def csv_of(*weeks: str) -> SimpleUploadedFile:
    columns = TABLES["weeks"].columns
    lines = [",".join(HEADERS)]
    for week in weeks:
        texts = {**ROW, "week": week}
        lines.append(",".join(texts.get(column.name, "") for column in columns))
    return SimpleUploadedFile("周表.csv", "\n".join(lines).encode())


@pytest.fixture
def listed(client, login_as, people):
    """The draft and the import page after a file with one good row and two bad ones."""
    draft = drafted(people, "weeks", [])
    login_as(client, "filing_reviewer")
    page = client.post(
        reverse("reference:import", args=[draft.public_id]),
        {"file": csv_of("第三周", "4", "60"), "mode": "add"},
    )
    return draft, page


def download(client, draft, rows: str):
    return client.post(reverse("reference:returned", args=[draft.public_id]), {"rows": rows})


def test_the_workbook_holds_the_bad_rows_with_their_reasons(client, listed):
    draft, page = listed
    before = (TableRow.objects.count(), Event.objects.count())
    answer = download(client, draft, page.context["sealed"])
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [*HEADERS, "原因"]
    assert len(rows) == 3
    assert [row[-1].count("不是") for row in rows[1:]] == [1, 1]
    assert ("第三周" in rows[1], "60" in rows[2], "4" in rows[1] + rows[2]) == (True, True, False)
    assert (TableRow.objects.count(), Event.objects.count()) == before


def test_the_workbook_is_read_again_as_it_came(client, listed):
    draft, page = listed
    answer = download(client, draft, page.context["sealed"])
    lines = read_reference(answer.content, file_name="退回.xlsx", spec=TABLES["weeks"])
    assert [line.number for line in lines] == [2, 3]
    assert [line.texts["week"] for line in lines] == ["第三周", "60"]


def test_rows_that_are_not_sealed_for_this_table_are_refused(client, people, listed):
    draft, page = listed
    other = drafted(people, "activities", [])
    for version, rows in ((draft, "x:y"), (draft, ""), (other, page.context["sealed"])):
        answer = download(client, version, rows)
        assert (answer.status_code, answer["Location"]) == (
            302,
            reverse("reference:import", args=[version.public_id]),
        )
