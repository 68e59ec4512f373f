"""Why a list cannot be taken as a whole."""

from __future__ import annotations

from typing import Any

from institutions.choices.register_texts import FILE_PROBLEM_TEXTS


class UnreadableRegister(Exception):
    """The file is no register list; its text says which file, what is wrong, what to do."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(FILE_PROBLEM_TEXTS[self.code]) % self.params
