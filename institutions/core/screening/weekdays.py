"""上课星期: the days of the week in the ways people write them.

A day is 0 (Monday) to 6; EVERY_WORKDAY stands for 工作日, which follows the working-day table
rather than the week: make-up Saturdays belong to it and holidays do not.
"""

from __future__ import annotations

import re

EVERY_WORKDAY = 7

_DAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
_DAYS |= {str(day + 1): day for day in range(7)}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:[一二三四五六日天末](?![点时:次节个])|(?<!\d)[1-7](?![\d:.点时次节课天个]))"
_PREFIX = r"(?:周|星期|礼拜)"
_RANGE = r"[-–—―─~〜至到]+"
_JOIN = r"[\s、,，/;和与及跟&+·|]*"
_ENGLISH_DAY = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?(?![a-z])\.?"
)
WEEKDAY_GROUP = (
    rf"(?:每天|每日|天天|每晚|每夜|工作日|平日|周内|双休日|双休|周末|{_PREFIX}{_DAY}"
    rf"(?:\s*(?:{_RANGE})\s*{_PREFIX}?{_DAY}|{_JOIN}(?:每|逢)*{_PREFIX}?{_DAY}){{0,20}}"
    rf"|{_ENGLISH_DAY}(?:\s*{_RANGE}\s*{_ENGLISH_DAY})?)"
)
_WHOLE = {
    "每天": frozenset(range(7)),
    "每日": frozenset(range(7)),
    "天天": frozenset(range(7)),
    "每晚": frozenset(range(7)),
    "每夜": frozenset(range(7)),
    "工作日": frozenset({EVERY_WORKDAY}),
    "平日": frozenset({EVERY_WORKDAY}),
    "周内": frozenset({EVERY_WORKDAY}),
    "双休日": frozenset({5, 6}),
    "双休": frozenset({5, 6}),
    "周末": frozenset({5, 6}),
}
# 周一至周四,周三除外: a comma parts the days from those that are taken away.
_TAKEN = rf"{_PREFIX}{_DAY}(?:(?:[、和与及]|\s*{_RANGE}\s*){_PREFIX}?{_DAY}){{0,6}}"
_BARE_DAY = r"[一二三四五六日天]"
_BARE = re.compile(
    rf"(?:每周(?:\d|[一二两三四五六七])[次天][::,，、\s]*)?(?:每|逢)?(?P<days>{_BARE_DAY}(?:(?:{_JOIN}|{_RANGE}){_BARE_DAY}){{0,6}}|[1-7](?:(?:[\s、,，/;和与及跟&+·|]+|{_RANGE})[1-7]){{0,6}})(?:晚上?|下午|上午)?"
)
_STEP = re.compile(rf"(?P<range>{_RANGE})|(?P<day>{_DAY})|(?P<english>{_ENGLISH_DAY})")
_EXCEPTION = re.compile(
    rf"除了?(?P<but>[^,;。]{{0,30}}?)(?:以外|之外|外)|(?P<not>{_TAKEN})(?:除外|不上课|休息|停课|不上|休)"
)
_GROUP = re.compile(WEEKDAY_GROUP)


def with_prefix(text: str) -> str:
    """A weekday cell that names its days by their numbers alone (一三五; 二、四) as 周一三五."""
    bare = None if text in _WHOLE else _BARE.fullmatch(text.strip())
    return f"周{bare['days']}" if bare is not None else text


def days_of_group(group: str) -> frozenset[int]:
    """The days of one text that WEEKDAY_GROUP matches (folded text)."""
    if group in _WHOLE:
        return _WHOLE[group]
    days: set[int] = set()
    last, ranging = -1, False
    for step in _STEP.finditer(group):
        if step["range"]:
            ranging = True
            continue
        for day in _days_of_step(step):
            days |= _days_between(last, day) if ranging and last >= 0 else {day}
            last, ranging = day, False
    return frozenset(days)


def _days_of_step(step: re.Match[str]) -> tuple[int, ...]:
    if step["english"]:
        return (_ENGLISH.index(step["english"][:3]),)
    return (5, 6) if step["day"] == "末" else (_DAYS[step["day"]],)


def _days_between(first: int, last: int) -> set[int]:
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


_HOLIDAYS = r"(?:国家)?(?:法定)?(?:节假日|假日|节日)"
_NO_HOLIDAYS = re.compile(
    rf"除了?(?:遇|逢)?{_HOLIDAYS}(?:以外|之外|外)"
    rf"|(?:遇|逢)?{_HOLIDAYS}(?:均|都|时)?(?:除外|不上课|不排课|休息|停课|不上|放假|顺延|休)"
)


def take_holidays(text: str) -> tuple[str, bool]:
    """The folded text without the words that no class meets on holidays, and whether it had any."""
    kept = _NO_HOLIDAYS.sub(" ", text)
    return kept, kept != text


def take_exceptions(text: str) -> tuple[str, frozenset[int]]:
    """The folded text without its exceptions (除周三外; 周日除外), and the days they take away."""
    taken: set[int] = set()
    for found in _EXCEPTION.finditer(text):
        for group in _GROUP.findall(found["but"] or found["not"] or ""):
            taken |= days_of_group(group)
    return (_EXCEPTION.sub(" ", text), frozenset(taken)) if taken else (text, frozenset())
