"""Filters of papers: `{% load papers %}`."""

from __future__ import annotations

from typing import Any

from django import template

from institutions.core.papers.kinds import Line, lines_of
from institutions.core.papers.numbers import code_text
from institutions.core.papers.wording import chinese_day, ordinal

register = template.Library()


@register.filter
def paper_day(iso: Any) -> str:
    """2026年3月2日 of an ISO date."""
    return chinese_day(str(iso or ""))


@register.filter
def paper_lines(value: Any) -> tuple[Line, ...]:
    """The lines of a list fact, each with text, basis and remedy."""
    return lines_of(value)


@register.filter
def sentence(text: str) -> str:
    """A sentence that ends as one: a full stop where the writer left it out."""
    plain = str(text).strip()
    return plain if not plain or plain[-1] in "。！？；：!?.;:" else f"{plain}。"


@register.filter
def chinese_number(number: int) -> str:
    """一, 二, … of a counter."""
    return ordinal(number)


@register.filter
def check_code(code: str) -> str:
    """A check code in its two groups."""
    return code_text(code)
