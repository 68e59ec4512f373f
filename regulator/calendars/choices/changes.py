"""Words of changes that wait for a second person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, NEUTRAL, OK, Badge

CHANGE_KIND_LABELS = {
    "setting": _("改设置"),
    "period_entered": _("录入学期或假期"),
    "period_changed": _("修改学期或假期"),
    "period_removed": _("删除学期或假期"),
    "holiday_entered": _("录入节假日"),
    "holiday_removed": _("删除节假日"),
    "year_completed": _("确认年度录入完毕"),
    "shipped_loaded": _("载入系统自带的校历"),
    "standard_entered": _("录入设置标准"),
    "standard_ended": _("终止设置标准"),
}
CHANGE_STATE_LABELS = {
    "proposed": _("等第二个人签字"),
    "signed": _("已签字生效"),
    "returned": _("已退回"),
    "withdrawn": _("已撤回"),
}
CHANGE_BADGES = {
    "proposed": Badge(ATTENTION, CHANGE_STATE_LABELS["proposed"]),
    "signed": Badge(OK, CHANGE_STATE_LABELS["signed"]),
    "returned": Badge(NEUTRAL, CHANGE_STATE_LABELS["returned"]),
    "withdrawn": Badge(NEUTRAL, CHANGE_STATE_LABELS["withdrawn"]),
}

# Plain lists: a model's choices may not hold enum members.
CHANGE_KIND_CHOICES = list(CHANGE_KIND_LABELS.items())
CHANGE_STATE_CHOICES = list(CHANGE_STATE_LABELS.items())

CHANGE_EVENT_LABELS = {
    "calendar.change_proposed": _("提出改动"),
    "calendar.change_signed": _("签字同意改动"),
    "calendar.change_returned": _("退回改动"),
    "calendar.change_withdrawn": _("撤回改动"),
}

CHANGE_REFUSALS = {
    "change.decided": _("这项改动已经有了结果，不能再处理。"),
    "change.base_moved": _("提出以后，要改的内容已经被别的改动改过。现在签字会盖掉它。"),
    "change.not_the_proposer": _("只有提出的人可以撤回。"),
    "change.one_open": _(
        "“%(title)s”已有一项改动在等签字（%(name)s提出）。先由第二个人签字或者退回，或由提出的人撤回。"
    ),
    "change.remedy_again": _("请退回，由经办人按现在的内容重新提出。"),
    "change.remedy_send_back": _("签字的人可以写明理由退回。"),
    "change.nothing_missing": _("系统自带的年度本区都已经有了，没有可补入的。"),
    "change.year_known": _("这一年已经确认录入完毕，再改须由第二个人签字。"),
}
