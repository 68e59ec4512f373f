"""STAFF-*: who teaches; the law is that of 开班日期."""

from __future__ import annotations

import re

from institutions.core.screening.bases import STAFF_ABROAD, STAFF_CERTIFICATE, STAFF_SERVING
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
from institutions.core.screening.rows import (
    SCHOOL_SUBJECTS,
    TOPIC_HEADERS,
    Category,
    TeacherStatus,
)
from regulator.kernel.legal import LegalBasis

_FOREIGN = (TeacherStatus.FOREIGN_HERE, TeacherStatus.FOREIGN_ABROAD)
_SAYING_HEADERS = (*TOPIC_HEADERS, "授课教师", "证书学科或专业", "授课地点")
_CERTIFIED = {
    **{name: name for name in SCHOOL_SUBJECTS},
    **dict.fromkeys(("英语", "日语", "俄语"), "外语"),
    **dict.fromkeys(("道法", "思想品德", "思想政治", "政治", "品德"), "道德与法治"),
}
_OTHER_CERTIFIED = re.compile(
    r"音乐|美术|体育|信息|科学|心理|综合实践|劳动|通用技术|舞蹈|书法|美育|计算机|学前|幼儿"
)
_ALL_SUBJECTS = re.compile(r"全科|各科|所有学科")
_DIGIT = re.compile(r"\d")
_GAP = r"[^,，。;；、!！?？\n]"
_TEACHER = r"(?:教师|老师|名师|教员|班主任|教研组长|骨干)"
_SCHOOL = r"(?:小学|中学|初中|高中|(?<!培训)学校|校内|公办|公立|中小学)"
_SERVING = re.compile(
    rf"(?<![非无原曾前])(?:在职|在编|现任|在岗|现职){_GAP}{{0,10}}?{_TEACHER}"
    rf"|{_SCHOOL}{_GAP}{{0,6}}?{_TEACHER}{_GAP}{{0,4}}?(?:授课|任教|主讲|执教|亲授|兼课|上课|带班|讲授|亲自)"
    rf"|由{_GAP}{{0,8}}?{_SCHOOL}{_GAP}{{0,6}}?{_TEACHER}"
)
_RETIRED = re.compile(r"退休|离职|离任|已辞|原任|曾任|前任")
_ABROAD_PLACE = (
    r"(?:境外|海外|国外|北美|欧美|美国|英国|加拿大|澳大利亚|澳洲|新西兰|菲律宾|南非|爱尔兰"
    r"|马尼拉|伦敦|纽约)"
)
_REMOTE = r"(?:远程|连线|跨国|跨境|越洋|隔空|视频)"
_ABROAD = re.compile(
    rf"(?:境外|海外|国外)的?(?:外籍)?(?:外教|教师|老师|教员|师资|团队)"
    rf"|(?:外教|外籍教师|外籍老师){_GAP}{{0,8}}?(?:{_REMOTE}|(?:在|人在|身在|常驻|位于|从){_ABROAD_PLACE})"
    rf"|{_REMOTE}{_GAP}{{0,8}}?(?:外教|外籍教师|外籍老师)"
    rf"|(?:在|从|由|常驻|定居|身处){_ABROAD_PLACE}{_GAP}{{0,10}}?(?:授课|上课|教学|直播|连线|执教|主讲|外教)"
    rf"|{_ABROAD_PLACE}{_GAP}{{0,6}}?(?:外教|教师|老师){_GAP}{{0,6}}?(?:在线|线上|{_REMOTE}|直播|网络)"
    r"|菲教"
)


def judge_certificate(facts: Facts, limits: Limits) -> Outcome:
    """STAFF-CERTIFICATE: no certificate number, or a certificate for another subject."""
    row = facts.row
    if row.teacher_status in _FOREIGN:
        return NOT_APPLICABLE
    if not STAFF_CERTIFICATE.in_force_on(row.starts_on):
        return NOT_APPLICABLE
    if not _DIGIT.search(fold_text(row.certificate_number)):
        return Breach("资格证书号", row.certificate_number, STAFF_CERTIFICATE, {"part": "number"})
    if row.category is not Category.SUBJECT:
        return PASS
    text = fold_text(row.certificate_subject)
    subjects = certified_subjects(text)
    if row.subject in subjects:
        return PASS
    if _ALL_SUBJECTS.search(text) or not (subjects or _OTHER_CERTIFIED.search(text)):
        missing = "证书任教学科"
        return Undetermined("证书学科或专业", missing, STAFF_CERTIFICATE, {"subject": row.subject})
    return Breach(
        "证书学科或专业",
        row.certificate_subject,
        STAFF_CERTIFICATE,
        {"part": "subject", "subject": row.subject},
    )


def certified_subjects(text: str) -> frozenset[str]:
    """The school subjects that a certificate's (folded) text names."""
    return frozenset(subject for word, subject in _CERTIFIED.items() if word in text)


def judge_serving(facts: Facts, limits: Limits) -> Outcome:
    """STAFF-IN-SERVICE: a serving school teacher teaches, by the column or by any text."""
    serving = facts.row.teacher_status is TeacherStatus.SERVING
    return _judge_said(facts, STAFF_SERVING, _SERVING, by_column=serving)


def judge_abroad(facts: Facts, limits: Limits) -> Outcome:
    """STAFF-ABROAD: a foreign teacher teaches from abroad, by the column or by any text."""
    abroad = facts.row.teacher_status is TeacherStatus.FOREIGN_ABROAD
    return _judge_said(facts, STAFF_ABROAD, _ABROAD, by_column=abroad)


def _judge_said(
    facts: Facts, basis: LegalBasis, pattern: re.Pattern[str], *, by_column: bool
) -> Outcome:
    if not basis.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    if by_column:
        return Breach("教师身份", facts.row.cells["教师身份"], basis)
    for place in facts.reading.matches(pattern, _SAYING_HEADERS):
        if not _RETIRED.search(facts.reading.around(place)):
            return Breach(place.header, place.words, basis, {"spans": (place.span,)})
    return PASS
