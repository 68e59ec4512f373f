"""Chinese texts of roles, departments' fields, actions and refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLE_LABELS = {
    "licensing_officer": _("许可经办人"),
    "filing_reviewer": _("备案审核员"),
    "expert": _("鉴定专家"),
    "fee_supervisor": _("资金监管员"),
    "inspection_coordinator": _("检查统筹员"),
    "inspector": _("检查人员"),
    "enforcement_officer": _("执法人员"),
    "legal_reviewer": _("法制审核员"),
    "complaints_clerk": _("投诉受理员"),
    "district_leader": _("区级分管领导"),
    "city_supervisor": _("市级督导员"),
    "institution_manager": _("机构管理员"),
    "parent": _("家长"),
    "administrator": _("系统管理员"),
    "visitor": _("访客"),
    "system": _("系统"),
}

ROLE_CHOICES = [(code, label) for code, label in ROLE_LABELS.items() if code != "system"]

DEPARTMENT_LABELS = {
    "education": _("教育"),
    "civil_affairs": _("民政"),
    "market_regulation": _("市场监管"),
    "fire_rescue": _("消防救援"),
    "public_security": _("公安"),
    "cyberspace": _("网信"),
    "culture_tourism": _("文化和旅游"),
    "sport": _("体育"),
    "science": _("科技"),
    "health": _("卫生健康"),
    "tax": _("税务"),
    "development_reform": _("发展改革"),
    "human_resources": _("人力资源和社会保障"),
    "finance_supervision": _("金融监管"),
    "urban_management": _("城管和综合执法"),
}

DEPARTMENT_CHOICES = list(DEPARTMENT_LABELS.items())

PARAM_LABELS = {"role": ROLE_LABELS, "department": DEPARTMENT_LABELS}

ACTION_LABELS = {
    "desk.enter": _("进入工作台"),
    "portal.enter": _("进入机构端"),
    "field.enter": _("进入现场端"),
    "parent.enter": _("进入家长页面"),
    "account.read": _("查看用户"),
    "account.manage": _("管理用户和岗位"),
    "stand_in.appoint": _("指定代岗人"),
    "hand_over": _("交接岗位"),
    "audit.read": _("查看留痕"),
    "calendar.read": _("查看校历"),
    "calendar.edit": _("修改校历"),
    "setting.edit": _("修改本区设置"),
    "reference.read": _("查看参照表"),
    "reference.edit": _("修改参照表"),
    "reference.approve": _("批准参照表"),
    "job.read": _("查看后台任务"),
    "job.steer": _("取消或重试后台任务"),
    "register.read": _("查看机构名册"),
    "register.edit": _("修改机构名册"),
    "register.import": _("导入机构名册"),
    "licence.decide": _("办理许可"),
    "paper.read": _("查看文书"),
    "paper.read_own": _("查看本机构文书"),
    "paper.issue": _("制发和作废文书"),
    "paper.serve": _("登记送达和归档"),
    "journey.apply": _("申请许可事项"),
    "journey.read": _("查看办件"),
    "journey.read_own": _("查看本机构办件"),
    "journey.handle": _("经办办件"),
    "journey.countersign": _("会签办件"),
    "penalty.handle": _("办理行政处罚"),
    "penalty.review": _("法制审核"),
    "wave.manage": _("管理批次"),
    "staff.read": _("查看教职员工"),
    "staff.edit": _("登记教职员工和查询结果"),
    "staff.keep_own": _("登记本机构教职员工"),
    "notice.read_own": _("查看本机构通知"),
    "notice.read": _("查看通知"),
    "contact.edit": _("修改通知联系方式"),
    "contact.reveal": _("查看完整的通知联系方式"),
    "filing.file": _("提交备案"),
    "material.keep": _("管理本机构的培训材料"),
    "material.read": _("查看培训材料"),
    "material.check": _("审核培训材料"),
    "filing.read_own": _("查看本机构备案"),
    "filing.read": _("查看备案"),
    "filing.review": _("审核备案"),
    "filing.try": _("试算参照表变更"),
    "panel.manage": _("管理专家名单、组成专家组"),
    "appraisal.vote": _("鉴别表决"),
    "appraisal.answer": _("答复提请的认定"),
    "waiver.approve": _("批准豁免"),
    "draw.read": _("查看抽查"),
    "draw.read_sealed": _("查看未揭晓的抽查名单"),
    "draw.prepare": _("准备抽查"),
    "draw.approve": _("复核抽查"),
    "draw.run": _("主持抽取"),
    "draw.reveal": _("揭晓抽查结果"),
    "draw.void": _("作废抽查"),
    "inspector.manage": _("管理检查人员名录"),
    "item.publish": _("公布检查事项"),
    "checklist.print": _("打印检查清单"),
    "visit": _("现场检查"),
    "escrow.read": _("查看监管账户"),
    "escrow.read_own": _("查看本机构监管账户"),
    "escrow.edit": _("登记监管账户"),
    "contract.keep": _("登记培训合同和消课"),
}

PARAM_LABELS["action"] = ACTION_LABELS

REFUSAL_TEXTS = {
    "policy.not_granted": _(
        "您当前的岗位（%(role)s）没有“%(action)s”的权限。请切换到有此权限的岗位，或请管理员配置。"
    ),
    "policy.other_division": _(
        "这件事属于其他区划（%(division)s），您当前的岗位只能办理本区划的事项。"
    ),
    "policy.other_department": _(
        "这件事由其他部门（%(department)s）主管，只能由该部门办理。请转告主管部门。"
    ),
    "policy.other_institution": _("这是其他机构的内容，您只能查看和办理本机构的事项。"),
    "policy.same_person": _(
        "这一步要由另一个人来做：前一步是您本人办理的，同一个人换了岗位也不行。"
    ),
    "account.name_taken": _("登录名“%(username)s”已经有人使用，请换一个。"),
    "account.appointment_overlaps": _("该用户在这段时间里已经在这个岗位上。"),
    "account.dates_reversed": _("结束日期要晚于开始日期。"),
    "account.stand_in_self": _("代岗人不能是岗位本人，请选择另一位同事。"),
    "account.stand_in_other_division": _("代岗人必须是本区划的在岗人员。"),
    "account.appointment_ended": _("这个岗位任职已经结束，不能再指定代岗或交接。"),
    "account.handover_note_missing": _("交接要写明未办结的事项，没有也请写“无”。"),
    "account.not_own_desk": _("只能为自己的岗位办理，管理员可以为任何岗位办理。"),
    "account.institution_missing": _("机构管理员的岗位要指明是哪一家机构。"),
}
