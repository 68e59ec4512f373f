"""Words of credit points and tiers, and why a move was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

TIER_STATE_LABELS: Words = {
    "drafted": _("待复核"),
    "notified": _("已告知，异议期内"),
    "objected": _("机构有异议，待答复"),
    "in_effect": _("已生效"),
    "withdrawn": _("已撤回"),
}
_TIER_TONES: Mapping[str, str] = {
    "drafted": UNKNOWN,
    "notified": ATTENTION,
    "objected": ATTENTION,
    "in_effect": OK,
    "withdrawn": NEUTRAL,
}
TIER_MOVE_LABELS: Words = {
    "notify": _("告知"),
    "object": _("提出异议"),
    "reject": _("答复异议"),
    "uphold": _("答复异议"),
    "take_effect": _("生效"),
    "withdraw": _("撤回"),
}
POINT_KIND_LABELS: Words = {
    "finding": _("检查发现"),
    "complaint": _("查实投诉"),
    "annual_check": _("年度检查"),
    "escrow_warning": _("资金监管预警"),
}

TIER_STATE_CHOICES = list(TIER_STATE_LABELS.items())

CREDIT_PARAM_LABELS: Mapping[str, Words] = {
    "tier_state": TIER_STATE_LABELS,
    "tier_move": TIER_MOVE_LABELS,
}

CREDIT_EVENT_LABELS: dict[str, Promise | str] = {
    "credit.complaint_recorded": _("登记查实投诉"),
    "credit.complaint_revoked": _("撤销查实投诉的登记"),
    "tier.proposed": _("拟定信用等级"),
    "tier.notify": _("告知拟定的信用等级"),
    "tier.object": _("机构对信用等级提出异议"),
    "tier.reject": _("异议不成立"),
    "tier.uphold": _("异议成立"),
    "tier.take_effect": _("信用等级生效"),
    "tier.withdraw": _("撤回拟定的信用等级"),
}

CREDIT_REFUSAL_TEXTS: Words = {
    "tier.wrong_state": _("这次拟定现在是“%(tier_state)s”，不能%(tier_move)s。"),
    "tier.open_already": _("这家机构有一次拟定还没有办完，请先办完。"),
    "tier.unchanged": _("机构现在已经是 %(tier)s 级。"),
    "tier.reason_missing": _("不按记分拟定等级要写明原因，并由另一名人员复核。"),
    "tier.objection_missing": _("请写明异议的内容和理由。"),
    "tier.objected_already": _("已经提过异议，本局已经答复。"),
    "tier.objection_late": _("异议期到 %(object_until)s 为止，已经结束。"),
    "tier.objection_open": _("异议期到 %(object_until)s 为止，期满以后才能生效。"),
    "tier.answer_missing": _("请写明答复或原因。"),
    "credit.reference_missing": _("请填写投诉的受理编号。"),
    "credit.reference_taken": _("编号 %(reference)s 已经登记过：一件查实的投诉只记一次分。"),
    "credit.text_missing": _("请写明查实的情况。"),
    "credit.document_missing": _("请上传查实的答复或处理文书。"),
    "credit.future": _("查实的日期不能晚于今天。"),
    "credit.revoked": _("这条登记已经撤销。"),
    "credit.reason_missing": _("请写明撤销的原因。"),
    "credit.other_division": _("这家机构不属于本区划。"),
}


def tier_badge(state: str) -> Badge:
    """A proposal's state, in a word."""
    return Badge(_TIER_TONES.get(state, NEUTRAL), TIER_STATE_LABELS[state])
