"""Chinese words of stages, kinds, states and settings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from regulator.calendars.choices.changes import CHANGE_EVENT_LABELS
from regulator.calendars.choices.warning_settings import (
    WARNING_SETTING_EFFECTS,
    WARNING_SETTING_LABELS,
)
from regulator.web.choices import ATTENTION, NEUTRAL, OK, UNKNOWN, Badge

STAGE_LABELS = {
    "preschool": _("学龄前"),
    "primary": _("小学"),
    "junior": _("初中"),
    "senior": _("高中"),
}
STAGE_CHOICES = list(STAGE_LABELS.items())

GRADE_LABELS = {
    0: _("学龄前"),
    1: _("一年级"),
    2: _("二年级"),
    3: _("三年级"),
    4: _("四年级"),
    5: _("五年级"),
    6: _("六年级"),
    7: _("七年级"),
    8: _("八年级"),
    9: _("九年级"),
    10: _("高一"),
    11: _("高二"),
    12: _("高三"),
}
GRADE_CHOICES = [(str(grade), label) for grade, label in GRADE_LABELS.items()]

PERIOD_KIND_LABELS = {
    "term": _("学期"),
    "winter_break": _("寒假"),
    "summer_break": _("暑假"),
    "short_break": _("春秋假"),
}
PERIOD_KIND_CHOICES = list(PERIOD_KIND_LABELS.items())
DAY_STATE_LABELS = PERIOD_KIND_LABELS | {"unknown": _("未录入")}

TERM_LABELS = {0: _("不适用"), 1: _("第一学期"), 2: _("第二学期")}
TERM_CHOICES = [(str(term), label) for term, label in TERM_LABELS.items()]

HOLIDAY_KIND_LABELS = {
    "statutory_holiday": _("法定节假日"),
    "makeup_workday": _("调休上班"),
}
HOLIDAY_KIND_CHOICES = list(HOLIDAY_KIND_LABELS.items())

YEAR_KIND_LABELS = {"school": _("学年校历"), "holiday": _("年度放假安排")}
YEAR_KIND_CHOICES = list(YEAR_KIND_LABELS.items())

CONFIDENCE_LABELS = {
    "high": _("可靠"),
    "medium": _("大致可靠"),
    "low": _("推算，须核实"),
    "none": _("未查到"),
}
CONFIDENCE_CHOICES = [(code, CONFIDENCE_LABELS[code]) for code in ("high", "medium", "low")]

COVERAGE_BADGES = {
    "entered": Badge(OK, _("已录入")),
    "doubtful": Badge(ATTENTION, _("待核实")),
    "partly": Badge(ATTENTION, _("未录全")),
    "blank": Badge(UNKNOWN, _("未录入")),
}

STANDING_BADGES = {
    "confirmed": Badge(OK, _("已确认")),
    "sourced": Badge(NEUTRAL, _("默认，有来源")),
    "assumed": Badge(ATTENTION, _("默认，未确认")),
}

SETTING_GROUP_LABELS = {
    "time": _("上课时间"),
    "edition": _("教材版本"),
    "fees": _("收费"),
    "filing": _("备案期限"),
    "staff": _("教职员工"),
    "licensing": _("办学许可"),
    "inspecting": _("检查和信用"),
    "warnings": _("预收费风险预警"),
}

SETTING_LABELS = {
    "school_hours": _("中小学教学时间"),
    "senior_high_alike": _("高中学科类参照义务教育执行"),
    "edition_chinese": _("语文教材版本"),
    "edition_mathematics": _("数学教材版本"),
    "edition_foreign_language": _("外语教材版本"),
    "edition_physics": _("物理教材版本"),
    "edition_chemistry": _("化学教材版本"),
    "edition_biology": _("生物教材版本"),
    "edition_history": _("历史教材版本"),
    "edition_geography": _("地理教材版本"),
    "edition_morality": _("道德与法治教材版本"),
    "price_group": _("政府指导价所属价区"),
    "silence_workdays": _("家长不回应视为同意消课的工作日"),
    "silence_notices": _("开始计算前须通知家长的次数"),
    "silence_notice_days": _("两次消课通知相隔的天数"),
    "fee_scheme": _("预收费监管方式"),
    "filing_lead_workdays": _("备案须提前的工作日"),
    "review_workdays": _("备案审核的工作日"),
    "appraisal_workdays": _("专家组鉴别的工作日"),
    "dispute_workdays": _("对鉴别结论提出异议的工作日"),
    "staff_teaching_percent": _("专职教学、教研人员占从业人员的百分比"),
    "staff_pupil_percent": _("专职教学人员占学生的百分比"),
    "staff_preschool_percent": _("专职教学人员占学龄前儿童的百分比"),
    "staff_recheck_months": _("从业人员再次查询的间隔（月）"),
    "material_retention_months": _("培训材料停用后的保管期限（月）"),
    "renewal_lead_days": _("延续申请须提前的天数"),
    "reregistration_order": _("营转非各步的先后"),
    "reregistration_bars": _("年检不合格、受过处罚或者已停办的不能营转非"),
    "nature_code_position": _("许可证编号里性质代码的位置"),
    "statement_workdays": _("陈述、申辩的工作日"),
    "hearing_request_workdays": _("提出听证申请的工作日"),
    "hearing_notice_workdays": _("听证通知须提前的工作日"),
    "inspection_visit_cap": _("同一机构一年抽查的次数上限"),
    "credit_window_months": _("信用记分的有效期（月）"),
    "credit_objection_workdays": _("对拟定信用等级提出异议的工作日"),
    "credit_b_from": _("B 级从多少分起"),
    "credit_c_from": _("C 级从多少分起"),
    "credit_d_from": _("D 级从多少分起"),
    "credit_finding_red_line": _("一项红线问题的记分"),
    "credit_finding_key": _("一项重点问题的记分"),
    "credit_finding_general": _("一项一般问题的记分"),
    "credit_complaint": _("一件查实投诉的记分"),
    "credit_annual_failed": _("年度检查不合格的记分"),
    "credit_escrow_warning": _("一次资金监管预警的记分"),
    "visits_workdays": _("一次抽查要查完的工作日"),
    "publication_workdays": _("检查结果公布的工作日"),
    "publication_counted_from": _("公布期限从哪天起算"),
    **WARNING_SETTING_LABELS,
}

SETTING_EFFECTS = {
    "school_hours": _("上课日的这段时间内不得安排培训，半开区间：结束的那一分钟可以开课。"),
    "senior_high_alike": _("选“是”时，节假日、休息日、寒暑假的限制同样适用于高中学科类。"),
    "edition": _("判断是否超前教学时，按这里的版本对照教材目录；没有目录的版本只给出“待定”。"),
    "price_group": _("决定义务教育学科类收费的上限。"),
    "silence_workdays": _("从最后一次应发的通知次日起算，期满没有异议的，这一课的钱才能拨付。"),
    "silence_notices": _("通知没有发够这些次的，不开始计算。"),
    "silence_notice_days": _("还没有发够次数的，隔这些天再发一次。"),
    "fee_scheme": _("账户页面和机构页面按当天的方式说明预收费应当怎样监管。"),
    "filing_lead_workdays": _("早于开课日不足这些工作日提交的备案算迟报。"),
    "review_workdays": _("从提交次日起算，到期未办会排在审核员“今天要办”的最前面。"),
    "appraisal_workdays": _("从送专家组次日起算；这段时间审核期限暂停，不计入审核的工作日。"),
    "dispute_workdays": _("从结论告知次日起算，期满没有异议的，才能认定构成违规。"),
    "staff": _("文件写的是“原则上”：不足的只列出差几个人，不拦办理。"),
    "staff_recheck_months": _("从上一次查询起算，过了这些月没有再查的，列在“查询过期”里。"),
    "material_retention_months": _("从停用之日起算；填 0 的，材料页面写明期限无法判定。"),
    "statement_workdays": _("从告知书送达次日起算，期满没有陈述的，才能往下办。"),
    "hearing_request_workdays": _("从处罚告知书送达次日起算，期满没有要求听证的，才能往下办。"),
    "hearing_notice_workdays": _("从听证通知送达次日起算，过了这些工作日才能举行听证。"),
    "inspection_visit_cap": _("当年已到上限的机构，固定抽查框时提议排除；个案检查不计在内。"),
    "credit_window_months": _("从事实发生之日起算，过了这些月不再记分。"),
    "credit_objection_workdays": _("从告知次日起算，期满并答复异议以后，等级才生效。"),
    "inspecting": _("夜间拟定信用等级时使用；已经告知的拟定不受影响。"),
    "visits_workdays": _("从抽取之日的次日起算，到期前在统筹员“今天要办”里提醒。"),
    "publication_workdays": _("期满没有公布的，在统筹员“今天要办”里标为逾期。"),
    "publication_counted_from": _("检查结束、结果形成、公布三个时间都保存，改了也能重算。"),
    "reregistration_order": _("已经开始的办件仍按开始时的先后办完。"),
    "reregistration_bars": _("选“否”时，这三种情形不再拦住营转非的申请。"),
    "nature_code_position": _("编号拆开核对时用。性质代码只作核对，不能证明是学科类或者非营利。"),
    "renewal_lead_days": _("届满前至少这些天提交的延续申请，届满时没有决定的，视为准予延续。"),
    **WARNING_SETTING_EFFECTS,
}

CHOICE_LABELS = {
    "custody": _("银行全额托管"),
    "deposit": _("风险保证金"),
    "central": _("中心城区"),
    "other": _("其他区域"),
    "yes": _("是"),
    "no": _("否"),
    "last_visit_ended": _("整批检查结束之日"),
    "visit_ended": _("这一家检查结束之日"),
    "result_settled": _("检查结果形成之日"),
    "chengdu": _("先注销企业，再换许可证，后办民非登记"),
    "national_2021": _("先换许可证、办民非登记，7个工作日内注销企业"),
    "beijing": _("先换许可证、办民非登记，再注销原证和企业"),
}

EVENT_LABELS = CHANGE_EVENT_LABELS | {
    "calendar.year_added": _("新增年度"),
    "calendar.year_completed": _("确认年度录入完毕"),
    "calendar.shipped_loaded": _("载入系统自带的校历"),
    "calendar.period_entered": _("录入学期或假期"),
    "calendar.period_changed": _("修改学期或假期"),
    "calendar.period_removed": _("删除学期或假期"),
    "calendar.holiday_entered": _("录入节假日"),
    "calendar.holiday_removed": _("删除节假日"),
    "calendar.deadlines_recomputed": _("重新计算期限"),
    "setting.changed": _("修改设置"),
    "setting.confirmed": _("确认设置"),
}

FIELD_LABELS = {
    "title": _("名称"),
    "kind": _("类型"),
    "term": _("学期"),
    "starts_on": _("第一天"),
    "ends_on": _("最后一天"),
    "ends_before": _("到哪天为止（不含）"),
    "stages": _("学段"),
    "grades": _("只限这些年级"),
    "overrides": _("覆盖校历"),
    "confidence": _("可信程度"),
    "source": _("依据"),
    "basis": _("依据"),
    "note": _("备注"),
    "year": _("年度"),
    "years": _("年度"),
    "holidays": _("节假日"),
    "value": _("取值"),
    "who": _("管谁"),
    "is_soft": _("原则上"),
    "changed": _("重算的期限"),
    "moved": _("到期日有变的期限"),
    "provisional": _("仍为暂定的期限"),
}

VALUE_LABELS: dict[str, dict[Any, Any]] = {
    "kind": PERIOD_KIND_LABELS | HOLIDAY_KIND_LABELS | YEAR_KIND_LABELS,
    "term": TERM_LABELS,
    "stages": STAGE_LABELS,
    "grades": GRADE_LABELS,
    "confidence": CONFIDENCE_LABELS,
    "value": CHOICE_LABELS,
}
