"""The words of parents' pages: answers, objections, requests about personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, OK, Badge

ANSWER_LABELS = {
    "confirm": _("确认上过课"),
    "object": _("提出异议"),
    "undo": _("撤回答复"),
}
ANSWER_CHOICES = list(ANSWER_LABELS.items())

OBJECTION_LABELS = {
    "absent": _("孩子没有去上课"),
    "not_held": _("这一课没有上"),
    "shorter": _("课时不够"),
    "other_class": _("上的不是这个班"),
    "other": _("其他"),
}
OBJECTION_CHOICES = list(OBJECTION_LABELS.items())

PERSONAL_FIELD_LABELS = {
    "pupil_name": _("学员姓名"),
    "guardian_name": _("监护人姓名"),
    "guardian_phone": _("监护人手机"),
}
PERSONAL_FIELD_CHOICES = list(PERSONAL_FIELD_LABELS.items())

REQUEST_STATE_LABELS = {
    "asked": _("等待处理"),
    "done": _("已更正"),
    "refused": _("没有更正"),
}
REQUEST_STATE_CHOICES = list(REQUEST_STATE_LABELS.items())
REQUEST_BADGES = {
    "asked": Badge(ATTENTION, REQUEST_STATE_LABELS["asked"]),
    "done": Badge(OK, REQUEST_STATE_LABELS["done"]),
    "refused": Badge(BREACH, REQUEST_STATE_LABELS["refused"]),
}

GUARDIAN_REFUSAL_TEXTS = {
    "guardian.not_yours": _("这份合同没有交给您查看。请核对链接，或联系培训机构。"),
    "guardian.erased": _("个人信息已经删除，没有可以查看或更正的。"),
    "guardian.ground_missing": _("请选择异议的原因。"),
    "guardian.nothing_to_undo": _("今天没有对这一课的答复可以撤回；只能撤回当天的答复。"),
    "guardian.moved_on": _("这一课的状态已经变了，不能撤回。请联系培训机构或教育局。"),
    "guardian.wanted_missing": _("请填写更正后的内容。"),
    "guardian.asked_already": _("这一项已经申请过更正，还在处理。"),
    "guardian.request_decided": _("这项申请已经处理过。"),
    "guardian.field_unknown": _("请选择要更正的一项。"),
    "guardian.refund_open": _("退费申请还没有办完，不能删除个人信息。"),
    "guardian.request_open": _("更正申请还没有处理完，不能删除个人信息。"),
    "contract.dispute_open": _("还有 %(count)s 课等待确认或者有异议，不能删除个人信息。"),
    "link.days": _("链接的有效期应是 1 到 %(most)s 天。"),
}
GUARDIAN_EVENT_LABELS = {
    "guardian.link_given": _("发出家长链接"),
    "guardian.granted": _("合同交给家长查看"),
    "guardian.links_revoked": _("收回家长链接"),
    "guardian.personal_seen": _("家长查看自己的信息"),
    "guardian.contract_seen": _("家长查看合同"),
    "guardian.correction_asked": _("家长申请更正信息"),
    "guardian.correction_done": _("按申请更正信息"),
    "guardian.correction_refused": _("没有按申请更正信息"),
    "guardian.erasure": _("家长删除自己的信息"),
    "lesson.undo": _("家长撤回答复"),
}
