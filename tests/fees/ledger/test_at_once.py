"""Two people, or one of them twice, at the same moment: one release, one payment, no deadlock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from fees.models import Lesson, Posting
from fees.services.lessons import confirm_lesson, release_lesson, reserve_lesson
from fees.services.movements import record_movement
from fees.services.release_runs import release_due
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import DAY, held, pay


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: they have a database of their own."""
    return committed_db


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


def confirmed(contract, number: int) -> Lesson:
    lesson = reserve_lesson(
        contract=contract, number=number, taught_on=date(2026, 9, 12),
        key=f"lesson-{number}", actor=SYSTEM, at=AT,
    )  # fmt: skip
    return confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)


def released() -> int:
    return Posting.objects.filter(rule="lesson_release").count()


def test_two_workers_releasing_one_lesson_at_once_release_it_once(paid, active):
    lesson = confirmed(paid, 1)

    def release(key: str) -> Callable[[], str]:
        return lambda: release_lesson(lesson=lesson, key=key, actor=SYSTEM, at=AT).state

    results = at_once(release("a"), release("b"))
    assert sorted(results, key=str) == [["lesson.wrong_state"], "released"]
    assert (released(), held(active)["payable"]) == (1, 80_00)


def test_one_order_sent_twice_at_once_is_carried_out_once(contract, active):
    results = at_once(lambda: pay(contract).pk, lambda: pay(contract).pk)
    assert results == [contract.pk, contract.pk]
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}


def test_two_release_runs_at_once_release_every_lesson_once(paid, active):
    for number in range(1, 9):
        confirmed(paid, number)

    def run() -> int:
        done, after = 0, 0
        while True:
            chunk = release_due(escrow=active, on=DAY, after=after, actor=SYSTEM, at=AT, size=3)
            if not chunk.lessons:
                return done
            done, after = done + chunk.lessons, chunk.last

    results = at_once(run, run)
    # A run that waited finds its chunk done and ends; what it skipped is for the next run.
    assert sum(results) == released()
    run()
    assert (released(), held(active)["payable"]) == (8, 640_00)
    assert set(Lesson.objects.values_list("state", flat=True)) == {"released"}


def test_movements_in_opposite_directions_at_once_do_not_deadlock(paid, active):
    def many(rule: str, name: str) -> Callable[[], int]:
        def work() -> int:
            for number in range(15):
                record_movement(
                    escrow=active, rule=rule, amount_fen=1, reference="回单",
                    key=f"{name}-{number}", booked_on=DAY, actor=SYSTEM, at=AT,
                )  # fmt: skip
            return 15

        return work

    results = at_once(many("interest", "i"), many("bank_fee", "f"), many("seizure", "s"))
    assert results == [15, 15, 15]
    assert held(active) == {
        "bank": 3200_00 - 15, "contract": 3200_00, "interest": 15, "bank_fees": 15, "shortfall": 15,
    }  # fmt: skip
