"""招生对象: grades as numbers (0 pre-school, 1-9, 10-12 senior high), their names and stages."""

from __future__ import annotations

import re

from institutions.core.screening.normalise import fold_text
from institutions.core.screening.numerals import whole_number
from institutions.core.screening.remembering import remembered

PRESCHOOL_GRADE = 0
FIRST_SENIOR_GRADE = 10
NO_STAGE = 4

_NAMES: tuple[str, ...] = (
    *("学龄前", "一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    *("七年级", "八年级", "九年级", "高一", "高二", "高三"),
)
_GRADE_OF_NAME = {name: grade for grade, name in enumerate(_NAMES)}
_STAGE_NAMES = ("学龄前", "小学", "初中", "高中", "不属于中小学")
_NUMBER = r"(?:[一二三四五六七八九]|[1-9])"
_SPAN = re.compile(
    rf"(?:小学|初中)?(?P<first>{_NUMBER})(?:年级)?\s*(?:[-–—―~〜至到]+)\s*(?P<last>{_NUMBER})年级"
)
_LIST = re.compile(rf"(?:小学|初中)?(?P<many>{_NUMBER}(?:[、,和及/]{_NUMBER}){{0,11}})年级")
_SENIOR = re.compile(r"高中?(?P<year>[一二三1-3])(?:年级)?")
_PRESCHOOL = re.compile(r"学龄前(?:儿童)?(?:\(3-6岁\))?")
_SEPARATORS = re.compile(r"[\s、,，;/和及与]+")


def grade_name(grade: int) -> str:
    """`五年级` for 5, `高一` for 10, `学龄前` for 0."""
    return _NAMES[grade]


def stage_of(grade: int) -> int:
    """0 pre-school, 1 primary (1-6), 2 junior (7-9), 3 senior (10-12), 4 above school."""
    if grade <= 0:
        return 0
    if grade <= 6:
        return 1
    if grade <= 9:
        return 2
    return 3 if grade <= 12 else NO_STAGE


def stage_name(stage: int) -> str:
    """`小学` for 1."""
    return _STAGE_NAMES[stage]


@remembered
def read_grades(text: str) -> tuple[int, ...] | None:
    """The grades of 招生对象, ascending; None when any part is no grade of the list.

    Read are the list's own names and their spellings with digits, as a list or as a span
    (三至五年级); other names for a grade are not in the list.
    """
    left = fold_text(text).strip()
    grades: set[int] = set()
    for pattern, take in _READERS:
        for found in pattern.finditer(left):
            taken = take(found)
            if not taken:
                return None
            grades |= taken
        left = pattern.sub(" ", left)
    if _SEPARATORS.sub("", left) or not grades:
        return None
    return tuple(sorted(grades))


def _span(found: re.Match[str]) -> set[int]:
    first, last = whole_number(found["first"]) or 0, whole_number(found["last"]) or 0
    return set(range(first, last + 1))


def _many(found: re.Match[str]) -> set[int]:
    return {whole_number(part) or 0 for part in re.split(r"[、,和及/]", found["many"])}


def _senior(found: re.Match[str]) -> set[int]:
    return {9 + (whole_number(found["year"]) or 1)}


def _preschool(found: re.Match[str]) -> set[int]:
    return {PRESCHOOL_GRADE}


_READERS = ((_PRESCHOOL, _preschool), (_SPAN, _span), (_LIST, _many), (_SENIOR, _senior))
