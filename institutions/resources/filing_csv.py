"""The rows of a CSV file in UTF-8 (with or without BOM) or GB18030."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from institutions.core.screening.rows import HEADERS
from institutions.resources.filing_headers import plain_header
from institutions.resources.filing_problem import FileLimits, UnreadableFiling

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = (",", "\t", ";", "，")
_CONTROLS = bytes(set(range(9)) | set(range(14, 27)))
_SIGNATURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x7fELF")


def decode_csv(data: bytes) -> str:
    """The text of the file. Raises UnreadableFiling: not-a-workbook, wrong-encoding."""
    if data.startswith(_UTF16_MARKS):
        raise UnreadableFiling("wrong-encoding")
    first_line = data[:4096].split(b"\n", 1)[0]
    if data.startswith(_SIGNATURES) or first_line.translate(None, _CONTROLS) != first_line:
        raise UnreadableFiling("not-a-workbook")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFiling("wrong-encoding")


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
    """The separator that finds most of the template's headers in the first line."""
    first_line = text.lstrip("\ufeff").split("\n", 1)[0]

    def known_headers(separator: str) -> int:
        return sum(plain_header(one.strip('"')) in HEADERS for one in first_line.split(separator))

    return max(_SEPARATORS, key=known_headers)
