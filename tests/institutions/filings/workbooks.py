"""Workbooks as institutions make them, good and bad, built in memory."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from institutions.core.screening.rows import HEADERS

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "filings"

GOOD_ROW: tuple[Any, ...] = (
    "151011680000703",
    "小学四年级数学培训班",
    "2026春2期",
    "学科类",
    "数学",
    "四年级",
    "线下",
    "成都市双流区东升街道长江路1号",
    "2026-05-12",
    "2026-06-18",
    "周二、周四",
    "18:30-20:00",
    40,
    10,
    24,
    "三角形的特性、小数的加法和减法。",
    "第1—6次课三角形的特性；第7—12次课小数的加减",
    "人教版数学四年级下册教材",
    "龙老师",
    "20145164179338409",
    "小学数学",
    "专职",
    15,
    720,
    "2026-05-09",
    "按周期",
)


def good_row(**changed: Any) -> list[Any]:
    """A complete row with some cells changed, by header."""
    cells = dict(zip(HEADERS, GOOD_ROW, strict=True)) | changed
    return [cells[header] for header in HEADERS]


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    headers: Sequence[str] = HEADERS,
    sheet_name: str = "备案",
    change: Callable[[Workbook], None] | None = None,
) -> bytes:
    """An openpyxl workbook with the headers in row 1 and the rows below."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name
    for row in (headers, *rows):
        sheet.append(list(row))
    if change:
        change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part's bytes changed."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


def lying_about_sizes(data: bytes, *, member: str, claimed_bytes: int) -> bytes:
    """The archive with one part's unpacked size understated in both its headers."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(member)
    changed = bytearray(data)
    struct.pack_into("<L", changed, info.header_offset + 22, claimed_bytes)
    central = data.find(b"PK\x01\x02")
    while central >= 0:
        name_bytes = struct.unpack_from("<H", data, central + 28)[0]
        if data[central + 46 : central + 46 + name_bytes] == member.encode():
            struct.pack_into("<L", changed, central + 24, claimed_bytes)
        central = data.find(b"PK\x01\x02", central + 4)
    return bytes(changed)


def compound_file(*streams: str) -> bytes:
    """The beginning of an OLE2 file whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names


def sparse_sheet(cells: str) -> bytes:
    """A WPS-like workbook: no dimension, cells as inline strings, written by hand."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{head}<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="&#22791;案" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {main}><sheetData>{cells}</sheetData>"
        "</worksheet>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def sheet_cells(row_number: int, values: Sequence[Any], *, placed: bool) -> str:
    """One row's XML; without `r` on the cells where `placed` is false, as some WPS exports are."""
    cells = []
    for index, value in enumerate(values):
        letters = chr(65 + index) if index < 26 else "A" + chr(65 + index - 26)
        place = f' r="{letters}{row_number}"' if placed else ""
        cells.append(f'<c{place} t="inlineStr"><is><t>{value}</t></is></c>')
    return f'<row r="{row_number}">{"".join(cells)}</row>'
