"""States, kinds and labels of draws, and why a move was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

DRAW_STATE_LABELS: Words = {
    "preparing": _("准备中"),
    "committed": _("已公布承诺"),
    "drawn": _("已抽取（封存）"),
    "revealed": _("已揭晓"),
    "void": _("已作废"),
}
DRAW_STATE_TONES: Mapping[str, str] = {
    "preparing": UNKNOWN,
    "committed": ATTENTION,
    "drawn": ATTENTION,
    "revealed": OK,
    "void": BREACH,
}
DRAW_MOVE_LABELS: Words = {
    "commit": _("公布承诺"),
    "reading": _("录入读数"),
    "draw": _("抽取"),
    "reveal": _("揭晓"),
    "void": _("作废"),
}
DRAW_EVENT_LABELS: Words = {
    **{f"draw.{move}": label for move, label in DRAW_MOVE_LABELS.items()},
    "draw.frozen": _("名录定稿"),
    "draw.exclusions_approved": _("批准排除的机构"),
    "draw.void_requested": _("申请作废抽查"),
    "draw.replaced": _("替换检查人员"),
    "draw.team_scheduled": _("安排检查日期"),
    "draw.checklists_issued": _("打印检查清单"),
    "checklist.rendered": _("检查清单已生成"),
}
EXCLUSION_REASON_LABELS: Words = {
    "cap": _("本年检查次数已到上限"),
    "closed": _("停业或已终止"),
    "other": _("其他"),
}
ENTROPY_KIND_LABELS: Words = {
    "dice": _("现场掷骰"),
    "lottery": _("彩票开奖号码"),
    "beacon": _("公开随机信标"),
}
CHECKLIST_KIND_LABELS: Words = {"premises": _("检查清单"), "team": _("全组合订本")}

RENDER_TITLE = gettext_noop("打印检查清单")

DRAW_STATE_CHOICES = list(DRAW_STATE_LABELS.items())
EXCLUSION_REASON_CHOICES = list(EXCLUSION_REASON_LABELS.items())
ENTROPY_KIND_CHOICES = list(ENTROPY_KIND_LABELS.items())
CHECKLIST_KIND_CHOICES = list(CHECKLIST_KIND_LABELS.items())

PARAM_LABELS: Mapping[str, Words] = {
    "draw_state": DRAW_STATE_LABELS,
    "draw_move": DRAW_MOVE_LABELS,
}

DRAW_REFUSAL_TEXTS: Words = {
    "draw.wrong_state": _("这次抽查现在是“%(draw_state)s”，不能%(draw_move)s。"),
    "draw.exclusions_open": _("还有 %(count)s 项排除没有经另一名人员复核。"),
    "draw.commitment_late": _(
        "约定读数的时间 %(due)s 已到，承诺必须在此之前公布。请作废后另行抽取。"
    ),
    "draw.no_randomness": _("还没有符合约定格式的读数，不能抽取。请先录入读数。"),
    "draw.early": _("约定的时间是 %(due)s，还没有到。"),
    "draw.randomness_known": _("已经有符合约定格式的读数，不再接受新的读数。"),
    "draw.key_copies_missing": _(
        "密钥封存件要有 %(least)s 份，其中一份在局外；"
        "已打印封存 %(copies)s 份，局外 %(outside)s 份。"
        "请先封存再抽取：系统毁坏时只有它能让抽查揭晓。"
    ),
    "draw.key_copy_incomplete": _("信封编号、保管人、所在单位和存放地点都要填写。"),
    "draw.key_copy_envelope_used": _("信封编号 %(envelope)s 已经用过，请换一个编号。"),
    "draw.key_copy_custodian_same": _("%(custodian)s 已经保管一份：两份要由两个人保管。"),
    "draw.key_copy_state": _("抽查现在是“%(draw_state)s”：公布承诺以后、抽取以前才能封存密钥。"),
    "draw.key_copy_printed": _(
        "信封 %(envelope)s 的封存页已于 %(printed_at)s 打印过，只能打印一次。印坏了请登记新的信封。"
    ),
    "draw.reading_missing": _("没有填写读数。"),
    "draw.reading_differs": _(
        "两次输入的读数不一样：第一次 %(first)s，第二次 %(second)s。请看清后重新输入两遍。"
    ),
    "draw.reading_long": _("读数太长：最多 %(limit)s 个字符。"),
    "draw.witness_missing": _("至少写明一名见证人。"),
    "draw.visits_open": _("请填写最后一次检查结束的时间：全部检查结束以后才能揭晓。"),
    "draw.visits_before_draw": _("最后一次检查结束的时间早于抽取时间 %(drawn_at)s。"),
    "draw.visits_ahead": _("最后一次检查结束的时间 %(ended_at)s 还没有到。"),
    "draw.void_reason_missing": _("请写明作废的原因，原因会与密钥一起公布。"),
    "draw.void_unsigned": _("读数之后作废，要先提出申请，再由另一个部门会签。"),
    "draw.void_same_department": _("会签要由另一个部门的人员作出，您和申请人同属一个部门。"),
    "draw.void_requested": _("作废申请已经提出，等另一个部门会签。"),
    "draw.no_scope": _("检查对象名录里没有可以抽取的场所。请先在机构名册里登记有效许可和场所。"),
    "draw.exclusion_unknown": _("场所编号 %(register_id)s 不在这次抽查的范围里，不能排除。"),
    "draw.exclusion_note_missing": _("排除 %(register_id)s 要写明依据的文号或情况。"),
    "draw.exclusion_approved": _("这一项排除已经复核过。"),
    "draw.campaign_missing": _("请填写抽查的名称。"),
    "draw.due_past": _("约定读数的时间 %(due)s 已经过去，请另定一个将来的时间。"),
    "draw.reveal_before_due": _("最迟揭晓时间要晚于约定读数的时间 %(due)s。"),
    "draw.sealed": _("抽取结果还在封存，揭晓以前只有统筹人员和当天出动的检查组能看。"),
    "draw.unknown": _("没有编号为 %(number)s 的抽查。"),
    "draw.department_not_listed": _("没有写参加部门：每次抽查至少要有一个部门参加。"),
    "draw.team_unknown": _("这次抽查没有第 %(team)s 组。"),
    "draw.team_days_reversed": _("出动的最后一天不能早于第一天。"),
    "draw.reserve_exhausted": _("这一层的候补已经用完，没有可替换的场所。"),
    "draw.replacement_reason_missing": _("请写明替换的原因。"),
    "checklist.none_assigned": _("这次抽查没有分到检查组的场所，没有清单可印。"),
    "checklist.order_not_approved": _(
        "这项检查任务现在是“%(order_state)s”：批准以后、撤回以前才能印清单。"
    ),
    "checklist.not_rendered": _("清单还没有印好，请稍后再来。"),
}


def draw_badge(state: str) -> Badge:
    """A draw's state, in a word."""
    return Badge(DRAW_STATE_TONES.get(state, NEUTRAL), DRAW_STATE_LABELS[state])
