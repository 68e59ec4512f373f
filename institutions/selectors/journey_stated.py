"""What was stated in a journey, in words: for pages and papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from institutions.choices.journey_words import ask_label, option_label
from institutions.core.journeys.shape import Ask, AskKind
from institutions.models import Journey


def stated_lines(journey: Journey) -> list[dict[str, Any]]:
    """What was stated so far, in words, in the order in which it is asked."""
    asks = [*journey.table.starts, *(ask for move in journey.table.moves for ask in move.asks)]
    lines = []
    for ask in dict.fromkeys(asks):
        text = ask_text(journey, ask)
        if text:
            is_data = not ask.options and ask.kind is not AskKind.FLAG
            label = ask_label(journey.kind, ask.code)
            lines.append({"label": label, "value": text, "data": is_data})
    return lines


def ask_text(journey: Journey, ask: Ask, value: Any = None) -> str:
    """A stated value as a page and a paper say it; empty where nothing was stated."""
    held = journey.details.get(ask.code) if value is None else value
    if held in (None, "", [], False):
        return ""
    if ask.kind is AskKind.FLAG:
        return _("是")
    if ask.options:
        codes = held if isinstance(held, list) else [held]
        return "、".join(str(option_label(ask.code, code)) for code in codes)
    if ask.kind is AskKind.MONEY_FEN:
        return _("%(amount)s 元") % {"amount": f"{held // 100:,}.{held % 100:02d}"}
    return str(held)
