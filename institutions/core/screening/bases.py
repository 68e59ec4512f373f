"""The articles that the rules cite, once each.

Sources: docs/screening.md, table of bases. A document number is given only where it was seen.
"""

from __future__ import annotations

from datetime import date

from regulator.kernel.legal import LegalBasis

_REDUCTION = "关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见"
_REDUCTION_NUMBER = "中办发〔2021〕40号"
_REDUCTION_FROM = date(2021, 7, 24)
_STANDARDS = "关于规范校外培训机构发展的意见"
_STANDARDS_NUMBER = "国办发〔2018〕80号"
_STANDARDS_FROM = date(2018, 8, 6)


def _reduction(article: str) -> LegalBasis:
    return LegalBasis(_REDUCTION, _REDUCTION_NUMBER, article, _REDUCTION_FROM)


def _standards(article: str) -> LegalBasis:
    return LegalBasis(_STANDARDS, _STANDARDS_NUMBER, article, _STANDARDS_FROM)


REST_TIME = _reduction("不得占用国家法定节假日、休息日及寒暑假期组织学科类培训")
SCHOOL_TIME = _standards("培训时间不得与当地中小学校教学时间相冲突")
ONLINE_LENGTH = _reduction(
    "线上培训每课时不超过30分钟，课程间隔不少于10分钟，培训结束时间不晚于21点"
)
PRESCHOOL_ONLINE = _reduction("不得开展面向学龄前儿童的线上培训")
PRESCHOOL_SUBJECT = _reduction(
    "严禁以学前班、幼小衔接班、思维训练班等名义面向学龄前儿童开展线下学科类（含外语）培训"
)
FILING = _standards("培训内容、班次、招生对象、进度、上课时间等须备案")
NEGATIVE_LIST = LegalBasis(
    "义务教育六科超标超前培训负面清单（试行）",
    "教基厅〔2020〕1号",
    "原则要求与典型问题",
    date(2020, 5, 8),
)
NEGATIVE_STAGE = LegalBasis(
    "义务教育六科超标超前培训负面清单（试行）",
    "教基厅〔2020〕1号",
    "原则要求：不得将高学段内容提前培训",
    date(2020, 5, 8),
)
NEGATIVE_PACE = LegalBasis(
    "义务教育六科超标超前培训负面清单（试行）",
    "教基厅〔2020〕1号",
    "原则要求：进度不得超过所在县（市、区）中小学同期进度",
    date(2020, 5, 8),
)
CONTENT_STANDARD = _standards("培训内容不得超出相应的国家课程标准")
CONTENT_PACE = _standards("培训进度不得超过所在县（区）中小学同期进度")
GRADE_MATCH = _standards("培训班次必须与招生对象所处年级相匹配")
NAMING = LegalBasis(
    "关于切实做好校外培训机构学科类培训班备案工作的要求",
    "教基厅〔2018〕8号",
    "班名由学段、年级、学科组成",
)
SLEEP = LegalBasis(
    "关于进一步加强中小学生睡眠管理工作的通知",
    "教基厅函〔2021〕11号",
    "线下培训不晚于20:30、线上直播不晚于21:00结束",
    date(2021, 4, 2),
)
