"""The shape of a rule's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class RuleText:
    """A rule in plain language; `breach` and `undetermined` are filled by the finding's values."""

    title: Text
    explanation: Text
    breach: Text
    undetermined: Text
    remedy: Text


MISSING_ENTRY = _("缺少%(missing)s，系统无法判断，须由审核人员认定。")
