"""The words of the findings that need the register; `findings.py` shows them with the others."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.rule_text import RuleText, Text

TO_CONFIRM = _("须确认：%(missing)s。系统无法判断，须由审核人员认定。")

REGISTER_RULE_TEXTS: Mapping[str, RuleText] = {
    "LICENCE-STATE": RuleText(
        title=_("上课期间许可证无效或暂停招生"),
        explanation=_(
            "上课的每一天，机构的许可证都要有效，且不在暂停招生期间；"
            "届满前按时申请延续、尚未决定的，视为有效。"
        ),
        breach=_("%(first)s起许可证不在有效状态，涉及%(day_count)s天。"),
        undetermined=TO_CONFIRM,
        remedy=_("许可证恢复或延续以后再提交，或把课改到许可证有效的日子。"),
    ),
    "LICENCE-SCOPE": RuleText(
        title=_("超出许可范围"),
        explanation=_("培训类别、学段、学科和方式都要在开班日有效的许可证上。"),
        breach=_("“%(field)s”填的“%(evidence)s”不在许可证的范围之内。"),
        undetermined=TO_CONFIRM,
        remedy=_("改为许可证范围之内的班，或先办理许可证变更。"),
    ),
    "SITE-UNLICENSED": RuleText(
        title=_("授课地点未经许可"),
        explanation=_("线下课只能在许可证上的地址开，新增地点要先办理地址变更。"),
        breach=_("“%(evidence)s”不是本机构许可证上的办学地址。"),
        undetermined=TO_CONFIRM,
        remedy=_("授课地点按许可证上的地址填写；要用新的地点，先办理地址变更。"),
    ),
    "FILING-LATE": RuleText(
        title=_("备案过迟或先行收费、开班"),
        explanation=_("班要按本区规定提前备案；审核通过以前不得收费，也不得开班。"),
        breach=_("提交备案过迟。"),
        undetermined=TO_CONFIRM,
        remedy=_("推迟开班日期和收费日期，使备案提前够时间、审核通过在先。"),
    ),
    "STAFF-DOUBLE": RuleText(
        title=_("同一教师同一时间在两处上课"),
        explanation=_("按资格证书核对已经提交和通过的班；同名的教师对照教职员工名单。"),
        breach=_("“%(evidence)s”在%(first)s等%(day_count)s天的同一时间另有一个班。"),
        undetermined=_(
            "“%(evidence)s”在%(first)s等%(day_count)s天的同一时间也是“%(label)s”的授课教师，"
            "须确认：%(missing)s。"
        ),
        remedy=_("更换教师，或错开上课时间；证书号填错的，改正证书号。"),
    ),
    "ROOM-SIZE": RuleText(
        title=_("学员人数超过场所面积"),
        explanation=_("同一时段在同一场所上课的学员，按本区标准每人要有够用的面积。"),
        breach=_("%(pupils)s人同时上课，面积%(area)s平方米最多%(most)s人。"),
        undetermined=TO_CONFIRM,
        remedy=_("减少班额、错开时段，或换到面积够的许可场所。"),
    ),
}

REGISTER_PART_BREACHES: Mapping[tuple[str, str], Text] = {
    ("LICENCE-STATE", "none"): _("登记库中没有本机构的许可证。"),
    ("LICENCE-STATE", "not_yet"): _("%(first)s许可证还没有生效，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "expired"): _("%(first)s许可证已经到期，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "pending"): _("许可证还没有核发，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "suspended"): _("%(first)s许可证在暂停期间，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "revoked"): _("%(first)s许可证已被吊销，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "annulled"): _("%(first)s许可证已被撤销，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "withdrawn"): _("%(first)s许可证已被撤回，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "cancelled"): _("%(first)s许可证已经注销，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "replaced"): _("%(first)s许可证已经换发，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "paused"): _("%(first)s机构在暂停招生期间，涉及%(day_count)s天的课。"),
    ("LICENCE-STATE", "closed"): _("%(first)s机构已经终止办学，涉及%(day_count)s天的课。"),
    ("LICENCE-SCOPE", "category"): _("许可证不是“%(evidence)s”的许可证。"),
    ("LICENCE-SCOPE", "stage"): _("%(names)s不在许可证的学段之内。"),
    ("LICENCE-SCOPE", "subject"): _("许可证上的学科是%(names)s，没有“%(evidence)s”。"),
    ("LICENCE-SCOPE", "way"): _("许可证上没有“%(evidence)s”这种培训方式。"),
    ("SITE-UNLICENSED", "unknown"): _("登记库中没有“%(evidence)s”这个办学地址。"),
    ("SITE-UNLICENSED", "not_on_licence"): _("“%(evidence)s”登记过，但不在许可证上。"),
    ("SITE-UNLICENSED", "not_in_use"): _(
        "“%(evidence)s”在%(first)s等%(day_count)s天不是在用的许可地址。"
    ),
    ("FILING-LATE", "filed"): _(
        "%(filed)s提交，提前不足%(limit)s个工作日：最早%(first)s开班，现填%(day)s。"
    ),
    ("FILING-LATE", "charged"): _("%(day)s收费，而备案最早%(approved)s才通过。"),
    ("FILING-LATE", "started"): _("%(day)s开班，而备案最早%(approved)s才通过。"),
    ("STAFF-DOUBLE", "own"): _(
        "“%(evidence)s”在%(first)s等%(day_count)s天的同一时间还教“%(label)s”。"
    ),
    ("STAFF-DOUBLE", "other"): _(
        "“%(evidence)s”在%(first)s等%(day_count)s天的同一时间在另一家机构也有课。"
    ),
    ("ROOM-SIZE", "alone"): _(
        "班额%(pupils)s人，面积%(area)s平方米，每人不少于%(limit)s平方米，最多%(most)s人。"
    ),
    ("ROOM-SIZE", "together"): _(
        "%(day)s与“%(others)s”同时上课，共%(pupils)s人；面积%(area)s平方米，"
        "每人不少于%(limit)s平方米，最多%(most)s人。"
    ),
}

# What is missing is for the bureau to enter, or for a person to say: nobody has to move a class.
REGISTER_UNDETERMINED_REMEDIES: Mapping[str, Text] = {
    "LICENCE-STATE": _("现在由审核人员认定。登记库补录许可证以后再核对时由系统判断。"),
    "LICENCE-SCOPE": _("现在由审核人员认定。登记库补录许可范围以后再核对时由系统判断。"),
    "SITE-UNLICENSED": _("授课地点照许可证上的地址写全；确是同一处的，由审核人员认定。"),
    "FILING-LATE": _("现在由审核人员认定。提前期和节假日安排由教育部门录入，再核对时由系统判断。"),
    "STAFF-DOUBLE": _("核对教师姓名和资格证书号，或错开上课时间；否则由审核人员认定。"),
    "ROOM-SIZE": _("现在由审核人员认定。标准由教育部门录入，场所面积由登记人员补录。"),
}
