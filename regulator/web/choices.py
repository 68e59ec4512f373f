"""The words and icons in which every page shows a state."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OK = "ok"
ATTENTION = "attention"
BREACH = "breach"
UNKNOWN = "unknown"
NEUTRAL = "neutral"

TONES = (OK, ATTENTION, BREACH, UNKNOWN, NEUTRAL)

TONE_ICONS = {
    OK: "check-circle",
    ATTENTION: "clock",
    BREACH: "cross-circle",
    UNKNOWN: "question",
    NEUTRAL: "dot",
}

STEP_ICONS = {
    "done": "check",
    "current": "arrow-right",
    "blocked": "alert",
    "todo": "dot",
    "skipped": "minus",
}

WEEKDAYS = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large")


@dataclass(frozen=True)
class Badge:
    """A state as shown: its meaning (one of `TONES`), its word, and an icon if not the tone's."""

    tone: str
    label: str | Promise
    icon: str = ""
