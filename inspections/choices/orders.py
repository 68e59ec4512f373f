"""Words of inspection orders and leads, and why a move was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

ORDER_KIND_LABELS: Words = {
    "special": _("专项检查"),
    "patrol": _("日常巡查"),
    "complaint": _("投诉举报核查"),
    "recheck": _("整改复查"),
}
ORDER_STATE_LABELS: Words = {
    "drafted": _("已起草"),
    "approved": _("已批准"),
    "running": _("正在检查"),
    "ended": _("已结束"),
    "withdrawn": _("已撤回"),
}
_ORDER_TONES: Mapping[str, str] = {
    "drafted": UNKNOWN,
    "approved": ATTENTION,
    "running": ATTENTION,
    "ended": OK,
    "withdrawn": BREACH,
}
ORDER_MOVE_LABELS: Words = {
    "revise": _("修改"),
    "approve": _("批准"),
    "start": _("开始"),
    "end": _("结束"),
    "withdraw": _("撤回"),
    "replace": _("换人"),
}
LEAD_SOURCE_LABELS: Words = {
    "coordinating_body": _("议事协调机构"),
    "third_party": _("第三方机构"),
    "grid_worker": _("网格员"),
    "assistant": _("无证辅助人员"),
    "department": _("其他部门"),
    "public": _("群众"),
}
LEAD_STATE_LABELS: Words = {
    "open": _("待处理"),
    "ordered": _("已列入检查任务"),
    "closed": _("已办结"),
}
_LEAD_TONES: Mapping[str, str] = {"open": ATTENTION, "ordered": OK, "closed": NEUTRAL}

ORDER_KIND_CHOICES = list(ORDER_KIND_LABELS.items())
ORDER_STATE_CHOICES = list(ORDER_STATE_LABELS.items())
LEAD_SOURCE_CHOICES = list(LEAD_SOURCE_LABELS.items())
LEAD_STATE_CHOICES = list(LEAD_STATE_LABELS.items())

ORDER_PARAM_LABELS: Mapping[str, Words] = {
    "order_kind": ORDER_KIND_LABELS,
    "order_state": ORDER_STATE_LABELS,
    "order_move": ORDER_MOVE_LABELS,
}

ORDER_EVENT_LABELS: dict[str, Promise | str] = {
    "order.drafted": _("起草检查任务"),
    "order.revised": _("修改检查任务"),
    "order.approve": _("批准检查任务"),
    "order.start": _("开始检查任务"),
    "order.end": _("结束检查任务"),
    "order.withdraw": _("撤回检查任务"),
    "order.replacement_asked": _("提出检查任务换人"),
    "order.member_replaced": _("同意检查任务换人"),
    "order.replacement_declined": _("不同意检查任务换人"),
    "lead.reported": _("登记线索"),
    "lead.answered": _("处理线索"),
}

ORDER_REFUSAL_TEXTS: Words = {
    "order.wrong_state": _("这项检查任务现在是“%(order_state)s”，不能%(order_move)s。"),
    "order.title_missing": _("请填写检查任务的名称。"),
    "order.basis_missing": _("请写明检查的依据：没有法律、法规、规章依据的，不得检查。"),
    "order.reference_missing": _(
        "%(order_kind)s要写明来源编号：投诉举报写受理编号，复查写原责令改正通知书的文号。"
    ),
    "order.days_reversed": _("检查的最后一天不能早于第一天。"),
    "order.days_past": _("检查的日子在 %(ends_before)s 以前已经过完。请撤回后另行起草。"),
    "order.early": _("检查从 %(starts_on)s 开始，今天还不能出动。"),
    "order.place_unknown": _("没有编号为 %(register_id)s 的场所。请按检查对象名录核对。"),
    "order.no_targets": _("没有列出要检查的场所。"),
    "order.department_uncertified": _(
        "%(department)s在名录里没有持有效执法证的检查人员，不能发起或参加检查，只能提供线索。"
    ),
    "order.nothing_published": _(
        "%(department)s没有已公布的检查事项，不得实施检查。请先公布检查事项。"
    ),
    "order.member_of_other_department": _(
        "%(name)s所在的部门不参加这项任务。请把该部门列为联合部门，或换人。"
    ),
    "order.member_uncertified": _(
        "%(name)s的执法证在检查期间无效，或已停用，不能参加检查，只能提供线索。"
    ),
    "order.member_recused": _("%(name)s对场所 %(register_id)s 已登记回避，请换组或换人。"),
    "order.too_few_officers": _(
        "第 %(team)s 组里%(department)s只有 %(count)s 名检查人员，每个参加的部门至少要两名。"
    ),
    "order.reason_missing": _("请写明撤回的原因。"),
    "order.replacement_reason_missing": _("请写明为什么换人。"),
    "order.replacement_answer_missing": _("请写明为什么不同意换人。"),
    "order.replacement_nobody": _("%(name)s不在这项任务的人员里，请刷新页面再换。"),
    "order.replacement_other_department": _(
        "%(name)s与要换下的人不是同一个部门。每个参加的部门至少要两名，请换同一部门的人。"
    ),
    "order.replacement_sits_already": _("%(name)s已经在这项任务里，请换另一个人。"),
    "order.replacement_open": _("要换下%(name)s的申请已经提出，正等第二人同意。"),
    "order.replacement_decided": _("这项换人申请已经办过。"),
    "order.replacement_at_visit": _(
        "%(name)s已在场所 %(register_id)s 到场，检查还没有结束。等这次检查结束以后再换。"
    ),
    "lead.text_missing": _("请写明线索的内容。"),
    "lead.source_missing": _("请写明由谁提供。"),
    "lead.answer_missing": _("请写明处理情况。"),
    "lead.answered": _("这条线索已经处理过。"),
    "lead.order_of_other_division": _("检查任务 %(number)s 不属于本区划。"),
}


def order_badge(state: str) -> Badge:
    """An order's state, in a word."""
    return Badge(_ORDER_TONES.get(state, NEUTRAL), ORDER_STATE_LABELS[state])


def replacement_badge(*, is_approved: bool | None) -> Badge:
    """What became of a proposed replacement, in a word."""
    if is_approved is None:
        return Badge(ATTENTION, _("等第二人同意"))
    return Badge(OK, _("已换人")) if is_approved else Badge(BREACH, _("不同意换人"))


def lead_badge(state: str) -> Badge:
    """A lead's state, in a word."""
    return Badge(_LEAD_TONES.get(state, NEUTRAL), LEAD_STATE_LABELS[state])
