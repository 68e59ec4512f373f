"""CONTENT-DISGUISE: filed as non-subject, and yet the evidence says that a subject is taught.

Kinds of evidence: the name, the topics taught, the materials, the teacher's certificate, and method
with evaluation (教监管厅函〔2021〕16号). Two that agree on a subject are a breach; one alone, or an
activity that only experts can place, goes to the expert group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from institutions.core.screening.bases import DISGUISE
from institutions.core.screening.clauses import is_excluded
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    Undetermined,
)
from institutions.core.screening.limits import Limits
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.reading import Place
from institutions.core.screening.rows import Category
from institutions.core.screening.rules.staff import certified_subjects

_CODE = "CONTENT-DISGUISE"
_ANY = "*"
_MOST_SHOWN = 50
_TAUGHT_HEADERS = ("培训内容", "进度安排")
_METHOD_HEADERS = ("班级名称", *_TAUGHT_HEADERS)
_MATERIAL_HEADERS = ("培训材料",)
_DRILL = re.compile(
    r"讲练|练习题|计算|解题|题型|例题|习题|公式|考点|知识点|语法|单词|听写|默写|课文|生字|应用题|阅读题"
    r"|单元|概念|定理|定律|教材|讲评|小卷|刷题|同步"
)
_METHOD = re.compile(
    r"小卷|过关检测|过关卷|检测卷|(?:每周|单元|阶段|随堂)检测|周测|月考|单元测|单元卷|测验|小测|摸底|期中考|期末考|期末复习|期末冲刺|期末卷|模拟卷|模拟考|真题|押题|刷题|错题"
    r"|讲练|题型|解题|题海|提分|提优|培优|补差|补弱|应试|考点|重难点|知识点|查漏补缺|满分|高分|排名|名次|成绩提升|提高成绩"
    r"|校内成绩|校内同步|同步(?:教材|学校|课本|课堂|辅导|练习|进度|校内|讲)|习题|讲评|答题技巧|默写|听写|考试分数|学业水平"
)
_MATERIAL_BOOK = re.compile(
    r"(?:教材|课本|练习|单元卷|试卷|卷|口算|教辅|习题|题集|同步|课课练|一课一练|学案|导学|作业本|精练|测试)"
)
_BRAND = re.compile(
    r"黄冈|小状元|学而思|天天练|五三|53|王后雄|爱学习|亮点给力|课课练|一课一练|举一反三|全品|典中点|教材全解"
    r"|薛金星|口算题卡|实验班提优|单元卷|期末卷|真题卷|课堂笔记|奥数|培优新方法|曲一线|阳光同学|七彩课堂|绿卡"
)
_TEACHER_STAGE = re.compile(r"小学|初级中学|初中|高级中学|高中|中学|教师资格")
_VOLUME_OR_GRADE = re.compile(r"[一二三四五六七八九1-9](?:年级|[上下])|初[一二三]|高[一二三]")


@dataclass(frozen=True)
class Evidence:
    """One piece: its kind, the subject it speaks of (`*` any), and where it stands."""

    kind: str
    subject: str
    place: Place


def judge_disguise(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-DISGUISE: a breach, a question for the expert group, or neither."""
    if _CODE not in facts.verdicts:
        facts.verdicts[_CODE] = _judge(facts)
    return facts.verdicts[_CODE]


def _judge(facts: Facts) -> Outcome:
    row = facts.row
    if row.category is not Category.NON_SUBJECT or facts.is_preschool:
        return NOT_APPLICABLE
    if not DISGUISE.in_force_on(row.starts_on):
        return NOT_APPLICABLE
    if row.subject:
        place = facts.reading.place("学科或项目", 0, len(facts.reading.folded("学科或项目").text))
        return _breach([Evidence("category", row.subject, place)], row.subject)
    evidence = list(_evidence(facts))
    subject = agreed_subject(evidence)
    if subject:
        agreeing = [one for one in evidence if one.subject in (subject, _ANY)]
        return _breach(agreeing, subject)
    return _open_question(facts, evidence)


def disguised_subjects(facts: Facts, limits: Limits) -> tuple[str, ...]:
    """The subject that a class breaching this rule teaches; empty when it does not breach."""
    verdict = judge_disguise(facts, limits)
    return (verdict.params["subject"],) if isinstance(verdict, Breach) else ()


def agreed_subject(evidence: list[Evidence]) -> str:
    """The subject on which two kinds agree, with the most kinds first; empty when none do."""
    general = {one.kind for one in evidence if one.subject == _ANY}
    kinds: dict[str, set[str]] = {}
    for one in evidence:
        if one.subject != _ANY:
            kinds.setdefault(one.subject, set()).add(one.kind)
    agreed = [(len(own | general), subject) for subject, own in kinds.items() if own]
    best = max(agreed, default=(0, ""))
    return best[1] if best[0] >= 2 else ""


def _open_question(facts: Facts, evidence: list[Evidence]) -> Outcome:
    words = facts.context.index.words
    for header in ("学科或项目", "班级名称"):
        found = words.to_appraise(facts.reading.folded(header).text)
        if found is not None:
            place = facts.reading.place(header, *found.span())
            return _question([Evidence("activity", _ANY, place)])
    qualifying = {one.kind for one in evidence} == {"name"} and _is_activity(facts)
    return PASS if not evidence or qualifying else _question(evidence)


def _is_activity(facts: Facts) -> bool:
    texts = [facts.reading.folded(header).text for header in ("学科或项目", "班级名称")]
    return any(facts.context.index.words.is_activity(text) for text in texts)


def _evidence(facts: Facts) -> Iterator[Evidence]:
    yield from _names(facts)
    yield from _topics(facts)
    yield from facts.reading.course.once("materials", lambda: _materials(facts))
    yield from facts.reading.course.once("certificate", lambda: _certificate(facts))
    for place in facts.reading.matches(_METHOD, _METHOD_HEADERS):
        yield Evidence("method", _ANY, place)


def _names(facts: Facts) -> Iterator[Evidence]:
    for header in ("班级名称", "学科或项目"):
        text = facts.reading.folded(header).text
        for word in facts.context.index.words.named(text):
            place = facts.reading.place(header, word.start, word.end)
            yield Evidence("name", word.subject, place)


def _topics(facts: Facts) -> Iterator[Evidence]:
    """What is taught, by subject; beside an activity it takes two topics and a drill."""
    for count, drilled, pieces in facts.reading.course.once("taught", lambda: _taught(facts)):
        if (count >= 2 and drilled) or ((count >= 2 or drilled) and not _is_activity(facts)):
            yield from pieces


def _taught(facts: Facts) -> Iterator[tuple[int, bool, tuple[Evidence, ...]]]:
    """Of each subject: how many topics the course teaches, whether it drills, and where."""
    found = [*_said_topics(facts), *_table_topics(facts)]
    drilled = any(_DRILL.search(facts.reading.texts[header].text) for header in _TAUGHT_HEADERS)
    for subject in dict.fromkeys(one.subject for one in found):
        pieces = tuple(one for one in found if one.subject == subject)
        yield len({one.place.words for one in pieces}), drilled, pieces


def _said_topics(facts: Facts) -> Iterator[Evidence]:
    words = facts.context.index.words
    for header in _TAUGHT_HEADERS:
        text = facts.reading.texts[header].text
        for word in (*words.phrases(text), *words.named(text)):
            if not is_excluded(text, word.start, word.end):
                place = facts.reading.place(header, word.start, word.end)
                yield Evidence("topics", word.subject, place)


def _table_topics(facts: Facts) -> Iterator[Evidence]:
    for subject in facts.context.index.subjects():
        for mention in facts.reading.named_topics(subject, _TAUGHT_HEADERS):
            yield Evidence("topics", subject, mention.place)


def _materials(facts: Facts) -> Iterator[Evidence]:
    header = "培训材料"
    text = facts.reading.texts[header].text
    if _MATERIAL_BOOK.search(text) or _VOLUME_OR_GRADE.search(text):
        for word in facts.context.index.words.named(text):
            place = facts.reading.place(header, word.start, word.end)
            yield Evidence("materials", word.subject, place)
    for place in facts.reading.matches(_BRAND, _MATERIAL_HEADERS):
        yield Evidence("materials", _ANY, place)


def _certificate(facts: Facts) -> Iterator[Evidence]:
    header = "证书学科或专业"
    text = facts.reading.folded(header).text
    subjects = certified_subjects(text)
    is_teacher = _TEACHER_STAGE.search(text) is not None
    for subject in sorted(subjects):
        if is_teacher or fold_text(subject) == text.strip():
            yield Evidence("certificate", subject, facts.reading.place(header, 0, len(text)))


def _breach(evidence: list[Evidence], subject: str) -> Breach:
    first = evidence[0].place
    return Breach(first.header, first.words, DISGUISE, {"subject": subject, **_shown(evidence)})


def _question(evidence: list[Evidence]) -> Undetermined:
    first = evidence[0].place
    params = {"evidence": first.words, **_shown(evidence)}
    return Undetermined(first.header, "专家组鉴别意见", DISGUISE, params)


def _shown(evidence: list[Evidence]) -> dict[str, object]:
    evidence = evidence[:_MOST_SHOWN]
    pieces = dict.fromkeys((one.kind, one.place.header, one.place.words) for one in evidence)
    return {
        "spans": tuple(dict.fromkeys(one.place.span for one in evidence)),
        "pieces": tuple({"kind": k, "header": h, "words": w} for k, h, w in pieces),
        "words": "、".join(dict.fromkeys(words for _, _, words in pieces)),
    }
