"""What the register's audit events are called, and how their values are read aloud."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words

REGISTER_EVENT_LABELS: Words = {
    "institution.registered": _("登记机构"),
    "institution.imported": _("从名册导入登记"),
    "institution.import_changed": _("导入名册补充内容"),
    "institution.corrected": _("更正登记内容"),
    "institution.credit_tier_set": _("信用等级生效"),
    "institution.verified": _("核实登记"),
    "institution.renamed": _("变更名称"),
    "institution.changed": _("变更登记事项"),
    "institution.credit_code_changed": _("变更统一社会信用代码"),
    "institution.department_changed": _("变更主管部门"),
    "institution.status_changed": _("变更办学状态"),
    "institution.check_failed": _("年度检查不合格"),
    "institution.warned": _("受到警告"),
    "institution.fined": _("受到罚款"),
    "institution.enrolment_stopped": _("被责令停止招生"),
    "institution.legal_form_changed": _("变更法人性质"),
    "institution.category_changed": _("变更培训类别"),
    "licence.recorded": _("录入许可证"),
    "licence.corrected": _("更正许可证内容"),
    "licence.in_force": _("许可证生效"),
    "licence.renewed": _("许可证延续"),
    "licence.changed": _("变更许可证登载事项"),
    "licence.reissued": _("许可证换发"),
    "licence.suspended": _("许可证暂停"),
    "licence.expired": _("许可证到期"),
    "licence.revoked": _("吊销许可证"),
    "licence.replaced": _("许可证被新证替换"),
    "licence.annulled": _("撤销许可"),
    "licence.withdrawn": _("撤回许可"),
    "licence.cancelled": _("注销许可证"),
    "premises.added": _("登记办学场所"),
    "premises.corrected": _("更正办学场所"),
    "premises.closed": _("停用办学场所"),
    "register.import_asked": _("提交名册导入"),
    "register.rows_imported": _("导入一批名册行"),
}
