"""Release runs as a job: what is due goes, what stays is counted with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fees.models import EscrowAccount, Lesson, Posting, ReleaseRun, ReleaseRunLine
from fees.selectors.release_runs import totals_of
from fees.services.lessons import (
    confirm_lesson,
    notify_parents,
    object_to_lesson,
    reserve_lesson,
)
from fees.services.release_jobs import RunScope, ask_for_release, start_nightly_runs
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import DAY, held


def reserve(contract, number, on=date(2026, 9, 12)):
    return reserve_lesson(
        contract=contract, number=number, taught_on=on, key=f"lesson-{number}",
        actor=SYSTEM, at=AT,
    )  # fmt: skip


def run_now(scope=None, on=DAY, at=AT) -> ReleaseRun:
    more = {"scope": scope} if scope else {}
    run = ask_for_release(division="510116", on=on, actor=SYSTEM, at=at, **more)
    assert run_here(run.job).state == "done"
    run.refresh_from_db()
    return run


def outcomes(run) -> dict[str, tuple[int, int]]:
    return {one.outcome: (one.lessons, one.amount_fen) for one in totals_of(run)}


@pytest.fixture
def mixed(paid):
    """One lesson confirmed, one objected to, one unanswered, one whose parent nobody asked."""
    lessons = [reserve(paid, number) for number in range(1, 5)]
    confirm_lesson(lesson=lessons[0], actor=SYSTEM, at=AT)
    notify_parents(lessons=lessons[1:3], actor=SYSTEM, at=AT)
    object_to_lesson(lesson=lessons[1], reason="没有上课", actor=SYSTEM, at=AT)
    return paid


def test_a_run_releases_what_is_due_and_says_why_the_rest_stays(mixed, active):
    run = run_now()
    assert outcomes(run) == {
        "released": (1, 80_00),
        "objection": (1, 80_00),
        "parent_may_answer": (1, 80_00),
        "notices_missing": (1, 80_00),
    }
    assert (run.state, run.lesson_count, run.amount_fen) == ("done", 1, 80_00)
    assert held(active)["payable"] == 80_00
    assert run.job.result == {
        "released": 1, "objection": 1, "parent_may_answer": 1, "notices_missing": 1,
    }  # fmt: skip


def test_a_run_repeated_releases_nothing_again(mixed, active):
    run_now()
    again = run_now()
    assert (again.lesson_count, held(active)["payable"]) == (0, 80_00)
    assert Posting.objects.filter(rule="lesson_release").count() == 1


def test_silence_is_no_consent_on_the_last_day_and_is_on_the_next(mixed, active):
    last = datetime(2026, 11, 20, 1, tzinfo=UTC)
    assert outcomes(run_now(on=last.date(), at=last))["parent_may_answer"] == (1, 80_00)
    after = last.replace(day=21)
    assert outcomes(run_now(on=after.date(), at=after))["released"] == (1, 80_00)


def test_a_run_of_one_class_and_day_leaves_the_others(paid, filing, active):
    for number, day in ((1, 12), (2, 19)):
        lesson = reserve(paid, number, date(2026, 9, day))
        confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)
    run = run_now(RunScope(escrow=active, filing=filing, taught_on=date(2026, 9, 19)))
    assert outcomes(run) == {"released": (1, 80_00)}
    assert list(Lesson.objects.order_by("number").values_list("state", flat=True)) == [
        "confirmed", "released",
    ]  # fmt: skip
    line = ReleaseRunLine.objects.get()
    assert (line.filing_id, line.taught_on) == (filing.pk, date(2026, 9, 19))


def test_an_account_that_is_not_active_keeps_everything(mixed, active):
    with unaudited():
        EscrowAccount.objects.filter(pk=active.pk).update(state="agreed")
    run = run_now()
    assert outcomes(run)["account_not_active"] == (1, 80_00)
    assert (run.lesson_count, Posting.objects.filter(rule="lesson_release").count()) == (0, 0)


def test_a_run_asked_for_tomorrow_is_refused(mixed):
    with pytest.raises(Refused) as refused:
        ask_for_release(division="510116", on=date(2026, 11, 2), actor=SYSTEM, at=AT)
    assert [one.code for one in refused.value.refusals] == ["release.day_in_future"]
    assert (ReleaseRun.objects.count(), Job.objects.filter(kind="fees.release_run").count()) == (
        0, 0,
    )  # fmt: skip


def test_the_night_asks_once_and_only_on_a_working_day(mixed):
    sunday = AT
    assert start_nightly_runs(actor=SYSTEM, at=sunday) == 0
    monday = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)  # one o'clock on Monday, 2 November
    assert start_nightly_runs(actor=SYSTEM, at=monday) == 1
    assert start_nightly_runs(actor=SYSTEM, at=monday) == 0
    run = ReleaseRun.objects.get()
    assert (run.kind, run.on) == ("nightly", date(2026, 11, 2))


def test_a_run_is_told_at_its_beginning_for_each_account_and_at_its_end(mixed):
    run_now()
    kinds = Event.objects.filter(kind__startswith="release.").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "release.run_asked", "release.account_done", "release.run_done",
    ]  # fmt: skip
    assert kinds[1].new["staying"] == {
        "objection": 1, "parent_may_answer": 1, "notices_missing": 1,
    }  # fmt: skip
