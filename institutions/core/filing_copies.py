"""A class begun from an earlier one (再开一期): what is taken over, what is entered anew."""

from __future__ import annotations

import re
from collections.abc import Mapping

from institutions.core.screening.rows import HEADERS

ASKED_ANEW = ("开班日期", "结课日期", "收费日期")
"""Dates of the next term: nobody could guess them, and an old one would be a breach."""
_NUMBERED = re.compile(r"(\d{1,3})(?=\s*期)")
_MOST = 999


def copied_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of the next term's class: dates empty, the term's number one up if it has one."""
    copied = {header: cells.get(header, "") for header in HEADERS}
    for header in ASKED_ANEW:
        copied[header] = ""
    copied["班次"] = next_term(copied["班次"])
    return copied


def next_term(printed: str) -> str:
    """`2026春2期` after `2026春1期`; a term that is not numbered stays for its owner to rename."""
    found = list(_NUMBERED.finditer(printed))
    if not found:
        return printed
    last = found[-1]
    following = int(last.group()) + 1
    if following > _MOST:
        return printed
    return f"{printed[: last.start()]}{following}{printed[last.end() :]}"
