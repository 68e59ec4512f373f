"""Reading and writing the JSON of a draw: duplicate keys refused, odd values located."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from regulator.kernel.outcomes import Refusal, Refused

LARGEST_INTEGER = 2**53 - 1
_DEEPEST = 40


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(Refusal("json.duplicate_key", {"key": key}))
        found[key] = value
    return found


def read_json(text: str) -> Any:
    """The value of a JSON text.

    Raises Refused: `json.duplicate_key` (RFC 8259 leaves their meaning open, so two readers could
    see two frames) or `json.unreadable` with the line where reading stopped.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise Refused(Refusal("json.unreadable", {"line": error.lineno})) from error
    except (RecursionError, ValueError) as error:
        raise Refused(Refusal("json.unreadable", {"line": 1})) from error


def write_json(value: Any) -> str:
    """The text of a bundle as it is published: one space of indent, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def step(path: str, key: str | int) -> str:
    """The path of a member: `drawn.D[0]`, `assignments.P000001`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def odd_values(value: Any, path: str = "", depth: int = 0) -> Iterator[Refusal]:
    """Everything that DR1 does not admit anywhere: floats, nulls, booleans, wide integers, and
    texts that are no Unicode (a lone surrogate), each with its path."""
    code = _odd(value)
    if depth > _DEEPEST:
        yield Refusal("json.too_deep", {"path": path})
    elif code:
        yield Refusal(code, {"path": path, "value": repr(value)[:60]})
    elif isinstance(value, dict):
        for key, member in value.items():
            if _odd(key):
                yield Refusal("json.unicode", {"path": path, "value": repr(key)[:60]})
            else:
                yield from odd_values(member, step(path, key), depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from odd_values(member, step(path, index), depth + 1)


def _odd(value: Any) -> str:
    if value is None:
        return "json.null"
    if isinstance(value, bool):
        return "json.boolean"
    if isinstance(value, float):
        return "json.float"
    if isinstance(value, int):
        return "" if 0 <= value <= LARGEST_INTEGER else "json.integer_range"
    if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        return "json.unicode"
    return ""
