"""The first row of a filing sheet against the template: what is missing, extra, renamed, moved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from institutions.core.screening.rows import HEADERS
from institutions.resources.filing_problem import REASON_HEADER

_NOISE = re.compile(r"[\s*＊]+")


@dataclass(frozen=True)
class HeaderDifference:
    """One difference: `kind` is missing, renamed, extra or moved; `column` counts from 1."""

    kind: str
    column: int
    expected: str = ""
    found: str = ""


def plain_header(text: str) -> str:
    """A header as it is compared: full width folded, blanks, line ends and stars off."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def header_differences(first_row: Sequence[str]) -> tuple[HeaderDifference, ...]:
    """Every difference from the template, in column order; empty when the columns fit.

    A column `原因` after the last one is what a returned workbook carries, and is accepted.
    """
    found = [plain_header(text) for text in first_row]
    while found and not found[-1]:
        found.pop()
    expected = list(HEADERS)
    if found[len(expected) :] == [REASON_HEADER]:
        found.pop()
    if found == expected:
        return ()
    return tuple(sorted(_compare(found, expected), key=lambda one: one.column))


def _compare(found: list[str], expected: list[str]) -> list[HeaderDifference]:
    unknown = {n: text for n, text in enumerate(found) if text not in expected}
    missing = {n: text for n, text in enumerate(expected) if text not in found}
    differences = []
    for position in sorted(set(unknown) & set(missing)):
        differences.append(
            HeaderDifference(
                "renamed", position + 1, expected=missing.pop(position), found=unknown.pop(position)
            )
        )
    differences += [HeaderDifference("missing", n + 1, expected=t) for n, t in missing.items()]
    differences += [HeaderDifference("extra", n + 1, found=t) for n, t in unknown.items()]
    return (differences or _moves(found, expected)) + _repeats(found, expected)


def _repeats(found: list[str], expected: list[str]) -> list[HeaderDifference]:
    return [
        HeaderDifference("extra", n + 1, found=text)
        for n, text in enumerate(found)
        if text in expected and text in found[:n]
    ]


def _moves(found: list[str], expected: list[str]) -> list[HeaderDifference]:
    """Columns in another place; asked only when nothing else explains the shift."""
    return [
        HeaderDifference("moved", n + 1, expected=expected[n], found=text)
        for n, text in enumerate(found[: len(expected)])
        if text != expected[n]
    ]
