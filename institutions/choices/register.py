"""The words of the register: choices, badges, gaps, and why a row or a move was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

CATEGORY_LABELS: Words = {"subject": _("学科类"), "non_subject": _("非学科类")}
ACTIVITY_LABELS: Words = {
    "culture_arts": _("文化艺术"),
    "sport": _("体育"),
    "science": _("科技"),
    "comprehensive": _("综合"),
}
LEGAL_FORM_LABELS: Words = {"non_profit": _("非营利性"), "for_profit": _("营利性")}
STATUS_LABELS: Words = {
    "operating": _("正常办学"),
    "rectifying": _("整改中"),
    "paused": _("暂停办学"),
    "closed": _("已终止"),
}
VERIFICATION_LABELS: Words = {"unverified": _("待核实"), "verified": _("已核实")}
DOCUMENT_TYPE_LABELS: Words = {
    "school_licence": _("办学许可证"),
    "training_licence": _("培训许可证"),
    "approval_letter": _("核准书"),
    "consent_letter": _("审核同意书"),
    "official_reply": _("批复"),
}
LICENCE_STATE_LABELS: Words = {
    "pending": _("待核发"),
    "in_force": _("有效"),
    "suspended": _("暂停"),
    "expired": _("已到期"),
    "cancelled": _("已注销"),
    "revoked": _("已吊销"),
    "replaced": _("已换发新证"),
    "annulled": _("已撤销"),
    "withdrawn": _("已撤回"),
}
LICENCE_STATE_TONES: Mapping[str, str] = {
    "pending": "unknown",
    "in_force": "ok",
    "suspended": "attention",
    "expired": "attention",
    "cancelled": "neutral",
    "revoked": "breach",
    "replaced": "neutral",
    "annulled": "breach",
    "withdrawn": "breach",
}
STATUS_TONES: Mapping[str, str] = {
    "operating": "ok",
    "rectifying": "attention",
    "paused": "attention",
    "closed": "neutral",
}
CREDIT_TIER_LABELS: Words = {"A": "A", "B": "B", "C": "C", "D": "D"}
STAGE_LABELS: Words = {
    "preschool": _("学龄前"),
    "primary": _("小学"),
    "junior": _("初中"),
    "senior": _("普通高中"),
}
WAY_LABELS: Words = {
    "offline": _("线下"),
    "online_live": _("线上直播"),
    "online_recorded": _("线上录播"),
}
LICENCE_MOVE_LABELS: Words = {
    "grant": _("核发"),
    "suspend": _("暂停"),
    "resume": _("恢复"),
    "expire": _("到期"),
    "revoke": _("吊销"),
    "annul": _("撤销"),
    "withdraw": _("撤回"),
    "replace": _("换发"),
    "cancel": _("注销"),
}
LICENCE_MOVE_LEDES: Words = {
    "grant": _("核发后许可证生效，机构可以按证上的范围招生和培训。"),
    "resume": _("恢复后许可证重新有效。"),
    "expire": _("有效期过后按到期处理，机构不得再招生和培训。"),
}
NO_LICENCE = _("没有许可证记录")
VALIDITY_OVER = _("有效期已过")
UNVERIFIED = _("待核实")


def as_choices(words: Words) -> list[tuple[str, str | Promise]]:
    """Plain pairs for a model field."""
    return list(words.items())


CATEGORY_CHOICES = as_choices(CATEGORY_LABELS)
ACTIVITY_CHOICES = as_choices(ACTIVITY_LABELS)
LEGAL_FORM_CHOICES = as_choices(LEGAL_FORM_LABELS)
STATUS_CHOICES = as_choices(STATUS_LABELS)
VERIFICATION_CHOICES = as_choices(VERIFICATION_LABELS)
DOCUMENT_TYPE_CHOICES = as_choices(DOCUMENT_TYPE_LABELS)
LICENCE_STATE_CHOICES = as_choices(LICENCE_STATE_LABELS)
CREDIT_TIER_CHOICES = as_choices(CREDIT_TIER_LABELS)
