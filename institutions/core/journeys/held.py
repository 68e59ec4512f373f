"""What a journey's steps left in its details, as the chain holds it: codes and a digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regulator.kernel.canonical import canonical_digest

Held = Mapping[str, Any]


def details_digest(*, journey: str, details: Mapping[str, Any], codes: Iterable[str]) -> str:
    """One digest over the values under `codes`, absent ones left out, bound to the journey's id."""
    return canonical_digest([journey, {code: details[code] for code in codes if code in details}])


def altered_steps(
    *, journey: str, details: Mapping[str, Any], held: Iterable[Held]
) -> list[tuple[str, ...]]:
    """The codes of each step whose values are not what the chain holds, the oldest step first.

    `held` are the steps' `{"codes", "digest"}` in their order. What a later step stated again is
    that step's; the rest of such an earlier step has no digest of its own and is passed over.
    """
    steps = list(held)
    found = []
    for place, step in enumerate(steps):
        codes = tuple(step["codes"])
        later = {code for after in steps[place + 1 :] for code in after["codes"]}
        if not later.isdisjoint(codes):
            continue
        if step["digest"] != details_digest(journey=journey, details=details, codes=codes):
            found.append(codes)
    return found
