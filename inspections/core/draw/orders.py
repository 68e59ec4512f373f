"""The one published algorithm behind every order: Rivest's consistent sampling."""

from __future__ import annotations

from collections.abc import Sequence

from consistent_sampler import sampler


def order(ids: Sequence[str], *, label: str) -> list[str]:
    """All of `ids` by ascending ticket under `label`; the order of `ids` itself does not matter.

    Source: PyPI `consistent-sampler` 1.0.10, as DR1 §3 names it.
    """
    return list(sampler(list(ids), seed=label, with_replacement=False, output="id"))
