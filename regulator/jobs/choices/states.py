"""The words and icons of a job's states."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.jobs.core.states import JobState
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

STATE_BADGES = {
    JobState.QUEUED.value: Badge(NEUTRAL, _("排队中"), "clock"),
    JobState.RUNNING.value: Badge(ATTENTION, _("正在进行")),
    JobState.CANCELLING.value: Badge(ATTENTION, _("正在停止")),
    JobState.DONE.value: Badge(OK, _("已完成")),
    JobState.FAILED.value: Badge(BREACH, _("未能完成")),
    JobState.CANCELLED.value: Badge(NEUTRAL, _("已取消"), "minus"),
}

STATE_CHOICES = [(state, badge.label) for state, badge in STATE_BADGES.items()]

# The list of jobs, cut by what a person looks for: what runs, what needs them, what is over.
LIST_TABS = {
    "": (_("全部"), ()),
    "open": (_("进行中"), ("queued", "running", "cancelling")),
    "failed": (_("未能完成"), ("failed",)),
    "ended": (_("已结束"), ("done", "cancelled")),
}

STATE_SENTENCES = {
    JobState.QUEUED.value: _("已排队，轮到时自动开始。您可以离开本页，任务照常进行。"),
    JobState.RUNNING.value: _("正在进行。"),
    JobState.CANCELLING.value: _("已请求停止，做完手头这一批就停；已经做完的保留。"),
    JobState.DONE.value: _("已全部完成。"),
    JobState.FAILED.value: _(
        "没有做完。已经做完的部分都已保存；排除原因后可以从停下的地方接着做。"
    ),
    JobState.CANCELLED.value: _(
        "已按您的要求停止。已经做完的部分保留；需要时可以从停下的地方接着做。"
    ),
}
