"""Running numbers: taken under the counter's lock, none twice, none left out."""

from __future__ import annotations

from institutions.models import RegisterCounter

PREMISES_COUNTER = "premises"


def lock_counter(name: str) -> RegisterCounter:
    """The counter's row, locked; made when it is first asked for. Inside a transaction."""
    RegisterCounter.objects.get_or_create(name=name)
    return RegisterCounter.objects.select_for_update().get(name=name)


def take_running(name: str, count: int) -> range:
    """The next `count` numbers of a counter, locked until the transaction ends."""
    counter = lock_counter(name)
    first = counter.last_number + 1
    counter.last_number += count
    counter.save(update_fields=["last_number"])
    return range(first, first + count)
