"""Words of the annual plan, and why a move of it was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

PLAN_STATE_LABELS: Words = {
    "draft": _("起草中"),
    "submitted": _("待批准"),
    "approved": _("已批准，待公布"),
    "published": _("已公布"),
    "superseded": _("已被新版代替"),
}
_PLAN_TONES: Mapping[str, str] = {
    "draft": UNKNOWN,
    "submitted": ATTENTION,
    "approved": ATTENTION,
    "published": OK,
    "superseded": NEUTRAL,
}
PLAN_MOVE_LABELS: Words = {
    "submit": _("提交"),
    "send_back": _("退回"),
    "approve": _("批准"),
    "publish": _("公布"),
    "supersede": _("代替"),
    "revise": _("修改"),
    "prepare_draw": _("据此准备抽查"),
}
MEASURE_LABELS: Words = {"percent": _("按比例（%）"), "count": _("按家数")}
GOVERNING_LABELS: Words = {"tiers": _("以各等级为准"), "overall": _("以总比例为准")}

PLAN_STATE_CHOICES = list(PLAN_STATE_LABELS.items())
MEASURE_CHOICES = list(MEASURE_LABELS.items())
GOVERNING_CHOICES = list(GOVERNING_LABELS.items())

PLAN_PARAM_LABELS: Mapping[str, Words] = {
    "plan_state": PLAN_STATE_LABELS,
    "plan_move": PLAN_MOVE_LABELS,
}

PLAN_EVENT_LABELS: dict[str, Promise | str] = {
    "plan.drafted": _("起草年度抽查计划"),
    "plan.revised": _("修改年度抽查计划"),
    "plan.line_saved": _("写入计划事项"),
    "plan.line_removed": _("删去计划事项"),
    "plan.submit": _("提交年度抽查计划"),
    "plan.send_back": _("退回年度抽查计划"),
    "plan.approve": _("批准年度抽查计划"),
    "plan.publish": _("公布年度抽查计划"),
    "plan.supersede": _("年度抽查计划被新版代替"),
    "plan.draw_prepared": _("据计划准备抽查"),
}

PLAN_REFUSAL_TEXTS: Words = {
    "plan.wrong_state": _("这一版计划现在是“%(plan_state)s”，不能%(plan_move)s。"),
    "plan.version_open": _("第 %(version)s 版还没有公布，请先办完这一版。"),
    "plan.title_missing": _("请填写计划的名称。"),
    "plan.basis_missing": _("请写明编制计划的依据。"),
    "plan.reason_missing": _("第二版起要写明修改的原因，原因会公布。"),
    "plan.note_missing": _("退回要写明要改什么。"),
    "plan.no_lines": _("计划里还没有抽查事项。"),
    "plan.campaign_missing": _("第 %(line)s 项没有写抽查的名称。"),
    "plan.items_missing": _("第 %(line)s 项没有选检查事项。检查事项没有公布的，不得检查。"),
    "plan.item_unpublished": _("第 %(line)s 项的检查事项 %(item)s 没有公布，不得列入计划。"),
    "plan.item_of_nobody": _(
        "第 %(line)s 项的检查事项 %(item)s 属于没有参加的部门。请列入该部门，或另立一项。"
    ),
    "plan.shares_missing": _("第 %(line)s 项没有写抽查比例或家数。"),
    "plan.percent_above": _("第 %(line)s 项的比例超过了 100%%。"),
    "plan.months_reversed": _("第 %(line)s 项的月份要在 1 至 12 之间，结束不早于开始。"),
    "plan.department_not_planned": _(
        "%(department)s不在计划的这一项里。需要别的部门的对象要另立一项、另抽一次。"
    ),
    "plan.department_not_seated": _("计划的这一项要%(department)s参加，检查组里没有它的席位。"),
    "plan.other_scope": _("抽查的对象范围与计划的这一项不一致。"),
    "plan.department_uncertified": _(
        "第 %(line)s 项的%(department)s在名录里没有持有效执法证的检查人员，不能发起或参加检查，"
        "只能提供线索。"
    ),
}


def plan_badge(state: str) -> Badge:
    """A plan's state, in a word."""
    return Badge(_PLAN_TONES.get(state, NEUTRAL), PLAN_STATE_LABELS[state])
