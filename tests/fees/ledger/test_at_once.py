"""Two people, or one of them twice, at the same moment: one release, one payment, no deadlock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fees.models import Lesson, Posting
from fees.services.lessons import confirm_lesson, release_lesson, reserve_lesson
from fees.services.movements import record_movement
from fees.services.release_jobs import ask_for_release
from fees.services.release_runs import release_due
from fees.tasks import releases
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from tests.at_once import at_once
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import DAY, held, pay


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: they have a database of their own."""
    return committed_db


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


def test_two_workers_called_up_for_one_run_release_every_lesson_once(paid, active, monkeypatch):
    monkeypatch.setattr(releases, "CHUNK_LESSONS", 2)
    for number in range(1, 9):
        confirmed(paid, number)
    run = ask_for_release(division="510116", on=DAY, actor=SYSTEM, at=AT)

    def work() -> str:
        return run_here(Job.objects.get(pk=run.job_id)).state

    assert "done" in at_once(work, work)
    run.refresh_from_db()
    assert (run.state, run.lesson_count, run.amount_fen) == ("done", 8, 640_00)
    assert (run.job.state, run.job.done_count) == ("done", 8)
    assert (released(), held(active)["payable"]) == (8, 640_00)
    assert Event.objects.filter(kind="release.run_done").count() == 1


def test_two_runs_asked_for_at_once_release_every_lesson_once(paid, active, monkeypatch):
    monkeypatch.setattr(releases, "CHUNK_LESSONS", 2)
    for number in range(1, 9):
        confirmed(paid, number)
    runs = [ask_for_release(division="510116", on=DAY, actor=SYSTEM, at=AT) for _ in range(2)]
    jobs = [run.job for run in runs]
    states = at_once(*(lambda job=job: run_here(job).state for job in jobs))
    assert states == ["done", "done"]
    for run in runs:
        run.refresh_from_db()
    assert [run.state for run in runs] == ["done", "done"]
    assert sum(run.lesson_count for run in runs) == 8
    assert sum(run.amount_fen for run in runs) == 640_00
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
