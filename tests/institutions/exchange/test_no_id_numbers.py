"""Resident ID numbers come in with every list, and are nowhere afterwards."""

from __future__ import annotations

import io
import logging
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import Workbook

from institutions.core.register.id_numbers import without_id_numbers
from institutions.models import Institution, RegisterImport, TableImport
from institutions.resources.exchange_files import KINDS
from institutions.resources.register_reader import read_register, storable_register
from regulator.jobs.services import run_waiting_jobs
from tests.district import District, LoginAs
from tests.institutions.exchange.made import csv_bytes
from tests.institutions.register.test_pages import make_school

VALID = "11010519491231002X"
MISTYPED = "110105194912310021"
SPACED = "110105 19491231 0021"
FORMS = (VALID, VALID.lower(), MISTYPED, SPACED, "１１０１０５１９４９１２３１００２Ｘ")
TRACES = ("110105194912", "110105 1949", "１１０１０５")


def everything_kept() -> str:
    """Every value of every table, and every kept file, workbooks unpacked."""
    texts = [
        str(list(model._default_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    ]
    for path in (Path(settings.DATA_DIR) / "files").rglob("*"):
        if path.is_file():
            texts.append(readable(path.read_bytes()))
    return "\n".join(texts)


def readable(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace") + data.decode("gb18030", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def workbook(rows: list[dict[str, str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    hidden = book.create_sheet("旧表")
    hidden.append(["姓名", "身份证号"])
    hidden.append(["李某", VALID])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def rows_of(name: str) -> list[dict[str, str]]:
    """A good row and one that comes back, with numbers in their column and in every other way."""
    spread = f"校长身份证 {VALID}、{SPACED}"
    return [
        {
            "机构名称": name,
            "办学地址": f"顺城街 1 号（{MISTYPED}）",
            "姓名": "李明",
            "人员类别": "教学",
            "从教经历": spread,
            "备注": spread,
            "校长身份证号": number,
            "证件号码": number,
        }
        for name, number in ((name, VALID), (f"没有{VALID}的学校", FORMS[-1]))
    ]


@pytest.mark.parametrize("target", ["premises", "staff"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_leaves_no_resident_id_number_anywhere(
    own_files: None, district: District, client: Client, login_as: LoginAs,
    target: str, form: str, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    school = make_school("明德教育培训学校")
    login_as(client, "licensing_officer")
    rows = rows_of(school.name)
    data = csv_bytes(rows) if form == "csv" else workbook(rows)
    upload = SimpleUploadedFile(f"{VALID}.{form}", data)
    answer = client.post(f"/desk/register/tables/{target}/upload/", {"file": upload})
    pages = [client.get(answer["Location"]).content.decode()]
    client.post(f"{answer['Location']}write/")
    run_waiting_jobs()
    pages.append(client.get(answer["Location"]).content.decode())
    read = TableImport.objects.get()
    assert (read.added_count, read.refused_count) == (1, 1)
    exports = [
        client.get(f"/desk/register/tables/{kept}/export/", {"kind": kind}).content
        for kept in ("register", "premises", "staff")
        for kind in KINDS
    ]
    said = everything_kept() + "".join(pages) + caplog.text + "".join(map(readable, exports))
    assert [trace for trace in (*FORMS, *TRACES) if trace in said] == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_register_list_leaves_no_resident_id_number_anywhere(
    own_files: None, district: District, client: Client, login_as: LoginAs,
    tmp_path: Path, form: str, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    rows = rows_of("明德教育培训学校")
    data = csv_bytes(rows, "gb18030") if form == "csv" else workbook(rows)
    login_as(client, "licensing_officer")
    upload = SimpleUploadedFile(f"a.{form}", data)
    answer = client.post("/desk/register/import/", {"file": upload})
    run_waiting_jobs()
    assert RegisterImport.objects.get().added_count == 2
    path = tmp_path / f"b.{form}"
    path.write_bytes(data)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_register", str(path), "--division", "510116", stdout=out)
    path.unlink()
    assert "已丢弃 2 列身份证件号码。" in out.getvalue()
    page = client.get(answer["Location"]).content.decode()
    said = everything_kept() + page + caplog.text + out.getvalue()
    assert [trace for trace in (*FORMS, *TRACES) if trace in said] == []
    assert Institution.objects.filter(premises__address__contains="身份证号已删除").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_kept_of_a_list_is_read_as_the_same_list(form: str) -> None:
    rows = rows_of("=明德'教育培训学校")
    rows[0]["备注"] = '\'0012\n第二行, "引号"'
    data = csv_bytes(rows) if form == "csv" else workbook(rows)
    stored = storable_register(data, file_name=f"a.{form}")
    first = read_register(data, file_name=f"a.{form}")
    second = read_register(stored, file_name=f"a.{form}")
    assert second.rows == first.rows
    assert second.columns == first.columns


def test_a_list_without_such_numbers_is_kept_as_it_came() -> None:
    data = csv_bytes([{"机构名称": "甲学校", "统一社会信用代码": "91110000600037341L"}])
    assert storable_register(data, file_name="a.csv") == data


@pytest.mark.parametrize("number", FORMS)
def test_every_way_of_writing_a_number_is_found_in_any_text(number: str) -> None:
    for text in (number, f"张某{number}，男", f"({number})"):
        assert number not in without_id_numbers(text)


@pytest.mark.parametrize(
    "text",
    ["91110000600037341L", "教民151011670000018号", "20215101161000123456", "2026-03-02", ""],
)
def test_other_numbers_stay(text: str) -> None:
    assert without_id_numbers(text) == text
