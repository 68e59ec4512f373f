"""CONTENT-GRADE: the name or the content names a grade that is not enrolled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from institutions.core.screening.bases import GRADE_MATCH
from institutions.core.screening.clauses import clause_after, is_excluded, looks_back_at
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    is_subject_class,
)
from institutions.core.screening.grades import grade_name, stage_of
from institutions.core.screening.limits import Limits
from institutions.core.screening.numerals import whole_number
from institutions.core.screening.reading import Place

_NUMBER = r"[一二三四五六七八九1-9]"
_GRADE = re.compile(
    r"(?<![一升提增最更很])(?P<stage>初中|高中|初|高)(?P<year>[一二三123])(?:年级)?(?!线|流|些|样|起|律|般|定|共|致|度|摄|倍|\d|对|维|级跳|阶|步|个|种|次|分|元|层|章|题|节|课)"
    rf"|(?<![第共\d十])(?P<many>{_NUMBER}(?:\s?[、,和及/至到\-—–~]\s?{_NUMBER}){{0,11}})\s*年级"
    rf"|(?P<rise>{_NUMBER}\s*升\s*{_NUMBER})"
    rf"|(?<![大中最较减缩很变从])小(?P<primary_year>[一二三四五六])(?=年级|班|学生|学员|升|[上下]|英语|数学|语文|外语|[语数英]|$)"
    r"|(?<![a-z0-9])g(?:rade)?\s?(?P<code>1[0-2]|[1-9])(?![0-9a-z.])"
    rf"|(?<![第共\d十])(?P<short>{_NUMBER})(?P<term>[上下])(?:册|学期|(?=[一-龥]{{0,3}}(?:卷|练习|教材|课本|单元|内容|$)))"
)
_STAGE_WORD = re.compile(
    r"(?<!中)(?P<primary>小学)|(?P<junior>初中(?![一二三123]))|(?P<senior>高中(?![一二三123]))"
)
# A school (重点高中, 小学教师, 高中录取) or another country's is no grade of this class.
_SCHOOL_BEFORE = re.compile(
    r"(?:重点|民办|公办|名校|优质|示范|对口|合作|本部|直升|热门|理想|心仪|各|某|所|美国|英国|国外|境外|海外|日本|加拿大|新加坡|国际|实验|附属|退休|在职|原)$"
)
_SCHOOL_AFTER = re.compile(
    r"^(?:部|校|学校|招生|录取|入学|升学|择校|分班|直升|自主|提前|签约|面试|选拔|老师|教师|校长|名师|教研|部?门口|毕业|推荐|输送|在编|在职|现任|一线|骨干)"
)
_SPAN_MARK = re.compile(r"[至到\-—–~]")
_HEADERS = ("班级名称", "培训内容")
_SCHOOL_CHARS = 4
_STAGES = {"primary": 1, "junior": 2, "senior": 3}


def judge_grade(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-GRADE: the name, or the content outside a review, names a grade not enrolled."""
    row = facts.row
    if not is_subject_class(facts, limits, day=row.starts_on):
        return NOT_APPLICABLE
    if not GRADE_MATCH.in_force_on(row.starts_on):
        return NOT_APPLICABLE
    places = list(_foreign_grades(facts))
    if not places:
        return PASS
    first = places[0]
    params = {
        "spans": tuple(place.span for place in places),
        "enrolled": "、".join(grade_name(grade) for grade in row.grades),
    }
    return Breach(first.header, first.words, GRADE_MATCH, params)


def _foreign_grades(facts: Facts) -> Iterator[Place]:
    for header in _HEADERS:
        text = facts.reading.texts[header].text
        for pattern in (_GRADE, _STAGE_WORD):
            for found in pattern.finditer(text):
                if not _is_foreign(found, facts) or _is_aside(text, found, header):
                    continue
                if pattern is _GRADE or not _is_school(text, found):
                    yield facts.reading.place(header, found.start(), found.end())


def _is_aside(text: str, found: re.Match[str], header: str) -> bool:
    if is_excluded(text, found.start(), found.end(), broadly=True):
        return True
    return header != "班级名称" and looks_back_at(text, found.start(), found.end())


def _is_school(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _SCHOOL_CHARS) : found.start()]
    after = clause_after(text, found.end())
    return _SCHOOL_BEFORE.search(before) is not None or _SCHOOL_AFTER.search(after) is not None


def _is_foreign(found: re.Match[str], facts: Facts) -> bool:
    enrolled = set(facts.row.grades)
    names = found.groupdict()
    if "primary" in names:
        stage = next(_STAGES[name] for name, word in names.items() if word)
        return any(stage_of(grade) != stage for grade in enrolled)
    return not _grades_of(found) <= enrolled


def _grades_of(found: re.Match[str]) -> set[int]:
    if found["stage"]:
        base = 9 if found["stage"].startswith("高") else 6
        return {base + (whole_number(found["year"]) or 1)}
    if found["primary_year"] or found["code"]:
        return {whole_number(found["primary_year"] or found["code"]) or 0}
    if found["short"]:
        return {whole_number(found["short"]) or 0}
    numbers = [
        whole_number(one) or 0 for one in re.findall(_NUMBER, found["many"] or found["rise"])
    ]
    if found["rise"]:
        return set(numbers)
    if _SPAN_MARK.search(found["many"]) and len(numbers) == 2:
        return set(range(numbers[0], numbers[1] + 1))
    return set(numbers)
