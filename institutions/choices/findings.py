"""The words of every finding: titles, plain explanations, messages, remedies.

`core` gives codes and parameters; what a person reads is made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.choices.register_findings import (
    REGISTER_PART_BREACHES,
    REGISTER_RULE_TEXTS,
    REGISTER_UNDETERMINED_REMEDIES,
)
from institutions.choices.rule_text import MISSING_ENTRY, RuleText, Text
from institutions.core.screening.engine import Finding

# A day that cannot be judged lists no dates: nobody has to move a class, somebody has to enter.
UNDETERMINED_REMEDIES: Mapping[str, Text] = {
    "TIME": _("现在由审核人员认定。%(missing)s由教育部门录入，录入以后再核对时由系统判断。"),
    "CONTENT-SYLLABUS": _("现在由审核人员认定；删去“%(evidence)s”即不再有此疑问。"),
    "CONTENT-PACE": _("现在由审核人员认定；补齐%(missing)s以后再核对时由系统判断。"),
    "cell": _("补填“%(missing)s”，再核对时由系统判断。"),
}

OUTCOME_TITLES: Mapping[str, Text] = {
    "invalid": _("填写有误"),
    "flagged": _("有违规项"),
    "appraise": _("待鉴别"),
    "clear": _("未见违规项"),
}
FINDING_TITLES: Mapping[str, Text] = {"breach": _("违规"), "undetermined": _("待认定")}

FORM_PROBLEMS: Mapping[str, Text] = {
    "empty": _("“%(header)s”没有填写。"),
    "unreadable": _("“%(header)s”填的是“%(value)s”，无法识别。"),
    "too_small": _("“%(header)s”填的是“%(value)s”，数值过小。"),
    "ends_before_start": _("结课日期“%(value)s”早于开班日期。"),
    "no_session": _("开班日期与结课日期之间没有“%(value)s”的课。"),
    "scientific": _(
        "机构许可证号“%(value)s”已被表格软件改成数字，末尾几位丢失；请把该列设为文本后重新填写。"
    ),
    "no_school_subject": _("学科类的“学科或项目”须填九门学科之一，现填“%(value)s”。"),
}

FIELD_HINTS: Mapping[str, Text] = {
    "机构许可证号": _("按办学许可证所印填写；学科类必填，非学科类可填统一社会信用代码。"),
    "培训类别": _("填“学科类”或“非学科类”。"),
    "学科或项目": _("学科类填九门学科之一；非学科类填活动项目。"),
    "招生对象": _("填学龄前、一年级至九年级、高一至高三，多个用顿号隔开。"),
    "培训方式": _("填“线下”“线上直播”或“线上录播”。"),
    "开班日期": _("填年月日，例如2026-03-10。"),
    "结课日期": _("填年月日，不早于开班日期。"),
    "上课星期": _("例如“周二、周四”。"),
    "上课时间": _("例如“18:30-20:00”。"),
    "每课时分钟": _("填大于0的整数。"),
    "课间休息分钟": _("填整数，可以为0。"),
    "总课时": _("填大于0的整数。"),
    "教师身份": _("填专职、兼职、在职中小学教师、外籍（境内）或外籍（境外）。"),
    "班额": _("填大于0的整数。"),
    "收费总额": _("填每人应缴的元数，可以为0。"),
    "收费日期": _("填年月日，例如2026-03-01。"),
    "收费方式": _("填“按课时”或“按周期”。"),
}

RULE_TEXTS: Mapping[str, RuleText] = {
    "FILING-FORM": RuleText(
        title=_("备案表填写不完整或无法识别"),
        explanation=_("必填栏为空、写法无法识别或前后矛盾时，本行不进入审核。"),
        breach=_("本行有填写问题，须改正后重新提交。"),
        undetermined=MISSING_ENTRY,
        remedy=_("按提示改正所列各栏后重新提交本行。"),
    ),
    "FILING-NAME": RuleText(
        title=_("班名未写明年级或学科"),
        explanation=_("学科类培训班的名称由学段、年级和学科组成，例如“小学三年级数学培训班”。"),
        breach=_("班名“%(evidence)s”缺少%(lacking)s。"),
        undetermined=_("班名“%(evidence)s”缺少%(lacking)s，审核人员可据此退回。"),
        remedy=_("在班名中写明年级和学科。"),
    ),
    "TIME-OFFLINE-END": RuleText(
        title=_("线下培训结束过晚"),
        explanation=_("线下培训每天不得晚于规定时间结束。"),
        breach=_("%(end)s下课，晚于%(limit)s，涉及%(day_count)s天。"),
        undetermined=MISSING_ENTRY,
        remedy=_("把下课时间提前到%(limit)s或更早。"),
    ),
    "TIME-ONLINE-END": RuleText(
        title=_("线上直播结束过晚"),
        explanation=_("线上直播类培训不得晚于规定时间结束。"),
        breach=_("%(end)s下课，晚于%(limit)s，涉及%(day_count)s天。"),
        undetermined=MISSING_ENTRY,
        remedy=_("把下课时间提前到%(limit)s或更早。"),
    ),
    "TIME-SCHOOL-HOURS": RuleText(
        title=_("占用学校教学时间"),
        explanation=_("学校上课的日子（含调休上班日），教学时间内不得组织学生培训。"),
        breach=_("%(evidence)s是学校上课日，课程与教学时间%(hours)s重叠，共%(day_count)s天。"),
        undetermined=MISSING_ENTRY,
        remedy=_("改到放学以后，或改到不上学的日子。"),
    ),
    "TIME-HOLIDAY": RuleText(
        title=_("占用国家法定节假日"),
        explanation=_("学科类培训不得安排在国家法定节假日。"),
        breach=_("%(evidence)s是国家法定节假日，共%(day_count)s天有课。"),
        undetermined=MISSING_ENTRY,
        remedy=_("取消或改期上述日期的课。"),
    ),
    "TIME-VACATION": RuleText(
        title=_("占用寒暑假"),
        explanation=_("学科类培训不得安排在寒假或暑假。"),
        breach=_("%(evidence)s在寒暑假内，共%(day_count)s天有课。"),
        undetermined=MISSING_ENTRY,
        remedy=_("改到学期中的工作日。"),
    ),
    "TIME-REST-DAY": RuleText(
        title=_("占用休息日"),
        explanation=_("学科类培训不得安排在星期六、星期日；调休上班日除外。"),
        breach=_("%(evidence)s是休息日，共%(day_count)s天有课。"),
        undetermined=MISSING_ENTRY,
        remedy=_("改到星期一至星期五。"),
    ),
    "TIME-ONLINE-LENGTH": RuleText(
        title=_("线上每课时过长或课间休息不足"),
        explanation=_("学科类线上直播每课时不超过30分钟，课时之间间隔不少于10分钟。"),
        breach=_("“%(field)s”为%(minutes)s分钟，限值为%(limit)s分钟。"),
        undetermined=MISSING_ENTRY,
        remedy=_("按限值调整每课时长度和课间休息。"),
    ),
    "TIME-PRESCHOOL-ONLINE": RuleText(
        title=_("面向学龄前儿童开展线上培训"),
        explanation=_("不得面向学龄前儿童开展任何线上培训。"),
        breach=_("招生对象含学龄前，培训方式为“%(way)s”。"),
        undetermined=MISSING_ENTRY,
        remedy=_("改为线下开展，或调整招生对象。"),
    ),
    "CONTENT-SYLLABUS": RuleText(
        title=_("培训内容超标"),
        explanation=_("不得把高学段内容、竞赛内容或负面清单所列内容用于低学段学生。"),
        breach=_("“%(evidence)s”超出本班学段：%(detail)s。"),
        undetermined=_(
            "“%(evidence)s”可能超出本班学段（%(detail)s），依据数据可信度不足，须由审核人员认定。"
        ),
        remedy=_("删去或更换“%(evidence)s”（%(belongs)s），使内容不超出所招年级的学段。"),
    ),
    "CONTENT-PACE": RuleText(
        title=_("培训进度超前"),
        explanation=_("培训进度不得超过本区中小学同期进度。"),
        breach=_("“%(evidence)s”属于%(belongs)s的内容，早于本班应有的进度：%(detail)s。"),
        undetermined=_("缺少%(missing)s，无法判断进度是否超前，须由审核人员认定。"),
        remedy=_("删去“%(evidence)s”，只讲本学期及以前学过的内容；或等到%(from_when)s再开此内容。"),
    ),
    "CONTENT-GRADE": RuleText(
        title=_("班级与年级不符"),
        explanation=_("班次须与招生对象所处年级相符，班名和内容不得写未招的年级。"),
        breach=_("“%(field)s”写的“%(evidence)s”不在招生对象（%(enrolled)s）之内。"),
        undetermined=MISSING_ENTRY,
        remedy=_("使班名、内容与招生对象的年级一致。"),
    ),
    "CONTENT-DISGUISE": RuleText(
        title=_("以非学科类名义开展学科类培训"),
        explanation=_("按目的、内容、方式和评价鉴别；两种迹象一致即属学科类，存疑的交专家组鉴别。"),
        breach=_("按非学科类备案，但有迹象表明教的是%(subject)s：%(words)s。"),
        undetermined=_("“%(words)s”是否属于学科类，须交专家组鉴别。"),
        remedy=_("删去学科内容和材料，或改按学科类备案。"),
    ),
    "CONTENT-PRESCHOOL": RuleText(
        title=_("面向学龄前儿童开展学科类培训"),
        explanation=_("不得面向学龄前儿童开展学科类（含外语）培训，不得教拼音、识字、算术。"),
        breach=_("招生对象含学龄前，“%(field)s”写明“%(evidence)s”。"),
        undetermined=MISSING_ENTRY,
        remedy=_("删去学科类内容，或停办此班。"),
    ),
    "CONTENT-OVERSEAS": RuleText(
        title=_("提供境外课程"),
        explanation=_("不得提供境外教育课程，包括其考试的培训。"),
        breach=_("“%(field)s”写明“%(evidence)s”，属于境外课程或其考试。"),
        undetermined=_("“%(evidence)s”是语言测试，是否属于境外课程须由审核人员认定。"),
        remedy=_("删去境外课程和教材。"),
    ),
    "CONTENT-ADMISSION": RuleText(
        title=_("与招生入学或竞赛挂钩"),
        explanation=_("培训不得与中小学招生入学挂钩，不得组织或备考竞赛。"),
        breach=_("“%(field)s”写明“%(evidence)s”，与招生入学、选拔或竞赛有关。"),
        undetermined=MISSING_ENTRY,
        remedy=_("删去与招生入学、选拔或竞赛有关的内容。"),
    ),
    "CONTENT-HOMEWORK": RuleText(
        title=_("布置课外作业"),
        explanation=_("培训机构不得以任何形式布置作业，包括预习、巩固、练习和群打卡。"),
        breach=_("“%(field)s”写明“%(evidence)s”，属于布置作业。"),
        undetermined=MISSING_ENTRY,
        remedy=_("删去课外任务，练习在课内完成。"),
    ),
    "STAFF-CERTIFICATE": RuleText(
        title=_("教师资格不符"),
        explanation=_("学科类教师须有相应学科的教师资格证，非学科类教师须有相应的能力证明。"),
        breach=_("“%(field)s”为“%(evidence)s”，与所教内容不符或没有证书号。"),
        undetermined=_("证书学科“%(evidence)s”看不出是否为%(subject)s，须由审核人员认定。"),
        remedy=_("更换有相应资格的教师，或补填证书号和证书学科。"),
    ),
    "STAFF-IN-SERVICE": RuleText(
        title=_("在职中小学教师任教"),
        explanation=_("校外培训机构不得聘用中小学在职教师。"),
        breach=_("“%(field)s”写明“%(evidence)s”。"),
        undetermined=MISSING_ENTRY,
        remedy=_("更换为非在职教师后重新提交。"),
    ),
    "STAFF-ABROAD": RuleText(
        title=_("境外外教授课"),
        explanation=_("不得聘请在境外的外籍人员开展培训。"),
        breach=_("“%(field)s”写明“%(evidence)s”。"),
        undetermined=MISSING_ENTRY,
        remedy=_("更换为境内教师后重新提交。"),
    ),
    "FEE-PERIOD": RuleText(
        title=_("一次收费跨度过长"),
        explanation=_("一次收费的时间跨度不得超过三个月。"),
        breach=_("%(start)s开班，结课日期%(evidence)s晚于%(last)s，跨度超过%(limit)s个月。"),
        undetermined=MISSING_ENTRY,
        remedy=_("把结课日期提前到%(last)s或更早，余下的课另行开班备案。"),
    ),
    "FEE-LESSONS": RuleText(
        title=_("一次收费课时过多"),
        explanation=_("一次收费不得超过60课时。"),
        breach=_("总课时为%(lessons)s，超过%(limit)s课时。"),
        undetermined=MISSING_ENTRY,
        remedy=_("减到%(limit)s课时以内，余下的课另行开班备案。"),
    ),
    "FEE-AMOUNT": RuleText(
        title=_("一次收费金额过高"),
        explanation=_("非学科类一次收费不得超过5000元。"),
        breach=_("收费%(fee)s元，超过%(limit)s元。"),
        undetermined=MISSING_ENTRY,
        remedy=_("一次收费降到%(limit)s元以内。"),
    ),
    "FEE-EARLY": RuleText(
        title=_("过早收费"),
        explanation=_("不得早于开班前一个月收费。"),
        breach=_("%(start)s开班，收费日期%(evidence)s早于%(first)s。"),
        undetermined=MISSING_ENTRY,
        remedy=_("收费日期不早于%(first)s。"),
    ),
    "FEE-GUIDE-PRICE": RuleText(
        title=_("收费高于政府指导价"),
        explanation=_("义务教育阶段学科类收费执行政府指导价，按课时长度和班额折算。"),
        breach=_(
            "收费%(fee)s元，上限为%(ceiling)s元（每%(minutes)s分钟基准价%(base)s元，"
            "上浮%(float)s%%）。"
        ),
        undetermined=MISSING_ENTRY,
        remedy=_("收费总额降到%(ceiling)s元以内，或核对班额、总课时和每课时分钟。"),
    ),
    **REGISTER_RULE_TEXTS,
}


# A rule with two ways to be breached says which: the finding's `part` chooses the words.
PART_BREACHES: Mapping[tuple[str, str], Text] = {
    ("STAFF-CERTIFICATE", "number"): _("没有填写资格证书号。"),
    ("STAFF-CERTIFICATE", "subject"): _("证书学科为“%(evidence)s”，所教学科为%(subject)s。"),
    ("TIME-ONLINE-LENGTH", "lesson"): _("每课时%(minutes)s分钟，超过%(limit)s分钟。"),
    ("TIME-ONLINE-LENGTH", "gap"): _("课间休息%(minutes)s分钟，不足%(limit)s分钟。"),
    **REGISTER_PART_BREACHES,
}

LIMIT_TITLES: Mapping[str, Text] = {
    "offline_end_minute": _("线下培训最晚结束时间"),
    "live_end_minute": _("线上直播最晚结束时间"),
    "school_hours_start_minute": _("学校教学时间的起点"),
    "school_hours_end_minute": _("学校教学时间的终点"),
    "live_lesson_minutes_max": _("线上每课时最长分钟数"),
    "live_gap_minutes_min": _("线上课间最短分钟数"),
    "senior_high_alike": _("高中是否参照执行的设置"),
    "fee_span_months_max": _("一次收费最长月数"),
    "fee_lessons_max": _("一次收费最多课时数"),
    "fee_total_fen_max": _("一次收费最高金额"),
    "fee_early_months_max": _("最早可提前收费的月数"),
}


class _Known(dict[str, Any]):
    """Values for a template; one that a finding lacks stays empty rather than failing."""

    def __missing__(self, key: str) -> str:
        return ""


def finding_message(finding: Finding) -> str:
    """One finding in plain Chinese: what was found and, for form, every cell concerned."""
    if finding.rule == "FILING-FORM":
        problems = finding.params.get("problems", ())
        return " ".join(form_problem_message(problem) for problem in problems)
    text = RULE_TEXTS[finding.rule]
    if finding.outcome != "breach":
        return str(text.undetermined) % _values(finding)
    part = (finding.rule, str(finding.params.get("part", "")))
    return str(PART_BREACHES.get(part, text.breach)) % _values(finding)


def finding_remedy(finding: Finding) -> str:
    """What would clear a finding."""
    if finding.rule == "FILING-FORM":
        hints = [FIELD_HINTS.get(one["header"]) for one in finding.params.get("problems", ())]
        shown = " ".join(str(hint) for hint in hints if hint is not None)
        return shown or str(RULE_TEXTS[finding.rule].remedy)
    return str(_remedy_text(finding)) % _values(finding)


def _remedy_text(finding: Finding) -> Text:
    text = RULE_TEXTS[finding.rule].remedy
    if finding.outcome != "undetermined":
        return text
    if finding.params.get("missing") in FIELD_HINTS:
        return UNDETERMINED_REMEDIES["cell"]
    if finding.rule in UNDETERMINED_REMEDIES:
        return UNDETERMINED_REMEDIES[finding.rule]
    if finding.rule in REGISTER_UNDETERMINED_REMEDIES:
        return REGISTER_UNDETERMINED_REMEDIES[finding.rule]
    return UNDETERMINED_REMEDIES.get(finding.rule.partition("-")[0], text)


def form_problem_message(problem: Mapping[str, str]) -> str:
    """One cell's problem (`header`, `code`, `value`) in plain Chinese."""
    return str(FORM_PROBLEMS[problem["code"]]) % _Known(problem)


def _values(finding: Finding) -> _Known:
    missing = str(finding.params.get("missing", ""))
    return _Known(
        {
            **finding.params,
            "evidence": finding.evidence,
            "field": finding.field,
            "missing": str(LIMIT_TITLES.get(missing, missing)),
        }
    )


def finding_json(finding: Finding) -> dict[str, str]:
    """The contract's object: rule, outcome, field, evidence, basis, message."""
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "field": finding.field,
        "evidence": finding.evidence,
        "basis": finding.basis,
        "message": finding_message(finding),
    }
