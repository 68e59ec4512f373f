"""What the families of rules are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.filings import Words

RULE_FAMILY_LABELS: Words = {
    "TIME": _("培训时间"),
    "CONTENT": _("培训内容"),
    "STAFF": _("教师"),
    "FEE": _("收费"),
    "LICENCE": _("许可"),
    "SITE": _("授课地点"),
    "ROOM": _("场所面积"),
    "FILING": _("备案本身"),
}
