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
_TEACHER = r"(?:教师|老师|名师|教员|班主任|教研组长|教研员|年级组长|骨干|教练)"
_SCHOOL = (
    r"(?:小学|中学|初中|高中|(?<!培训)学校|校内|公办|公立|中小学|附中|附小"
    r"|[一二三四五六七八九十][中小](?=在|现|教|老|名|语|数|英|物|化))"
)
_TEACHES = (
    r"(?:授课|任教|主讲|执教|亲授|兼课|兼职|上课|带班|带训|带队|带课"
    r"|讲授|讲课|亲自|执鞭|坐镇|领衔|担任|辅导|指导|利用)"
)
_SERVING = re.compile(
    rf"(?<![非无原曾前])(?:在职|在编|现任|在岗|现职|一线|在任|编制内){_GAP}{{0,10}}?{_TEACHER}"
    rf"|{_SCHOOL}(?!教师资格){_GAP}{{0,6}}?{_TEACHER}{_GAP}{{0,6}}?{_TEACHES}"
    rf"|由{_GAP}{{0,8}}?{_SCHOOL}(?!教师资格){_GAP}{{0,6}}?{_TEACHER}"
    rf"|(?:现|目前|仍|同时|本职|平时|白天){_GAP}{{0,6}}?(?:就职|任职|供职|任教|执教|工作|上班|教书){_GAP}{{0,12}}?{_SCHOOL}"
    rf"|(?:现|目前|仍|同时|本职|平时|白天){_GAP}{{0,14}}?{_SCHOOL}{_GAP}{{0,8}}?(?:就职|任职|供职|任教|执教|上班|教书|{_TEACHER})"
)
_RETIRED = re.compile(r"退休|离职|离任|已辞|辞去|辞职|原任|曾任|前任|曾在|曾经|原[^因来则]")
_ABROAD_PLACE = (
    r"(?:境外|海外|国外|北美|南美|欧美|欧洲|非洲|东南亚|美国|英国|加拿大|澳大利亚|澳洲|新西兰|菲律宾|南非|爱尔兰|俄罗斯|法国|德国|日本"
    r"|韩国|西班牙|意大利|乌克兰|印度|新加坡|马来西亚|泰国|越南|波兰|荷兰|匈牙利|塞尔维亚|牙买加|肯尼亚|埃及|巴西|墨西哥|古巴|瑞士|瑞典|比利时"
    r"|马尼拉|宿务|伦敦|纽约|洛杉矶|莫斯科|东京|大阪|巴黎|悉尼|墨尔本|多伦多|温哥华|柏林|首尔|都柏林|奥克兰|开普敦|曼谷|当地)"
)
_REMOTE = r"(?:远程|连线|跨国|跨境|越洋|隔空|视频|在线|线上|网络|直播|云端)"
_FOREIGNER = (
    r"(?:外教|外籍(?:教师|老师|教练|专家|人员)?"
    r"|[一-龥]{1,4}籍(?:教师|老师|教练|专家)|母语(?:教师|老师|外教)|洋教师)"
)
_TEACHING = r"(?:授课|上课|教学|直播|连线|执教|主讲|外教|指导|带班|讲课|辅导|任教|教授)"
_ABROAD = re.compile(
    rf"(?:境外|海外|国外)的?(?:外籍)?(?:外教|教师|老师|教员|教练|师资|团队|名师)"
    rf"|{_FOREIGNER}{_GAP}{{0,8}}?(?:(?:远程|连线|跨国|跨境|越洋|隔空|视频)|(?:在|人在|身在|常驻|位于|从|于|身处){_ABROAD_PLACE})"
    rf"|{_FOREIGNER}{_GAP}{{0,6}}?在(?!境内|国内|本地|校区|校内|成都|双流|四川|北京|上海|我国|中国|教室|现场|本|课|机构|线){_GAP}{{1,8}}?{_REMOTE}"
    rf"|(?:远程|连线|跨国|跨境|越洋|隔空|视频){_GAP}{{0,8}}?{_FOREIGNER}"
    rf"|(?:在|从|由|于){_ABROAD_PLACE}{_GAP}{{0,10}}?{_TEACHING}"
    rf"|(?:常驻|定居|身处|身在|人在|居住在|旅居|现居|居于|坐标){_ABROAD_PLACE}"
    rf"|(?<!在){_ABROAD_PLACE}{_GAP}{{0,6}}?(?:外教|教师|老师|教练|名师){_GAP}{{0,8}}?{_REMOTE}"
    rf"|{_ABROAD_PLACE}(?:本土|母语|当地)(?:外教|教师|老师|名师)"
    r"|菲教|(?:越洋|跨国)(?:课堂|授课|教学)"
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
