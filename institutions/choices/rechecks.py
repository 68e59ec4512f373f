"""Words of trials and rechecks: causes, states, what changed, and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

RECHECK_STATE_LABELS: Words = {
    "open": _("等您处理"),
    "noticed": _("等机构答复"),
    "answered": _("机构已答复"),
    "closed_kept": _("保留通过"),
    "closed_withdrawn": _("已撤销通过"),
}
RECHECK_STATE_TONES: Mapping[str, str] = {
    "open": ATTENTION,
    "noticed": NEUTRAL,
    "answered": ATTENTION,
    "closed_kept": OK,
    "closed_withdrawn": BREACH,
}
# The institution reads the same states from its own side.
OWN_RECHECK_STATE_LABELS: Words = {
    **RECHECK_STATE_LABELS,
    "noticed": _("等您答复"),
    "answered": _("已答复，等主管部门决定"),
}
OWN_RECHECK_STATE_TONES: Mapping[str, str] = {
    **RECHECK_STATE_TONES,
    "noticed": ATTENTION,
    "answered": NEUTRAL,
}
RECHECK_MOVE_LABELS: Words = {
    "notify": _("告知机构"),
    "record_service": _("登记送达"),
    "answer": _("答复"),
    "keep": _("保留通过"),
    "take_back": _("撤销通过"),
}
CAUSE_KIND_LABELS: Words = {
    "table": _("参照表变更"),
    "licence": _("许可变更"),
    "calendar": _("校历或设置变更"),
    "waiver": _("豁免到期"),
}
STANDING_LABELS: Words = {
    "clear": _("未见问题"),
    "undetermined": _("无法判定"),
    "breach": _("违反"),
}
STANDING_TONES: Mapping[str, str] = {"clear": OK, "undetermined": UNKNOWN, "breach": BREACH}
CHANGE_LABELS: Words = {
    "newly_breach": _("新违反"),
    "newly_undetermined": _("新存疑"),
    "newly_clear": _("不再有问题"),
}

# Plain lists: a model's choices may not hold enum members.
RECHECK_STATE_CHOICES = list(RECHECK_STATE_LABELS.items())
CAUSE_KIND_CHOICES = list(CAUSE_KIND_LABELS.items())
STANDING_CHOICES = list(STANDING_LABELS.items())
CHANGE_CHOICES = list(CHANGE_LABELS.items())

RECHECK_REFUSAL_TEXTS: Words = {
    "recheck.wrong_state": _("这次复核现在是“%(recheck_state)s”，不能%(recheck_move)s。"),
    "recheck.person_only": _("“%(recheck_move)s”要由具名的人办理，系统不能代办。"),
    "recheck.notice_text_missing": _("请写明告知内容：核对发现了什么，拟怎样处理。"),
    "recheck.answer_missing": _("请写明答复。"),
    "recheck.reason_missing": _("作决定要写明理由。"),
    "recheck.words_too_long": _("写了 %(length)s 字，最多 %(most)s 字，请写短一些。"),
    "recheck.service_day_missing": _("请填写送达日期。"),
    "recheck.service_day_ahead": _("送达日期 %(served_on)s 还没有到。"),
    "recheck.service_before_notice": _(
        "送达日期 %(served_on)s 早于发出告知的日期 %(noticed_on)s，请核对。"
    ),
    "recheck.delivered_already": _("告知已于 %(delivered_on)s 送达，不必再登记。"),
    "recheck.not_noticed": _("还没有告知机构，不能撤销通过。"),
    "recheck.remedy_notify": _("先发出告知，说明核对发现了什么。"),
    "recheck.not_delivered": _("告知还没有送达：机构没有打开，也没有登记其他方式的送达。"),
    "recheck.remedy_serve": _("用其他方式送达后，在本页登记送达日期和方式。"),
    "recheck.answer_awaited": _("机构还没有答复，答复期限到 %(due_on)s 才满，现在不能撤销通过。"),
    "recheck.remedy_wait": _("等机构答复，或者等期限过了再决定。"),
    "recheck.not_approved_any_more": _("这个班现在已经不是“已通过”，没有通过可以撤销。"),
    "recheck.remedy_keep": _("写明情况，选择“保留”结束这次复核。"),
    "recheck.file_too_large": _("文件有 %(size)s MB，最多 %(limit)s MB，请压缩后再传。"),
    "recheck.file_unreadable": _("只收 PDF、JPG 和 PNG，这个文件不是。"),
    "recheck.file_empty": _("这个文件是空的，请检查后重新选择。"),
    "trial.range_reversed": _("结束日期要晚于开始日期。"),
    "trial.range_too_long": _("一次最多试算 %(most)s 天内开班的班，现在是 %(days)s 天。"),
    "trial.nothing_filed": _("%(starts_on)s 到 %(until)s 之间没有开班的备案，没有可以试算的。"),
}
RECHECK_PARAM_LABELS: Mapping[str, Words] = {
    "recheck_state": RECHECK_STATE_LABELS,
    "recheck_move": RECHECK_MOVE_LABELS,
}
RECHECK_EVENT_LABELS: Words = {
    "trial.asked": _("试算参照表变更"),
    "trial.changes_kept": _("试算一批备案"),
    "trial.finished": _("试算完毕"),
    "recheck.opened": _("开始复核已通过的班"),
    "recheck.notify": _("就复核告知机构"),
    "recheck.record_service": _("登记复核告知的送达"),
    "recheck.answer": _("机构答复复核"),
    "recheck.keep": _("复核后保留通过"),
    "recheck.take_back": _("复核后撤销通过"),
}


def recheck_badge(state: str) -> Badge:
    """A recheck's state as the desk shows it."""
    return Badge(RECHECK_STATE_TONES[state], RECHECK_STATE_LABELS[state])


def own_recheck_badge(state: str) -> Badge:
    """A recheck's state as the institution reads it."""
    return Badge(OWN_RECHECK_STATE_TONES[state], OWN_RECHECK_STATE_LABELS[state])


def standing_badge(standing: str) -> Badge:
    """What a screening says of one rule, or of a class, in a word."""
    return Badge(STANDING_TONES[standing], STANDING_LABELS[standing])
