"""Chinese numerals up to 9999, and digits, as whole numbers."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARS = "".join(_DIGITS) + "".join(_UNITS)


def whole_number(text: str) -> int | None:
    """The value of `12`, `十二`, `二十`, `一百零八` or `二〇二六`; None for anything else."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) <= 9 else None
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, pending, last_unit = 0, -1, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last_unit or (pending <= 0 and not (unit == 10 and total == 0)):
                return None
            total += (pending if pending > 0 else 1) * unit
            pending, last_unit = -1, unit
        elif char in _DIGITS and pending <= 0:
            pending = _DIGITS[char]
        else:
            return None
    return total + max(pending, 0)
