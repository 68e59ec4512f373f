"""What stands at the head and foot of a bureau's papers, and what it may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from institutions.core.papers.numbers import (
    SHIPPED_DEPARTMENTS,
    SHIPPED_WORDS,
    is_series,
    short_form,
)
from regulator.kernel.outcomes import Refusal

_ABBREVIATION = re.compile(r"[㐀-鿿]{2,8}")
_WORD = re.compile(r"[㐀-鿿]{1,4}")
_ANY_COURT = "有管辖权的人民法院"
# What a role of type is set in, best first; the last is what Debian ships and stands in.
TYPEFACES: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "Noto Serif CJK SC"),
    "heading": ("SimHei", "黑体", "Noto Sans CJK SC"),
    "subheading": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "AR PL UKai CN"),
}
STAND_INS: Mapping[str, str] = {role: families[-1] for role, families in TYPEFACES.items()}
_FAMILY = re.compile(r"[\w \-㐀-鿿]{1,60}")


@dataclass(frozen=True)
class Office:
    """How a department signs on a day; `is_assumed` while nobody has confirmed it."""

    name: str
    abbreviation: str
    review_body: str
    court: str
    words: Mapping[str, str] = field(default_factory=dict)
    has_red_head: bool = True
    address: str = ""
    phone: str = ""
    typefaces: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    is_assumed: bool = False

    def word_of(self, kind: str) -> str:
        """The characters of a kind in its numbers: the bureau's own, or the shipped ones."""
        return self.words.get(kind) or SHIPPED_WORDS.get(kind, "")

    def series_of(self, kind: str) -> str:
        """What stands before the year in a kind's numbers: 双教许受."""
        return f"{self.abbreviation}{self.word_of(kind)}"

    def printed(self) -> dict[str, Any]:
        """What a paper freezes of it."""
        return {
            "name": self.name,
            "review_body": self.review_body,
            "court": self.court,
            "address": self.address,
            "phone": self.phone,
            "has_red_head": self.has_red_head,
            "typefaces": {role: list(families) for role, families in self.families().items()},
        }

    def families(self) -> dict[str, tuple[str, ...]]:
        """The families of each role of type, the bureau's own choice first."""
        return {
            role: ((self.typefaces[role],) if self.typefaces.get(role) else ()) + families
            for role, families in TYPEFACES.items()
        }


def shipped_office(*, division_name: str, city_name: str, is_zone: bool, department: str) -> Office:
    """What is printed until the bureau has entered its own: put together from the names.

    A zone has no people's government of its own, so that the city's decides on a review
    (行政复议法 art. 24). Which court hears a case differs by city, so none is named.
    """
    sign, bureau = SHIPPED_DEPARTMENTS.get(department, SHIPPED_DEPARTMENTS["education"])
    whole = division_name if division_name.startswith(city_name) else f"{city_name}{division_name}"
    if city_name and city_name.removesuffix("市") in division_name:
        whole = division_name
    return Office(
        name=f"{whole}{bureau}",
        abbreviation=f"{short_form(division_name, city_name=city_name)}{sign}",
        review_body=f"{city_name if is_zone and city_name else whole}人民政府",
        court=_ANY_COURT,
        is_assumed=True,
    )


def office_refusals(office: Office) -> tuple[Refusal, ...]:
    """Every reason why an office's entry may not be kept."""
    refusals = []
    if not office.name:
        refusals.append(Refusal("paper.office_name_missing"))
    if not _ABBREVIATION.fullmatch(office.abbreviation):
        refusals.append(Refusal("paper.office_series"))
    if not office.review_body or not office.court:
        refusals.append(Refusal("paper.office_appeal_missing"))
    if not office.basis:
        refusals.append(Refusal("paper.office_basis_missing"))
    refusals += [
        Refusal("paper.office_word", {"paper_kind": kind})
        for kind, word in office.words.items()
        if not (_WORD.fullmatch(word) and is_series(f"{office.abbreviation}{word}"))
    ]
    refusals += [
        Refusal("paper.office_typeface", {"typeface": family})
        for family in office.typefaces.values()
        if not _FAMILY.fullmatch(family)
    ]
    return tuple(refusals)
