"""The words of journeys: kinds, states, moves, documents, asks, clocks, and why one is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words, as_choices

JOURNEY_KIND_LABELS: Words = {
    "reregistration": _("营转非重新登记"),
    "renumbering": _("换发“8”号许可证"),
    "conversion": _("转为非学科类"),
    "transfer": _("移交主管部门"),
    "missed_deadline": _("逾期认定"),
    "set_up": _("设立"),
    "change": _("变更"),
    "renewal": _("延续"),
    "annual_check": _("年度检查"),
    "rectification": _("责令整改"),
    "closure": _("终止办学"),
    "penalty": _("行政处罚"),
    "annulment": _("撤销许可"),
    "withdrawal": _("撤回许可"),
    "strike_off": _("注销许可证"),
    "settlement": _("到期清算"),
}
JOURNEY_KIND_CHOICES = as_choices(JOURNEY_KIND_LABELS)
DOCUMENT_STATE_LABELS: Words = {
    "uploaded": _("已上传，待核对"),
    "accepted": _("符合要求"),
    "returned": _("退回补正"),
}
DOCUMENT_STATE_CHOICES = as_choices(DOCUMENT_STATE_LABELS)
DOCUMENT_STATE_TONES = {"uploaded": "attention", "accepted": "ok", "returned": "breach"}
PROPOSAL_STATE_LABELS: Words = {
    "waiting": _("待会签"),
    "confirmed": _("已会签"),
    "returned": _("已退回"),
    "taken_back": _("已收回"),
}
PROPOSAL_STATE_CHOICES = as_choices(PROPOSAL_STATE_LABELS)
MEMBER_STANDING_LABELS: Words = {
    "open": _("还没有办完"),
    "through": _("已办完"),
    "spared": _("按期申请，正在办理"),
    "proposed": _("已拟认定逾期"),
    "excused": _("经批准除外"),
}
MEMBER_STANDING_CHOICES = as_choices(MEMBER_STANDING_LABELS)
OUTCOME_LABELS: Words = {
    "done": _("已办结"),
    "refused": _("没有批准"),
    "dropped": _("已撤件"),
    "failed": _("没有通过"),
    "referred": _("已转报"),
}
PARTY_LABELS: Words = {
    "institution": _("机构"),
    "officer": _("许可经办人"),
    "receiving": _("接收部门"),
    "registrar": _("登记机关"),
    "enforcer": _("执法人员"),
    "legal": _("法制审核员"),
    "leader": _("分管领导"),
    "system": _("系统"),
}
