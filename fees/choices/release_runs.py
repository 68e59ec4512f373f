"""The words of release runs: what was released, what was held, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

RUN_KIND_LABELS = {"nightly": _("每日自动"), "asked": _("手工发起")}
RUN_KIND_CHOICES = list(RUN_KIND_LABELS.items())

RUN_STATE_LABELS = {"running": _("进行中"), "done": _("已完成")}
RUN_STATE_CHOICES = list(RUN_STATE_LABELS.items())
RUN_STATE_BADGES = {
    "running": Badge(ATTENTION, RUN_STATE_LABELS["running"]),
    "done": Badge(OK, RUN_STATE_LABELS["done"]),
}

OUTCOME_LABELS = {
    "released": _("已拨付"),
    "objection": _("家长有异议"),
    "account_held": _("账户暂停拨付"),
    "account_not_active": _("账户不在监管中"),
    "shortage": _("待拨付余额不足"),
    "notices_missing": _("还没有通知家长"),
    "parent_may_answer": _("家长还在答复期内"),
}
OUTCOME_CHOICES = list(OUTCOME_LABELS.items())
OUTCOME_BADGES = {
    "released": Badge(OK, OUTCOME_LABELS["released"]),
    "objection": Badge(ATTENTION, OUTCOME_LABELS["objection"]),
    "account_held": Badge(BREACH, OUTCOME_LABELS["account_held"]),
    "account_not_active": Badge(BREACH, OUTCOME_LABELS["account_not_active"]),
    "shortage": Badge(BREACH, OUTCOME_LABELS["shortage"]),
    "notices_missing": Badge(UNKNOWN, OUTCOME_LABELS["notices_missing"]),
    "parent_may_answer": Badge(NEUTRAL, OUTCOME_LABELS["parent_may_answer"]),
}
OUTCOME_REMEDIES = {
    "released": _("等银行划给机构。"),
    "objection": _("请机构与家长核对；家长撤回异议或者撤销这一课以后，钱才会动。"),
    "account_held": _("家长退费照常办理；恢复拨付以后自动拨付。"),
    "account_not_active": _("请先启用监管，或者把余额转入新专户。"),
    "shortage": _("请核对消课记录与更正分录，查明原因后再拨付。"),
    "notices_missing": _("请机构按规定次数通知家长，期限从最后一次通知次日起算。"),
    "parent_may_answer": _("期满没有异议的，自动拨付。"),
}

RUN_EVENT_LABELS = {
    "release.run_asked": _("发起批量拨付"),
    "release.account_done": _("一个账户的批量拨付"),
    "release.run_done": _("批量拨付完成"),
}
RUN_REFUSAL_TEXTS = {
    "release.day_in_future": _("拨付日期 %(day)s 还没有到。"),
    "release.class_elsewhere": _("这个班不是这家机构的。"),
}
