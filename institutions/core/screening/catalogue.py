"""Every rule of screening: its code, title, severity, articles, test and examples.

A rule stands here only when it is complete: one test runs all the examples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from institutions.core.screening import bases
from institutions.core.screening.facts import Facts
from institutions.core.screening.limits import Limits
from institutions.core.screening.rules import (
    content,
    disguise,
    fees,
    grade,
    naming,
    staff,
    time,
    wording,
)
from institutions.core.screening.rules.example_rows import Example
from institutions.core.screening.rules.examples import EXAMPLES
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Outcome

FORM_CODE = "FILING-FORM"
DISGUISE_CODE = "CONTENT-DISGUISE"


class Severity(StrEnum):
    """How grave a breach is: the row cannot be judged, the law is broken, or a reminder."""

    FORM = "form"
    BREACH = "breach"
    WARNING = "warning"


@dataclass(frozen=True)
class Rule:
    """A rule with what it rests on. `judge` is pure and total; it never raises on data.

    `applies` names the classes it binds, in the words of the contract.
    """

    code: str
    title: str
    severity: Severity
    bases: tuple[LegalBasis, ...]
    applies: str
    judge: Callable[[Facts, Limits], Outcome] | None
    complying: tuple[Example, ...] = field(repr=False)
    breaching: tuple[Example, ...] = field(repr=False)


def _rule(
    code: str,
    title: str,
    applies: str,
    judge: Callable[[Facts, Limits], Outcome] | None,
    *legal: LegalBasis,
    severity: Severity = Severity.BREACH,
) -> Rule:
    complying, breaching = EXAMPLES[code]
    return Rule(code, title, severity, legal, applies, judge, complying, breaching)


RULES: tuple[Rule, ...] = (
    _rule(
        FORM_CODE, "备案表填写不完整或无法识别", "全部", None, bases.FILING, severity=Severity.FORM
    ),
    _rule(
        "FILING-NAME",
        "班名未写明年级或学科",
        "学科类",
        naming.judge_name,
        bases.NAMING,
        severity=Severity.WARNING,
    ),
    _rule(
        "TIME-OFFLINE-END",
        "线下培训结束过晚",
        "线下，各类",
        time.judge_offline_end,
        bases.SLEEP,
    ),
    _rule(
        "TIME-ONLINE-END",
        "线上直播结束过晚",
        "线上直播，各类",
        time.judge_online_end,
        bases.SLEEP,
    ),
    _rule(
        "TIME-SCHOOL-HOURS",
        "占用学校教学时间",
        "一年级至高三，各类",
        time.judge_school_hours,
        bases.SCHOOL_TIME,
    ),
    _rule(
        "TIME-HOLIDAY",
        "占用国家法定节假日",
        "学科类",
        time.judge_holiday,
        bases.REST_TIME,
    ),
    _rule("TIME-VACATION", "占用寒暑假", "学科类", time.judge_vacation, bases.REST_TIME),
    _rule("TIME-REST-DAY", "占用休息日", "学科类", time.judge_rest_day, bases.REST_TIME),
    _rule(
        "TIME-ONLINE-LENGTH",
        "线上每课时过长或课间休息不足",
        "学科类线上直播",
        time.judge_online_length,
        bases.ONLINE_LENGTH,
    ),
    _rule(
        "TIME-PRESCHOOL-ONLINE",
        "面向学龄前儿童开展线上培训",
        "学龄前",
        time.judge_preschool_online,
        bases.PRESCHOOL_ONLINE,
    ),
    _rule(
        "CONTENT-SYLLABUS",
        "培训内容超标",
        "学科类",
        content.judge_syllabus,
        bases.NEGATIVE_STAGE,
        bases.NEGATIVE_LIST,
        bases.CONTENT_STANDARD,
    ),
    _rule(
        "CONTENT-PACE",
        "培训进度超前",
        "学科类，一至九年级",
        content.judge_pace,
        bases.NEGATIVE_PACE,
        bases.CONTENT_PACE,
    ),
    _rule("CONTENT-GRADE", "班级与年级不符", "学科类", grade.judge_grade, bases.GRADE_MATCH),
    _rule(
        DISGUISE_CODE,
        "以非学科类名义开展学科类培训",
        "非学科类，一年级至高三",
        disguise.judge_disguise,
        bases.DISGUISE,
    ),
    _rule(
        "CONTENT-PRESCHOOL",
        "面向学龄前儿童开展学科类培训",
        "学龄前",
        wording.judge_preschool,
        bases.PRESCHOOL_SUBJECT,
    ),
    _rule("CONTENT-OVERSEAS", "提供境外课程", "全部", wording.judge_overseas, bases.OVERSEAS),
    _rule(
        "CONTENT-ADMISSION",
        "与招生入学或竞赛挂钩",
        "全部",
        wording.judge_admission,
        bases.ADMISSION,
    ),
    _rule("CONTENT-HOMEWORK", "布置课外作业", "全部", wording.judge_homework, bases.HOMEWORK),
    _rule(
        "STAFF-CERTIFICATE",
        "教师资格不符",
        "全部（外籍教师除外）",
        staff.judge_certificate,
        bases.STAFF_CERTIFICATE,
    ),
    _rule(
        "STAFF-IN-SERVICE",
        "在职中小学教师任教",
        "全部",
        staff.judge_serving,
        bases.STAFF_SERVING,
    ),
    _rule("STAFF-ABROAD", "境外外教授课", "全部", staff.judge_abroad, bases.STAFF_ABROAD),
    _rule("FEE-PERIOD", "一次收费跨度过长", "全部", fees.judge_period, bases.PREPAYMENT),
    _rule("FEE-LESSONS", "一次收费课时过多", "全部", fees.judge_lessons, bases.PREPAYMENT),
    _rule("FEE-AMOUNT", "一次收费金额过高", "非学科类", fees.judge_amount, bases.FEE_AMOUNT),
    _rule("FEE-EARLY", "过早收费", "全部", fees.judge_early, bases.PREPAYMENT),
    _rule(
        "FEE-GUIDE-PRICE",
        "收费高于政府指导价",
        "学科类，一至九年级",
        fees.judge_guide_price,
        bases.GUIDE_PRICE,
    ),
)

RULES_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
