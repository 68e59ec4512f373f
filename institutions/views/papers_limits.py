"""How often one network address may ask for papers that do not exist."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest

MISSES = 60
WINDOW_S = 600


def _key(request: HttpRequest) -> str:
    return f"papers-missed:{get_client_ip_address(request)}"


def too_many_misses(request: HttpRequest) -> bool:
    """Whether this address has missed too often of late; a hit never counts.

    Counted in this process's own cache: the limit keeps guessing slow and the pages free, the
    check code itself (48 bits) is what cannot be guessed.
    """
    return int(cache.get(_key(request), 0)) >= MISSES


def note_miss(request: HttpRequest) -> None:
    """Count a miss."""
    cache.add(_key(request), 0, WINDOW_S)
    try:
        cache.incr(_key(request))
    except ValueError:  # it ran out between the two lines
        cache.set(_key(request), 1, WINDOW_S)
