"""The rows of a CSV file in UTF-8 (with or without BOM) or GB18030."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from institutions.core.screening.rows import HEADERS
from institutions.resources.filing_headers import plain_header
from institutions.resources.filing_problem import HEADER_ROWS, FileLimits, UnreadableFiling

_HEAD_CHARS = 40_000
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = (",", "\t", ";", "，")
_CONTROLS = bytes(set(range(9)) | set(range(14, 27)))
# How other kinds of files begin, and what each is called (`choices.filing_files`).
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")


def decode_csv(data: bytes) -> str:
    """The text of the file. Raises UnreadableFiling: not-a-workbook, other-kind, wrong-encoding."""
    if data.startswith(_UTF16_MARKS):
        raise UnreadableFiling("wrong-encoding")
    kind = _other_kind(data)
    if kind:
        raise UnreadableFiling("other-kind", kind=kind)
    if _holds_controls(data):
        raise UnreadableFiling("not-a-workbook")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFiling("wrong-encoding")


def _other_kind(data: bytes) -> str:
    """What the file is by its first bytes, where that is no text of cells."""
    named = next((kind for begin, kind in _SIGNATURES if data.startswith(begin)), "")
    # BM begins a picture only where the size it states is its own.
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") != len(data):
        named = ""
    start = data[:64].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return named or ("web" if start.startswith(_MARKUP) else "")


def _holds_controls(data: bytes) -> bool:
    first_line = data[:4096].split(b"\n", 1)[0]
    return first_line.translate(None, _CONTROLS) != first_line


def csv_records(text: str, limits: FileLimits) -> Iterator[list[str]]:
    """Records in order, one a row of the sheet; a blank line is an empty record."""
    csv.field_size_limit(max(csv.field_size_limit(), limits.cell_characters * 8))
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    records = 0
    try:
        for record in reader:
            records += 1
            yield record
    except csv.Error as error:
        raise UnreadableFiling("open-quote", row=records + 1) from error


def _separator(text: str) -> str:
    """The separator that finds most of the template's headers in one of the first lines."""
    lines = text[:_HEAD_CHARS].lstrip("\ufeff").split("\n")[:HEADER_ROWS]

    def known_headers(separator: str) -> int:
        return max(
            sum(plain_header(one.strip('"')) in HEADERS for one in line.split(separator))
            for line in lines
        )

    return max(_SEPARATORS, key=known_headers)
