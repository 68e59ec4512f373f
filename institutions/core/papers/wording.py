"""How a paper writes days and ordinals, and how large what does not fit otherwise is set."""

from __future__ import annotations

from datetime import date

_DIGITS = "零一二三四五六七八九"
_TYPE_AREA_MM = 156.0
_LARGEST_HEAD_MM = 13.0
_SMALLEST_HEAD_MM = 7.8


def chinese_day(iso: str) -> str:
    """2026年3月2日, as GB/T 9704-2012 writes dates; a text that is no date is left as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"


def ordinal(number: int) -> str:
    """一 to 九十九; beyond that the figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def set_width(text: str) -> float:
    """The width of a text in full-width characters: Latin letters and figures take half."""
    return sum(0.55 if sign < "⺀" else 1.0 for sign in text)


def head_size_mm(name: str) -> float:
    """The size of the red head: one line over the type area if it can be, never below 22 pt."""
    fitting = _TYPE_AREA_MM / max(set_width(name), 1.0)
    return round(max(_SMALLEST_HEAD_MM, min(_LARGEST_HEAD_MM, fitting)), 2)


def licence_step(texts: list[str]) -> int:
    """How far a licence's type is set down (0 to 3), so that its page holds what it has to say."""
    total = sum(set_width(text) for text in texts)
    longest = max((set_width(text) for text in texts), default=0.0)
    load = total + max(0.0, longest - 60.0)
    return sum(load > limit for limit in (170.0, 320.0, 560.0))
