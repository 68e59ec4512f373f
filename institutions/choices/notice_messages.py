"""What stands in an e-mail and in an SMS. Both go out in Chinese: nobody chose a language there."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from institutions.choices.notice_texts import text_of, title_of

_LANGUAGE = "zh-hans"


def email_subject(kind: str, params: dict[str, object]) -> str:
    """The subject of the e-mail."""
    with translation.override(_LANGUAGE):
        return gettext("【校外培训监管】%(title)s") % {"title": title_of(kind, params)}


def email_text(kind: str, params: dict[str, object], *, name: str, url: str) -> str:
    """The e-mail: to whom, what, what next, where."""
    with translation.override(_LANGUAGE):
        lines = (
            gettext("%(name)s：") % {"name": name},
            "",
            f"{title_of(kind, params)}。",
            text_of(kind, params),
            "",
            gettext("登录机构端办理：%(url)s") % {"url": url},
            gettext("这封邮件由系统发出，不必回复。不想收邮件，可以在机构端“通知”里关闭。"),
            "",
        )
    return "\n".join(lines)


def sms_text(kind: str, params: dict[str, object], *, name: str) -> str:
    """The SMS: the title alone, without reasons or names of classes."""
    with translation.override(_LANGUAGE):
        return gettext("%(name)s：%(title)s。请登录机构端查看。") % {
            "name": name,
            "title": title_of(kind, params),
        }
