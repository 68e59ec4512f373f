"""What the deliveries of notices are called, and why one did not go out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

CHANNEL_LABELS: Words = {"email": _("电子邮件"), "sms": _("短信")}
CHANNEL_CHOICES = list(CHANNEL_LABELS.items())

DELIVERY_STATE_LABELS: Words = {
    "waiting": _("待发"),
    "sent": _("已发出"),
    "failed": _("没有发成"),
    "skipped": _("未发"),
}
DELIVERY_STATE_CHOICES = list(DELIVERY_STATE_LABELS.items())
_STATE_TONES: Mapping[str, str] = {
    "waiting": ATTENTION,
    "sent": OK,
    "failed": BREACH,
    "skipped": NEUTRAL,
}

PROBLEM_TEXTS: Words = {
    "channel_off": _("本系统没有接通这条渠道。"),
    "no_address": _("机构没有填写这种联系方式。"),
    "opted_out": _("机构选择不用这种方式接收。"),
    "address_refused": _("对方服务器不接收这个地址，请机构核对联系方式。"),
    "message_refused": _("对方服务器拒收这条通知。"),
    "credentials": _("发送服务不认本系统的账号或密钥，请系统管理员核对配置。"),
    "busy": _("发送服务暂时不能受理。"),
    "unreachable": _("连不上发送服务。"),
    "timeout": _("发送服务没有按时答复；对方可能已经收到，再发时会收到第二次。"),
    "unreadable": _("发送服务的答复无法识别。"),
    "interrupted": _("上一次发送中途停止；对方可能已经收到，再发时会收到第二次。"),
}


def delivery_badge(state: str) -> Badge:
    """A delivery's state as every page shows it."""
    return Badge(_STATE_TONES[state], DELIVERY_STATE_LABELS[state])


def problem_text(problem: str, answer: str = "") -> str:
    """Why it did not go out, with the other side's number for it where there is one."""
    if not problem:
        return ""
    said = str(PROBLEM_TEXTS[problem])
    return said + gettext("（对方答复 %(answer)s）") % {"answer": answer} if answer else said
