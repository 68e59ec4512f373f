"""Whether a place in a text excludes what it names (不涉及方程) or looks back (复习上册…)."""

from __future__ import annotations

import re

from institutions.core.screening.denials import (
    denied_later,
    denies_after,
    denies_before,
    denies_next,
    of_another_time,
)

_BOUNDARY = re.compile(r"[,，。;；!！?？\n\r]")
# Nobody reads a longer clause as one; it also bounds the work on a cell of 32,767 characters.
_CLAUSE_CHARS = 80
_LOOKS_BACK = re.compile(
    r"复习|回顾|回望|回看|回炉|补齐|温习|温故|重温|巩固|已学|学过|旧知|梳理|整理(?!和)|查漏补缺|上册|上学期|补漏|唤醒"
)
_LOOKS_BACK_AFTER = re.compile(
    r"^[^,，。;；!！?？\n]{0,12}?(?:学过|已学|所学|已经学|的复习|的回顾|回顾|的?基础|复习|旧知|掌握情况)"
)
_NEAR_AFTER = 30


def clause_before(text: str, start: int) -> str:
    """The part of the clause that stands before a place, as far as a clause reaches."""
    near = text[max(0, start - _CLAUSE_CHARS) : start]
    return _BOUNDARY.split(near)[-1]


def clause_after(text: str, end: int) -> str:
    """The part of the clause that stands after a place, as far as a clause reaches."""
    return _BOUNDARY.split(text[end : end + _CLAUSE_CHARS], maxsplit=1)[0]


def is_excluded(text: str, start: int, end: int, *, broadly: bool = False) -> bool:
    """Whether a clause says that what stands at `start:end` is not taught (or not done).

    `broadly` where a topic or a grade is named: then any denial after it counts. Words that only
    describe something often hold a denial of their own.
    """
    before, after = clause_before(text, start), clause_after(text, end)
    following = text[end + len(after) :][:_NEAR_AFTER]
    further = text[end + len(after) :][:_CLAUSE_CHARS]
    return (
        denies_before(before, text[start:end], after, following)
        or denies_after(after, following, broadly=broadly)
        or denies_next(before, text[end : end + _NEAR_AFTER], following)
        or (broadly and denied_later(further))
        or (broadly and of_another_time(before, after, further))
    )


def looks_back(text: str, start: int) -> bool:
    """Whether the clause speaks of what was learnt before: 复习, 回顾, 已学过 …"""
    return _LOOKS_BACK.search(clause_before(text, start)) is not None


def looks_back_at(text: str, start: int, end: int) -> bool:
    """The same, also by what follows: 七年级学过的方程组, 以四年级的运算律为基础."""
    if looks_back(text, start):
        return True
    return _LOOKS_BACK_AFTER.search(text[end : end + _NEAR_AFTER]) is not None
