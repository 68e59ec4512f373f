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
PREPAYMENT = LegalBasis(
    "关于加强校外培训机构预收费监管工作的通知",
    "教监管函〔2021〕2号",
    "一次收费不超过3个月或60课时",
    date(2021, 10, 21),
)
FEE_AMOUNT = LegalBasis(
    "关于规范面向中小学生的非学科类校外培训的意见", "", "预收费不超过5000元", date(2022, 12, 29)
)
GUIDE_PRICE = LegalBasis(
    "成都市义务教育阶段学科类校外培训政府指导价", "", "基准收费标准及浮动幅度", date(2022, 1, 1)
)
STAFF_CERTIFICATE = _reduction("学科类教师须具备相应教师资格，非学科类须具备相应职业能力证明")
STAFF_SERVING = _standards("不得聘用中小学在职教师")
STAFF_ABROAD = _reduction("严禁聘请在境外的外籍人员开展培训活动")
OVERSEAS = _reduction("严禁提供境外教育课程")
ADMISSION = _standards("严禁组织竞赛排名，严禁与招生入学挂钩")
HOMEWORK = _standards("不得留作业")
DISGUISE = LegalBasis(
    "义务教育阶段校外培训项目分类鉴别指南",
    "教监管厅函〔2021〕16号",
    "按培训目的、内容、方式与评价鉴别",
    date(2021, 11, 8),
)
