"""A QR code of its own on every page of a PDF, drawn as filled squares, without a picture.

A document names the codes of its pages in order, divided by blanks, in
`<meta name="page-codes" content="…">`; where it names none, nothing is drawn. The code stands at
the upper right, 18 mm wide with the quiet zone that scanners need around it.
"""

from __future__ import annotations

from typing import Any

import pydyf
import segno

from regulator.kernel.outcomes import InvariantError

META = "page-codes"
_POINTS_PER_MM = 72 / 25.4
_SIZE_MM, _RIGHT_MM, _TOP_MM = 18, 12, 5


def codes_named(document: Any) -> list[str]:
    """The codes that a rendered document names for its pages."""
    named: str = document.metadata.custom.get(META, "")
    return named.split()


def draw_codes(pdf: pydyf.PDF, codes: list[str]) -> None:
    """Put each page's code on it. Raises InvariantError where a page has none."""
    pages = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    if len(pages) > len(codes):
        raise InvariantError(f"文书有 {len(pages)} 页，只给了 {len(codes)} 个页码。")
    for page, code in zip(pages, codes, strict=False):
        _left, _bottom, width, height = page["MediaBox"]
        drawn = pydyf.Stream(_squares(code, right=width, top=height))
        pdf.add_object(drawn)
        page["Contents"] = pydyf.Array([drawn.reference, page["Contents"]])


def _squares(code: str, *, right: float, top: float) -> list[bytes]:
    """The drawing commands of a code: each run of dark modules in a row is one rectangle."""
    rows = [bytes(row) for row in segno.make(code, error="m", micro=False).matrix]
    side = _SIZE_MM * _POINTS_PER_MM / len(rows)
    left = right - (_RIGHT_MM + _SIZE_MM) * _POINTS_PER_MM
    upper = top - _TOP_MM * _POINTS_PER_MM
    commands = [b"q 0 g"]
    for number, row in enumerate(rows, start=1):
        for start, length in _runs(row):
            box = (left + start * side, upper - number * side, length * side, side)
            commands.append(b"%.3f %.3f %.3f %.3f re" % box)
    return [*commands, b"f Q"]


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    found: list[tuple[int, int]] = []
    for place, module in enumerate(row):
        if not module:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
