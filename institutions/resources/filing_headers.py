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
    """One difference: `kind` is missing, renamed, extra, moved or misplaced; columns count from 1.

    `expected` of a misplaced column is the one it should follow, empty for the first.
    """

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
    moved = _misplaced(found, expected) if differences else _moves(found, expected)
    return differences + moved + _repeats(found, expected)


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


def _misplaced(found: list[str], expected: list[str]) -> list[HeaderDifference]:
    """Known columns out of the template's order, where columns are missing or extra as well."""
    firsts = {text: n for n, text in reversed(list(enumerate(found)))}
    known = sorted((n, expected.index(text)) for text, n in firsts.items() if text in expected)
    runs: list[list[tuple[int, int]]] = [[]]
    for one in known:
        fitting = [run for run in runs if not run or run[-1][1] < one[1]]
        longest = sorted(fitting, key=len, reverse=True)[0]
        runs.append([*longest, one])
    in_order = sorted(runs, key=len, reverse=True)[0]
    return [
        HeaderDifference(
            "misplaced", n + 1, expected=expected[place - 1] if place else "", found=found[n]
        )
        for n, place in known
        if (n, place) not in in_order
    ]
