"""Small checks of shape that yield a refusal with the path of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from inspections.core.draw.reading import step
from regulator.kernel.outcomes import Refusal

Check = Callable[[Any, str], Iterator[Refusal]]

CODE = re.compile(r"[A-Za-z0-9-]+")
HEX64 = re.compile(r"[0-9a-f]{64}")
DRAW_NUMBER = re.compile(r"[A-Za-z0-9]{6}-[0-9]{4}-[0-9]{3}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)


def read_time(text: Any) -> datetime | None:
    """The aware moment of an ISO 8601 text with its offset, or None."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_pattern(text: Any) -> re.Pattern[str] | None:
    """The regular expression of `entropy.format`, or None when it is none or is not ASCII."""
    if not isinstance(text, str) or not text or not text.isascii():
        return None
    try:
        return re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


def refuse(code: str, path: str, **params: Any) -> Refusal:
    """A refusal that says where."""
    return Refusal(code, {"path": path, **params})


def any_text(value: Any, path: str) -> Iterator[Refusal]:
    """A JSON string."""
    if not isinstance(value, str):
        yield refuse("shape.text", path)


def matching(pattern: re.Pattern[str], code: str) -> Check:
    """A string that a pattern matches wholly; `code` names what it should have been."""

    def check(value: Any, path: str) -> Iterator[Refusal]:
        if not isinstance(value, str):
            yield refuse("shape.text", path)
        elif not pattern.fullmatch(value):
            yield refuse(code, path, value=value[:60])

    return check


def one_of(*choices: str) -> Check:
    """One of a few strings."""

    def check(value: Any, path: str) -> Iterator[Refusal]:
        if value not in choices:
            yield refuse("shape.choice", path, choices=" ".join(choices))

    return check


def whole_number(value: Any, path: str) -> Iterator[Refusal]:
    """An integer (its range is checked with the odd values)."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield refuse("shape.integer", path)


def time_text(value: Any, path: str) -> Iterator[Refusal]:
    """An ISO 8601 time with its offset."""
    if read_time(value) is None:
        yield refuse("shape.time", path)


def pattern_text(value: Any, path: str) -> Iterator[Refusal]:
    """A regular expression written in ASCII."""
    if read_pattern(value) is None:
        yield refuse("shape.pattern", path)


def record(fields: Mapping[str, Check]) -> Check:
    """An object with exactly these keys."""

    def check(value: Any, path: str) -> Iterator[Refusal]:
        if not isinstance(value, dict):
            yield refuse("shape.object", path)
            return
        for key, inner in fields.items():
            if key in value:
                yield from inner(value[key], step(path, key))
            else:
                yield refuse("shape.missing", step(path, key))
        for key in value:
            if key not in fields:
                yield refuse("shape.unknown_key", step(path, key))

    return check


def table(inner: Check) -> Check:
    """An object whose keys are codes."""

    def check(value: Any, path: str) -> Iterator[Refusal]:
        if not isinstance(value, dict):
            yield refuse("shape.object", path)
            return
        for key, member in value.items():
            if not CODE.fullmatch(key):
                yield refuse("shape.code", step(path, key), value=key[:60])
            yield from inner(member, step(path, key))

    return check


def rows(inner: Check) -> Check:
    """An array of one kind."""

    def check(value: Any, path: str) -> Iterator[Refusal]:
        if not isinstance(value, list):
            yield refuse("shape.array", path)
            return
        for index, member in enumerate(value):
            yield from inner(member, step(path, index))

    return check


code_text = matching(CODE, "shape.code")
digest_text = matching(HEX64, "shape.digest")
number_text = matching(DRAW_NUMBER, "shape.draw_number")
