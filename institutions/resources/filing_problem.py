"""Why a filing file cannot be taken, as a code and its parameters; `choices.filings` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from institutions.choices.filing_files import workbook_note_message, workbook_problem_message
from institutions.core.screening.rows import BadWorkbook

SHEET_NAME = "备案"
META_SHEET = "meta"
GUIDE_SHEET = "填表说明"
REASON_HEADER = "原因"
TEMPLATE_VERSION = 1
# How far down the row of headers may stand: titles and notes are often put above it.
HEADER_ROWS = 10


@dataclass(frozen=True)
class FileLimits:
    """What one file may hold. A class is a row; a cell holds what Excel's own cell may hold."""

    file_bytes: int = 20 * 1024 * 1024
    rows: int = 10_000
    unpacked_bytes: int = 200 * 1024 * 1024
    members: int = 2_000
    cell_characters: int = 32_767


DEFAULT_LIMITS = FileLimits()


@dataclass(frozen=True)
class SheetNote:
    """Something the reader did that the institution should know: the file is taken all the same."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What was done, where, and what to check."""
        return workbook_note_message(self.code, self.params)


class UnreadableFiling(BadWorkbook):
    """A file that cannot be taken as a whole: `code` names the reason, `params` fill its text."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)

    def __str__(self) -> str:
        return workbook_problem_message(self.code, self.params)
