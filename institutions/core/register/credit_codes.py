"""The unified social credit code (统一社会信用代码): reading, check digit and what its head says.

Source: GB 32100-2015. The arithmetic is python-stdnum's; its `validate` wants eight leading digits,
while the standard also gives heads with a letter (Y1, A1, N1), so format is checked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc

from institutions.core.register.text import clean_value

_FORM = re.compile(r"[1-9ANY][1-9A][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}[0-9A-HJ-NPQRTUWXY]")
_PENDING = ("办理中", "申请中", "待办", "未办理")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
NON_PROFIT_HEADS = frozenset(("51", "52", "53"))
FOR_PROFIT_HEADS = frozenset(("91", "92", "93"))
SOLE_TRADER_HEAD = "92"


class CodeProblem(StrEnum):
    """What is wrong with a printed credit code."""

    LENGTH = "credit_code_length"
    LETTERS = "credit_code_letters"
    CHECK_DIGIT = "credit_code_check_digit"
    SCIENTIFIC = "credit_code_scientific"


@dataclass(frozen=True)
class CreditCode:
    """A printed credit code: `code` is the valid 18 characters or empty, `problem` says why."""

    printed: str
    code: str = ""
    problem: CodeProblem | None = None

    @property
    def head(self) -> str:
        """The first two characters: who registered it, and as what."""
        return self.code[:2]


def read_credit_code(printed: object) -> CreditCode:
    """Reads a cell. Blank, pending (办理中) and masked codes are no code, and no problem either."""
    text = clean_value(printed)
    compact = re.sub(r"[\s\-]", "", text).upper()
    if not compact or any(word in text for word in _PENDING) or set("*＊?") & set(compact):
        return CreditCode(printed=text)
    problem = _problem_of(compact)
    return CreditCode(printed=text, code="" if problem else compact, problem=problem)


def _problem_of(compact: str) -> CodeProblem | None:
    if _SCIENTIFIC.fullmatch(compact):
        return CodeProblem.SCIENTIFIC
    if len(compact) != 18:
        return CodeProblem.LENGTH
    if not _FORM.fullmatch(compact):
        return CodeProblem.LETTERS
    if uscc.calc_check_digit(compact[:-1]) != compact[-1]:
        return CodeProblem.CHECK_DIGIT
    return None
