"""What people read when a job fails or may not be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from regulator.kernel.outcomes import Refusal
from regulator.web.refusals import refusal_message

DEFAULT_TITLE = _("后台任务")

REFUSAL_TEXTS = {
    "job.cannot_cancel": _("这项任务现在是“%(job_state)s”，不能再取消。"),
    "job.cannot_retry": _(
        "这项任务现在是“%(job_state)s”，不能重做；只有未能完成或已取消的任务可以重做。"
    ),
    "job.not_yours": _("只有发起人、同一岗位的人员和系统管理员可以改动这项任务。"),
}

# A failure names where it stopped, what is safe, and what to do next.
FAILURE_TEXTS = {
    "fault": _(
        "做到第 %(cursor)s 行之后的一批时，程序出错（%(fault)s），试了 %(attempts)s 次都没有成功。"
        "此前完成的部分都已保存。请把任务编号 %(number)s 告诉系统管理员；"
        "排除后点“接着做”，会从停下的地方继续。"
    ),
    "deaths": _(
        "做到第 %(cursor)s 行之后的一批时，处理程序连续 %(attempts)s 次中途退出，已停止重试。"
        "此前完成的部分都已保存。请把任务编号 %(number)s 告诉系统管理员；"
        "排除后点“接着做”，会从停下的地方继续。"
    ),
}


def failure_text(failure: Mapping[str, Any] | None) -> str:
    """A stored failure in words: our `{"code", "params"}`, refusals, or a task's own `{"text"}`."""
    if not failure:
        return ""
    if "refusals" in failure:
        reasons = [Refusal(each["code"], each["params"]) for each in failure["refusals"]]
        return " ".join(refusal_message(reason) for reason in reasons)
    if "text" in failure:
        return str(failure["text"])
    return str(FAILURE_TEXTS[failure["code"]] % failure["params"])
