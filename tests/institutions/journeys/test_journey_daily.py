"""The daily job: the day before, the day, the day after; run twice, it does nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fees.services.accounts import AccountDraft, close_account, open_account
from institutions.models import Institution, Journey, Licence, Notice
from institutions.selectors import journey_due
from institutions.services import journey_daily
from institutions.services.journey_daily import DailyReport, run_daily
from institutions.services.journeys import take_move
from institutions.services.licences import move_licence
from institutions.tasks.journeys import run_journeys_daily
from regulator.audit.models import Event
from regulator.celery import SCHEDULE
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refusal, Refused
from tests.district import MakeActor
from tests.institutions.journeys.parts import (
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)

DOCUMENTS = ("application_form", "licence_papers", "premises_proof", "annual_report")


def night(year: int, month: int, day: int) -> datetime:
    """Twenty past midnight in Chengdu."""
    return datetime(year, month, day, tzinfo=UTC) - timedelta(hours=7, minutes=40)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 4, tzinfo=UTC)


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution()  # valid until 30 April 2027


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


def applied(institution: Institution, officer: Actor, at: datetime) -> Journey:
    journey = begun("renewal", institution, actor=officer)
    hand_in(journey, *DOCUMENTS, actor=officer)
    return moved(journey, "submit", actor=officer, at=at)


def licence_of(institution: Institution) -> tuple[str, date | None]:
    licence = Licence.objects.get(institution=institution)
    return licence.state, licence.valid_before


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [(one.recipient, one.caused_by.split(":")[-1]) for one in rows]


def again(at: datetime) -> None:
    """Run once more: nothing changes, nobody is told twice."""
    before = (Event.objects.count(), Notice.objects.count())
    report = run_daily(at=at)
    assert (report.lapsed, report.renewed, report.expired, report.settlements) == (0, 0, 0, 0)
    assert (Event.objects.count(), Notice.objects.count()) == before


@pytest.mark.parametrize(
    ("day", "state"),
    [(6, "applied"), (9, "applied"), (10, "accepted")],
)
def test_silence_of_five_working_days_is_acceptance(
    institution: Institution, officer: Actor, day: int, state: str
) -> None:
    # Handed in on Monday, 2 March 2026: the fifth working day is Monday, 9 March.
    journey = applied(institution, officer, noon(2026, 3, 2))
    run_daily(at=night(2026, 3, day))
    journey.refresh_from_db()
    assert journey.state == state
    again(night(2026, 3, day))


def test_what_counts_as_accepted_was_accepted_on_the_day_it_came(
    institution: Institution, officer: Actor
) -> None:
    journey = applied(institution, officer, noon(2026, 3, 2))
    report = run_daily(at=night(2026, 3, 10))
    assert report.lapsed == 1
    event = Event.objects.get(kind="journey.deem_accepted")
    assert (event.subject_key, event.actor_name) == (str(journey.public_id), "系统")


def test_a_licence_lapses_on_the_first_invalid_day_and_not_before(
    institution: Institution,
) -> None:
    report = run_daily(at=night(2027, 4, 30))
    assert (report.expired, licence_of(institution)[0]) == (0, "in_force")
    report = run_daily(at=night(2027, 5, 1))
    assert (report.expired, report.settlements, report.refused) == (1, 0, [])
    assert licence_of(institution)[0] == "expired"
    assert [recipient for recipient, _ in told("licence_expired")] == ["institution", "desk"]
    assert Event.objects.filter(kind="licence.expired").count() == 1
    again(night(2027, 5, 1))
    again(night(2027, 5, 2))


def test_a_night_that_was_missed_is_made_up_for(institution: Institution) -> None:
    assert run_daily(at=night(2027, 6, 15)).expired == 1
    assert licence_of(institution)[0] == "expired"


def test_a_timely_renewal_still_undecided_counts_as_renewed_and_the_desk_is_told(
    institution: Institution, officer: Actor
) -> None:
    journey = applied(institution, officer, noon(2027, 3, 31))  # 30 days before 30 April
    journey = moved(journey, "accept", actor=officer, at=noon(2027, 4, 1))
    run_daily(at=night(2027, 4, 30))
    journey.refresh_from_db()
    assert journey.state == "accepted"
    report = run_daily(at=night(2027, 5, 1))
    assert (report.renewed, report.expired, report.refused) == (1, 0, [])
    journey.refresh_from_db()
    assert (journey.state, journey.outcome) == ("deemed_renewed", "done")
    assert licence_of(institution) == ("in_force", date(2030, 5, 1))
    assert told("renewed_by_silence") == [("desk", "renewed_by_silence")]
    again(night(2027, 5, 1))


def test_a_decision_that_awaits_its_countersignature_came_too_late(
    institution: Institution, officer: Actor
) -> None:
    journey = applied(institution, officer, noon(2027, 3, 31))
    journey = moved(journey, "accept", actor=officer, at=noon(2027, 4, 1))
    accept_all(journey, actor=officer)
    stated = {"reason": "场所不合格"}
    taken = take_move(
        journey=journey, move="refuse", stated=stated, actor=officer, at=noon(2027, 4, 30)
    )
    assert run_daily(at=night(2027, 5, 1)).renewed == 1
    assert taken.proposal is not None
    taken.proposal.refresh_from_db()
    journey.refresh_from_db()
    assert (taken.proposal.state, journey.state) == ("returned", "deemed_renewed")


def test_a_late_renewal_protects_nobody(institution: Institution, officer: Actor) -> None:
    journey = applied(institution, officer, noon(2027, 4, 1))  # 29 days
    moved(journey, "accept", actor=officer, at=noon(2027, 4, 2))
    report = run_daily(at=night(2027, 5, 1))
    assert (report.renewed, report.expired) == (0, 1)
    assert licence_of(institution)[0] == "expired"


def test_a_timely_renewal_that_waits_for_its_gaps_keeps_the_licence(
    institution: Institution, officer: Actor
) -> None:
    journey = applied(institution, officer, noon(2027, 3, 31))
    journey = moved(journey, "request_gaps", actor=officer, at=noon(2027, 4, 1), gaps="缺年报")
    report = run_daily(at=night(2027, 5, 1))
    assert (report.renewed, report.expired, licence_of(institution)[0]) == (0, 0, "in_force")
    moved(journey, "drop", actor=officer, at=noon(2027, 5, 6), reason="不再办学")
    assert run_daily(at=night(2027, 5, 7)).expired == 1


def test_with_parents_still_owed_a_settlement_begins_and_ends_with_the_institution_closed(
    institution: Institution, officer: Actor
) -> None:
    account = open_account(
        institution=institution,
        kind="custody",
        draft=AccountDraft(bank_name="某银行", account_number="6222021234560123"),
        actor=SYSTEM,
        at=noon(2026, 9, 1),
    )
    report = run_daily(at=night(2027, 5, 1))
    assert (report.expired, report.settlements, report.refused) == (1, 1, [])
    journey = Journey.objects.get(kind="settlement")
    institution.refresh_from_db()
    assert (journey.state, institution.status) == ("settling", "paused")
    again(night(2027, 5, 1))
    at = noon(2027, 6, 1)
    hand_in(journey, "refund_list", "wage_list", actor=officer)
    accept_all(journey, actor=officer)
    journey = moved(journey, "record_refunds", actor=officer, at=at, refund_note="退清")
    close_account(account, reason="退清", actor=SYSTEM, at=at)
    journey = moved(journey, "record_wages", actor=officer, at=at, wage_note="付清")
    journey = moved(journey, "record_debts", actor=officer, at=at, debt_note="没有")
    journey = moved(journey, "finish", actor=officer, at=at)
    institution.refresh_from_db()
    assert (journey.state, institution.status) == ("settled", "closed")
    again(night(2027, 6, 2))


def test_a_settlement_left_out_by_a_broken_night_begins_the_next(
    institution: Institution,
) -> None:
    open_account(
        institution=institution,
        kind="custody",
        draft=AccountDraft(bank_name="某银行"),
        actor=SYSTEM,
        at=noon(2026, 9, 1),
    )
    licence = Licence.objects.get(institution=institution)
    move_licence(licence=licence, move="expire", actor=SYSTEM, at=night(2027, 5, 1))
    assert run_daily(at=night(2027, 5, 2)).settlements == 1
    again(night(2027, 5, 3))


@pytest.mark.parametrize(
    ("day", "marks"),
    [
        (date(2027, 1, 29), []),  # 91 days before 30 April
        (date(2027, 1, 30), ["90"]),
        (date(2027, 2, 28), ["90"]),
        (date(2027, 3, 1), ["60"]),
        (date(2027, 3, 30), ["60"]),
        (date(2027, 3, 31), ["30"]),
        (date(2027, 4, 30), ["30"]),
    ],
)
def test_the_end_of_a_licence_is_announced_90_60_and_30_days_ahead(
    institution: Institution, day: date, marks: list[str]
) -> None:
    at = night(day.year, day.month, day.day)
    run_daily(at=at)
    assert told("licence_expiring") == [("institution", mark) for mark in marks]
    again(at)


def test_each_mark_is_announced_once_with_the_last_day_to_apply(
    institution: Institution,
) -> None:
    for day in (date(2027, 1, 30), date(2027, 1, 31), date(2027, 3, 1), date(2027, 3, 31)):
        run_daily(at=night(day.year, day.month, day.day))
    assert told("licence_expiring") == [
        ("institution", "90"),
        ("institution", "60"),
        ("institution", "30"),
    ]
    params = Notice.objects.filter(kind="licence_expiring")[0].params
    assert (params["ends_on"], params["apply_by_on"]) == ("2027-04-30", "2027-03-31")


def test_whoever_renews_is_not_told_to_renew(institution: Institution, officer: Actor) -> None:
    applied(institution, officer, noon(2027, 1, 20))
    run_daily(at=night(2027, 1, 30))
    assert told("licence_expiring") == []


@pytest.mark.parametrize(
    ("day", "soon", "over"),
    [
        (3, 0, 0),  # four working days are left until Monday, 9 March
        (4, 1, 0),
        (9, 1, 0),
        (10, 0, 0),  # silence was acceptance: nothing is overdue
    ],
)
def test_a_step_is_announced_three_working_days_before_its_last(
    institution: Institution, officer: Actor, day: int, soon: int, over: int
) -> None:
    applied(institution, officer, noon(2026, 3, 2))
    run_daily(at=night(2026, 3, day))
    rows = Notice.objects.filter(caused_by__contains="clock:")
    kinds = [(one.kind, one.recipient) for one in rows]
    assert kinds == [("journey_due_soon", "desk")] * soon + [("journey_overdue", "desk")] * over


def test_what_the_institution_leaves_undone_is_told_to_it_and_to_the_desk(
    institution: Institution, officer: Actor
) -> None:
    stated: dict[str, Any] = {"items": "补齐消防证明", "term_workdays": 5}
    begun("rectification", institution, actor=officer, **stated)
    run_daily(at=night(2026, 3, 9))
    run_daily(at=night(2026, 3, 10))
    run_daily(at=night(2026, 3, 11))
    rows = Notice.objects.filter(caused_by__contains="clock:").order_by("pk")
    assert [(one.kind, one.recipient) for one in rows] == [
        ("journey_due_soon", "institution"),
        ("journey_overdue", "institution"),
        ("journey_overdue", "desk"),
    ]


def test_one_that_refuses_is_reported_and_stops_nobody_else(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = licensed_institution("启明培训学校", number="151011670000124")

    def refusing(*, licence: Licence, **command: Any) -> Licence:
        moved_licence = move_licence(licence=licence, **command)
        if licence.institution_id == institution.pk:
            raise Refused(Refusal("licence.wrong_state"))
        return moved_licence

    monkeypatch.setattr(journey_daily, "move_licence", refusing)
    report = run_daily(at=night(2027, 5, 1))
    assert (report.expired, len(report.refused)) == (1, 1)
    assert (licence_of(institution)[0], licence_of(other)[0]) == ("in_force", "expired")
    assert Event.objects.filter(kind="licence.expired").count() == 1


def test_every_licence_is_reached_however_small_the_chunk(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey_due, "CHUNK_ROWS", 1)
    for number in range(124, 127):
        licensed_institution(f"启明培训学校{number}", number=f"151011670000{number}")
    assert run_daily(at=night(2027, 5, 1)).expired == 4
    assert set(Licence.objects.values_list("state", flat=True)) == {"expired"}


def test_the_task_is_scheduled_and_runs(institution: Institution) -> None:
    assert SCHEDULE["journeys and licences, daily"]["task"] == run_journeys_daily.name
    run_journeys_daily()
    assert DailyReport().refused == []
