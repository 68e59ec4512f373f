"""Several people, or one of them twice, at the same moment: real threads that really commit."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from regulator.kernel.outcomes import Refused


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of several threads got, result or refusal codes, all begun together."""
    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[place] = work()
        except Refused as refused:
            results[place] = [one.code for one in refused.refusals]
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
