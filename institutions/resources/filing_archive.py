"""What an `.xlsx` file really holds, found before the workbook reader sees it.

A workbook is a zip of XML files. Declared sizes lie in a zip bomb, and one cell at XFD1048576 makes
a dense reader take all memory: both are found here by unpacking each part under a limit and by
looking at the sheet's own tags. Merged, hidden and computed cells are seen at the same time.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from posixpath import normpath

from institutions.resources.filing_problem import FileLimits, UnreadableFiling

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
# BOF of the workbook globals, BIFF8 (MS-XLS 2.4.21), and the record that says "encrypted".
_WORKBOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILE_PASS, _GLOBALS_BYTES = 0x2F, 256
_CHUNK_BYTES = 1 << 20
_ENCRYPTED_FLAG = 0x1

_PREFIX = rb"<(?:\w+:)?"
_SHEET_TAG = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION_TAG = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*([\"'])(.*?)\2", re.DOTALL)
_HIDDEN_ROW = re.compile(
    _PREFIX + rb"row\b(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d+)[\"']"
)
_HIDDEN_COLUMNS = re.compile(_PREFIX + rb"col\b(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*>")
_FORMULA_CELL = re.compile(
    _PREFIX + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3}\d{1,7})[\"'][^>]*>\s*" + _PREFIX + rb"f[\s/>]"
)
_ANY_FORMULA = re.compile(_PREFIX + rb"f[\s/>]")
_FORMULA = rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_EMPTY_FORMULA = re.compile(
    _PREFIX
    + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3}\d{1,7})[\"'][^>]*>\s*"
    + _FORMULA
    + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR_CELL = re.compile(
    _PREFIX + rb"c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3}\d{1,7})[\"']"
)
_VALUE = rb"[^>]*(?<!/)>\s*(?:" + _FORMULA + rb"\s*)?<(?:\w+:)?(?:v|is)\b"
_FAR_CELL = re.compile(
    _PREFIX + rb"c\b[^>]*?\br=[\"']([A-Z]{3}\d+|[B-Z][A-Z]\d+|[A-Z]{1,3}\d{6,})[\"']" + _VALUE
)
_FAR_ROW = re.compile(
    _PREFIX
    + rb"row\b[^>]*?\br=[\"'](\d{6,})[\"'][^>]*(?<!/)>\s*"
    + rb"(?:<(?:\w+:)?c\b[^>]*(?:/>|></(?:\w+:)?c>)\s*)*"
    + _PREFIX
    + rb"c\b"
    + _VALUE
)
# A cheap look for anything that far, before the two patterns that cost a scan of every tag.
_FAR_NAME = re.compile(rb"r=[\"'](?:[A-Z]{3}|[B-Z][A-Z]\d|[A-Z]{0,3}\d{6})")
_CONTENT = re.compile(_PREFIX + rb"(?:v|is)[\s>]")
_MACROS = "xl/vbaProject.bin"


@dataclass(frozen=True)
class SheetMarks:
    """What the sheet's own tags say: row numbers, column letters and cell names as in Excel.

    `empty_formulas` are computed cells for which the file holds no result, `error_cells` those
    whose result is an error (#REF!).
    """

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formula_cells: tuple[str, ...] = ()
    empty_formulas: tuple[str, ...] = ()
    error_cells: tuple[str, ...] = ()
    unplaced_formulas: bool = False


def check_archive(data: bytes, limits: FileLimits) -> zipfile.ZipFile:
    """The workbook as an archive whose every part was unpacked once, under the limits.

    Raises UnreadableFiling: not-a-workbook, old-format, password-protected, broken, zip-bomb.
    """
    if data.startswith(OLE_MAGIC):
        raise _ole_problem(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFiling("broken", part="") from error
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise _foreign_archive(names)
    members = archive.infolist()
    if len(members) > limits.members:
        raise UnreadableFiling("too-many-parts", found=len(members), limit=limits.members)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableFiling("password-protected")
    _check_unpacked_size(data, members, limits)
    return archive


def _ole_problem(data: bytes) -> UnreadableFiling:
    if _ENCRYPTED_STREAM in data:
        return UnreadableFiling("password-protected")
    if any(stream in data for stream in _OLD_WORKBOOK_STREAMS):
        if _has_file_pass(data):
            return UnreadableFiling("password-protected")
        return UnreadableFiling("old-format", kind=".xls")
    if "WordDocument".encode("utf-16-le") in data:
        return UnreadableFiling("other-kind", kind="word")
    return UnreadableFiling("not-a-workbook")


def _has_file_pass(data: bytes) -> bool:
    """Whether an .xls begins with a FILEPASS record (MS-XLS 2.4.117), right after its BOF."""
    start = data.find(_WORKBOOK_BEGINS)
    if start < 0:
        return False
    place, end = start, min(len(data), start + _GLOBALS_BYTES)
    while place + 4 <= end:
        kind = int.from_bytes(data[place : place + 2], "little")
        if kind == _FILE_PASS:
            return True
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    return False


def _foreign_archive(names: set[str]) -> UnreadableFiling:
    if "xl/workbook.bin" in names:
        return UnreadableFiling("old-format", kind=".xlsb")
    if "content.xml" in names and "mimetype" in names:
        return UnreadableFiling("old-format", kind=".ods")
    if "word/document.xml" in names:
        return UnreadableFiling("other-kind", kind="word")
    return UnreadableFiling("other-kind", kind="archive")


def _check_unpacked_size(data: bytes, members: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    declared_bytes = sum(member.file_size for member in members)
    if declared_bytes > limits.unpacked_bytes:
        raise _too_big_inside(limits)
    left_bytes = limits.unpacked_bytes
    for member in members:
        left_bytes -= _unpacked_bytes(data, member, ceiling=left_bytes)
        if left_bytes < 0:
            raise _too_big_inside(limits)


def _too_big_inside(limits: FileLimits) -> UnreadableFiling:
    return UnreadableFiling("zip-bomb", limit_mb=limits.unpacked_bytes >> 20)


def _unpacked_bytes(data: bytes, member: zipfile.ZipInfo, *, ceiling: int) -> int:
    """Bytes that really come out of a part, counted up to one chunk beyond the ceiling."""
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFiling("broken", part=member.filename)
    packed = _packed_part(data, member)
    unpacker, counted = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while not unpacker.eof and counted <= ceiling:
            piece = unpacker.decompress(packed, _CHUNK_BYTES)
            if not piece and not unpacker.unconsumed_tail and not unpacker.eof:
                raise UnreadableFiling("broken", part=member.filename)
            packed, counted = unpacker.unconsumed_tail, counted + len(piece)
    except zlib.error as error:
        raise UnreadableFiling("broken", part=member.filename) from error
    return counted


def _packed_part(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The packed bytes after the local header (APPNOTE 4.3.7: 30 bytes, then name and extra)."""
    start = member.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(ZIP_MAGIC):
        raise UnreadableFiling("broken", part=member.filename)
    name_bytes = int.from_bytes(header[26:28], "little")
    extra_bytes = int.from_bytes(header[28:30], "little")
    begin = start + 30 + name_bytes + extra_bytes
    return data[begin : begin + member.compress_size]


def sheet_part(archive: zipfile.ZipFile, sheet_name: str) -> bytes:
    """The XML of the sheet of that name. Raises UnreadableFiling (broken) where it is not there."""
    try:
        relation_id = _relation_of(archive.read("xl/workbook.xml").decode(), sheet_name)
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
        return archive.read(_target_of(relations, relation_id))
    except (KeyError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableFiling("broken", part="xl/workbook.xml") from error


def _relation_of(workbook_xml: str, sheet_name: str) -> str:
    for tag in _SHEET_TAG.findall(workbook_xml):
        attributes = _attributes(tag)
        if attributes.get("name") == sheet_name:
            return next(value for key, value in attributes.items() if key.endswith(":id"))
    raise KeyError(sheet_name)


def _target_of(relations_xml: str, relation_id: str) -> str:
    for tag in _RELATION_TAG.findall(relations_xml):
        attributes = _attributes(tag)
        if attributes.get("Id") == relation_id:
            target = attributes.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
    raise KeyError(relation_id)


def _attributes(tag: str) -> dict[str, str]:
    return {key: unescape(value) for key, _, value in _ATTRIBUTE.findall(tag)}


def has_content(xml: bytes) -> bool:
    """Whether any cell of a sheet holds something."""
    return _CONTENT.search(xml) is not None


def has_macros(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook carries a program of its own; it is never run."""
    return _MACROS in archive.namelist()


def read_sheet_marks(xml: bytes) -> SheetMarks:
    """Hidden and computed cells; raises UnreadableFiling where content lies far outside."""
    far = _far_content(xml)
    if far:
        raise UnreadableFiling("stray-cells", cell=far)
    hides = b"hidden=" in xml
    computes = _ANY_FORMULA.search(xml) is not None
    formulas = _names(_FORMULA_CELL, xml) if computes else ()
    return SheetMarks(
        hidden_rows=tuple(int(number) for number in _HIDDEN_ROW.findall(xml)) if hides else (),
        hidden_columns=_hidden_columns(xml) if hides else (),
        formula_cells=formulas,
        error_cells=_names(_ERROR_CELL, xml) if _has_errors(xml) else (),
        empty_formulas=_names(_EMPTY_FORMULA, xml) if computes else (),
        unplaced_formulas=computes and not formulas,
    )


def _has_errors(xml: bytes) -> bool:
    return b't="e"' in xml or b"t='e'" in xml


def _names(pattern: re.Pattern[bytes], xml: bytes) -> tuple[str, ...]:
    return tuple(name.decode() for name in pattern.findall(xml))


def _hidden_columns(xml: bytes) -> tuple[int, ...]:
    """Hidden columns counted from 0; a range beyond column Z ends there."""
    hidden: set[int] = set()
    for tag in _HIDDEN_COLUMNS.findall(xml):
        attributes = _attributes(tag.decode("utf-8", "replace"))
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            hidden.update(range(int(first[:6]) - 1, min(int(last[:6]), 26)))
    return tuple(sorted(hidden))


def _far_content(xml: bytes) -> str:
    """The first cell with content right of column AZ or below row 99,999, or nothing."""
    found = _FAR_NAME.search(xml)
    if found is None:
        return ""
    start = max(0, xml.rfind(b"<", 0, found.start()))
    cell = _FAR_CELL.search(xml, start)
    if cell:
        return cell.group(1).decode()
    row = _FAR_ROW.search(xml, start)
    return f"A{row.group(1).decode()}" if row else ""
