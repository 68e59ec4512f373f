"""Filters of the pages of draws: `{% load draws %}`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template

register = template.Library()


@register.filter
def percent(chance: Fraction) -> str:
    """A chance as a percentage with one decimal, exactly rounded half up: `12.5%`."""
    tenths = (chance * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"


@register.filter
def member(table: Mapping[str, Any], key: str) -> Any:
    """The value of a key in a mapping, or an empty text."""
    return table.get(key, "")
