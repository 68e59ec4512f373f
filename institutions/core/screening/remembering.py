"""Answers about short texts, kept: the same days, weeks and words recur from class to class."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

_MOST, _LONGEST = 4_096, 200

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembered(find: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A pure function that keeps its latest answers, unless it is asked about a long text.

    `1`, `1.0` and `True` are different questions.
    """
    kept = lru_cache(maxsize=_MOST, typed=True)(find)

    @wraps(find)
    def ask(*asked: Asked.args, **more: Asked.kwargs) -> Answer:
        for one in asked:
            if isinstance(one, str) and len(one) > _LONGEST:
                return find(*asked, **more)
        return kept(*asked, **more)  # type: ignore[arg-type]

    return ask
