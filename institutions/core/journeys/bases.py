"""The articles on which the journeys stand. The law in force on the day of the fact decides."""

from __future__ import annotations

from datetime import date

from regulator.kernel.legal import LegalBasis

LICENSING_ACT = "中华人民共和国行政许可法"
SCHOOLS_ACT = "中华人民共和国民办教育促进法"
SCHOOLS_REGULATION = "中华人民共和国民办教育促进法实施条例"
PENALTY_ACT = "中华人民共和国行政处罚法"
CHENGDU_PLAN = "成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案"
NATIONAL_OPINION = "关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见"

_REGULATION_FROM = date(2021, 9, 1)


def licensing_act(article: str) -> LegalBasis:
    """An article of the act on administrative licences."""
    return LegalBasis(LICENSING_ACT, "", article)


def schools_act(article: str) -> LegalBasis:
    """An article of the act on privately run schools."""
    return LegalBasis(SCHOOLS_ACT, "", article)


def schools_regulation(article: str) -> LegalBasis:
    """An article of the act's implementing regulation, in force since 2021-09-01."""
    return LegalBasis(SCHOOLS_REGULATION, "国务院令第741号", article, _REGULATION_FROM)


def penalty_act(article: str) -> LegalBasis:
    """An article of the act on administrative penalties."""
    return LegalBasis(PENALTY_ACT, "", article)


APPLYING = licensing_act("第二十九条")
ACCEPTING = licensing_act("第三十二条")
EXAMINING = licensing_act("第三十四条")
DECIDING = licensing_act("第三十八条")
TIME_LIMIT = licensing_act("第四十二条")
ISSUING_TERM = licensing_act("第四十四条")
NOT_COUNTED = licensing_act("第四十五条")
RENEWING = licensing_act("第五十条")
WITHDRAWING = licensing_act("第八条")
ANNULLING = licensing_act("第六十九条")
STRIKING_OFF = licensing_act("第七十条")
SETTING_UP = schools_act("第十二条、第十七条、第十八条")
CHANGING_LICENCE = licensing_act("第四十九条")
DECIDING_SCHOOL = schools_act("第十七条")
AUDITING = schools_act("第三十九条")
CHANGING_SPONSOR = schools_act("第五十四条")
CHANGING_KIND = schools_act("第五十五条")
TERMINATING = schools_act("第五十六条至第六十条")
PAYING_ORDER = schools_act("第五十九条")
RENEWING_SCHOOL = schools_regulation("第二十二条")
ANNUAL_CHECK = schools_regulation("第四十七条")
TERMINATION_RESOLUTION = schools_regulation("第二十六条")
CHANGING_PREMISES = schools_regulation("第二十三条")
TERMINATION_NOTICE = schools_regulation("第五十条")
BANS = LegalBasis(CHENGDU_PLAN, "", "第18项", date(2021, 7, 24))
RE_REGISTERING = LegalBasis(CHENGDU_PLAN, "", "第19项", date(2021, 7, 24))
RECTIFYING = penalty_act("第二十八条")
ONLINE_BY_PROVINCE = LegalBasis(
    "关于做好现有线上学科类培训机构由备案改为审批工作的通知", "教监管厅〔2021〕2号", ""
)
CIVIL_REGISTRATION_CHANGE = LegalBasis(
    "民办非企业单位登记管理暂行条例", "国务院令第251号", "第十五条"
)
NATIONAL_NOTICE = "关于将面向义务教育阶段学生的学科类校外培训机构统一登记为非营利性机构的通知"
RE_REGISTERING_NATIONALLY = LegalBasis(NATIONAL_NOTICE, "", "重新登记程序")
PUNISHING_SCHOOL = schools_act("第六十二条")
LIQUIDATING = schools_act("第五十八条")
DEREGISTERING = LegalBasis(
    "中华人民共和国市场主体登记管理条例", "国务院令第746号", "第三十一条", date(2022, 3, 1)
)
CHANGING_SCOPE = LegalBasis(
    "中华人民共和国市场主体登记管理条例", "国务院令第746号", "第二十六条", date(2022, 3, 1)
)
CIVIL_REGISTERING = LegalBasis(
    "民办非企业单位登记管理暂行条例", "国务院令第251号", "第九条、第十二条", date(1998, 10, 25)
)
RECEIVING = LegalBasis(CHENGDU_PLAN, "", "第28项", date(2021, 7, 24))
