"""FILING-NAME: a subject class is named by grade and subject (小学三年级数学培训班)."""

from __future__ import annotations

import re

from institutions.core.screening.bases import NAMING
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Facts,
    Outcome,
    Undetermined,
    is_subject_class,
)
from institutions.core.screening.limits import Limits

_GRADE = re.compile(r"[一二三四五六七八九1-9]年级|高[一二三123]|初[一二三123]|高中[一二三]年级")
_SUBJECT_WORDS = {
    "外语": ("外语", "英语", "日语", "俄语"),
    "道德与法治": ("道德与法治", "道法"),
}


def judge_name(facts: Facts, limits: Limits) -> Outcome:
    """FILING-NAME: the grade or the subject is not in the class name. Never a breach."""
    if not is_subject_class(facts, limits, day=facts.row.starts_on):
        return NOT_APPLICABLE
    name = facts.reading.texts["班级名称"].text
    words = _SUBJECT_WORDS.get(facts.row.subject, (facts.row.subject,))
    lacking = []
    if not _GRADE.search(name):
        lacking.append("年级")
    if not any(word in name for word in words):
        lacking.append("学科")
    if not lacking:
        return PASS
    params = {"lacking": "、".join(lacking), "evidence": facts.row.class_name}
    return Undetermined("班级名称", "、".join(lacking), NAMING, params)
