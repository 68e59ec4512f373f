"""Words of the two directories and of the published list, and why a change was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import NEUTRAL, OK, Badge

Words = Mapping[str, str | Promise]

BASIS_KIND_LABELS: Words = {
    "law": _("法律"),
    "regulation": _("行政法规"),
    "rule": _("部门规章"),
    "document": _("方案、通知或标准"),
}
APPLIES_TO_LABELS: Words = {
    "all": _("全部机构"),
    "subject": _("学科类"),
    "non_subject": _("非学科类"),
    "online": _("线上机构"),
}
SEVERITY_LABELS: Words = {"red_line": _("红线"), "key": _("重点"), "general": _("一般")}
CONFIDENCE_LABELS: Words = {"A": _("已核对原文"), "B": _("据转载"), "C": _("未核对")}

BASIS_KIND_CHOICES = list(BASIS_KIND_LABELS.items())
APPLIES_TO_CHOICES = list(APPLIES_TO_LABELS.items())
SEVERITY_CHOICES = list(SEVERITY_LABELS.items())
CONFIDENCE_CHOICES = list(CONFIDENCE_LABELS.items())

PUBLISHED_BADGE = Badge(OK, _("已公布"))
UNPUBLISHED_BADGE = Badge(NEUTRAL, _("未公布"))

DIRECTORY_EVENT_LABELS: Words = {
    "inspector.recorded": _("登记检查人员"),
    "inspector.changed": _("修改检查人员"),
    "recusal.declared": _("登记回避"),
    "recusal.ended": _("结束回避"),
    "item.loaded": _("载入检查事项清单"),
    "item.revised": _("修改检查事项"),
    "item.published": _("公布检查事项"),
    "item.withdrawn": _("撤下检查事项"),
}

DIRECTORY_REFUSAL_TEXTS: Words = {
    "item.no_legal_basis": _(
        "“%(title)s”的依据只是方案、通知或标准，没有法律、法规或规章，不能公布为检查事项。"
    ),
    "item.already_published": _("“%(title)s”已经公布。"),
    "item.not_published": _("“%(title)s”没有公布，不需要撤下。"),
    "item.reason_missing": _("请写明撤下“%(title)s”的原因。"),
    "item.basis_missing": _("请写明检查事项的依据。"),
    "inspector.name_missing": _("请填写检查人员姓名。"),
    "inspector.certificate_missing": _("请填写执法证号：没有执法证的人员不能进入名录。"),
    "inspector.certificate_taken": _("执法证号 %(certificate)s 已经登记在 %(name)s 名下。"),
    "inspector.validity_reversed": _("执法证有效期的最后一天不能早于第一天。"),
    "inspector.user_other_division": _("绑定的用户不属于本区划。"),
    "inspector.user_taken": _("绑定的用户已经是另一名检查人员。"),
    "inspector.reason_missing": _("请写明停用的原因。"),
    "recusal.reason_missing": _("请写明回避的原因。"),
    "recusal.exists": _("%(name)s 对“%(institution)s”的回避已经登记。"),
    "recusal.other_division": _("“%(institution)s”不属于本区划。"),
    "recusal.ended": _("这条回避已经解除。"),
}
