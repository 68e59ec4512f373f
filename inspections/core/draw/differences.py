"""A value that is not what the protocol makes it, with its path, and how it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspections.core.draw.reading import step
from regulator.kernel.outcomes import Refusal

ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One differing value: `path` as `drawn.D[0]`, a code whose text the `choices` floor holds.

    `stated` and `expected` are the two values where there are two; `among` lists paths of which at
    least one was altered when no more can be known.
    """

    path: str
    code: str
    stated: Any = ""
    expected: Any = ""
    among: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)


def from_refusal(reason: Refusal, *, prefix: str = "") -> Difference:
    """A refusal's reason as a difference at its path under `prefix`."""
    inner = str(reason.params.get("path", ""))
    path = f"{prefix}.{inner}" if prefix and inner else prefix or inner
    return Difference(path, reason.code, params=dict(reason.params))


def compare(stated: Any, expected: Any, path: str) -> Iterator[Difference]:
    """Every place where `stated` is not `expected`, down to members of arrays and objects.

    The type counts too: `"1"` is not `1`.
    """
    if stated is ABSENT:
        yield Difference(path, "difference.missing", expected=expected)
    elif expected is ABSENT:
        yield Difference(path, "difference.extra", stated=stated)
    elif isinstance(stated, dict) and isinstance(expected, dict):
        for key in [*expected, *(key for key in stated if key not in expected)]:
            inner = step(path, key)
            yield from compare(stated.get(key, ABSENT), expected.get(key, ABSENT), inner)
    elif isinstance(stated, list) and isinstance(expected, list):
        for index in range(max(len(stated), len(expected))):
            here = stated[index] if index < len(stated) else ABSENT
            there = expected[index] if index < len(expected) else ABSENT
            yield from compare(here, there, step(path, index))
    elif type(stated) is not type(expected) or stated != expected:
        yield Difference(path, "difference.value", stated=stated, expected=expected)
