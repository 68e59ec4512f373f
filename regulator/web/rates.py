"""How often something may be tried: counted in the web process's own cache."""

from __future__ import annotations

from django.core.cache import cache


def may_try(what: str, *, most: int, seconds: int) -> bool:
    """Count a try of `what` and say whether it is still within `most` in so many seconds.

    The count is each web process's own: with three of them a guesser gets three times as many.
    """
    key = f"rate:{what}"
    cache.add(key, 0, timeout=seconds)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # it expired between the two steps
        return True
