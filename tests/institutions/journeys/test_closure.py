"""Closures through the services: refunds, wages, debts; and nobody is closed who owes a parent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fees.models import EscrowAccount
from fees.services.accounts import AccountDraft, close_account, open_account
from institutions.models import Institution, Journey
from institutions.services.journeys import confirm_proposal, take_move
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts
from tests.district import MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)

STATED: dict[str, Any] = {
    "closure_reason": "租约到期",
    "planned_on": date(2026, 3, 31),
    "notice_on": date(2025, 9, 1),
    "votes_for": 4,
    "votes_all": 6,
}
APPROVING: dict[str, Any] = {"closes_on": date(2026, 3, 4), "duties": "交回证章，办理注销"}
DOCUMENTS = (
    "application_form",
    "board_resolution",
    "settlement_plan",
    "refund_list",
    "wage_list",
    "liquidation_report",
)
ON_THE_DAY = datetime(2026, 3, 4, 1, tzinfo=UTC)
RETURNED = {"licence_returned": True, "seal_returned": True}


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution()


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def leader(make_actor: MakeActor) -> Actor:
    return make_actor("district_leader")


def escrow(institution: Institution) -> EscrowAccount:
    draft = AccountDraft(bank_name="某银行", account_number="6222021234560123")
    return open_account(institution=institution, kind="custody", draft=draft, actor=SYSTEM, at=AT)


def accepted(institution: Institution, officer: Actor, **stated: Any) -> Journey:
    journey = begun("closure", institution, actor=officer, **{**STATED, **stated})
    hand_in(journey, *DOCUMENTS, actor=officer)
    journey = moved(journey, "submit", actor=officer)
    journey = moved(journey, "accept", actor=officer)
    accept_all(journey, actor=officer)
    return journey


def settled(journey: Journey, officer: Actor) -> Journey:
    journey = moved(
        journey, "record_refunds", actor=officer, refund_fen=1_200_000, refund_note="退清"
    )
    journey = moved(journey, "record_wages", actor=officer, wage_note="付清")
    return moved(journey, "record_debts", actor=officer, debt_note="没有其他债务")


def test_a_closure_pays_in_order_is_approved_and_closes_on_its_day(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    journey = accepted(institution, officer)
    for early in ("record_wages", "record_debts"):
        with pytest.raises(Refused) as refused:
            moved(journey, early, actor=officer, wage_note="付清", debt_note="没有")
        assert [one.code for one in refused.value.refusals] == ["journey.wrong_state"]
    journey = settled(journey, officer)
    taken = take_move(journey=journey, move="approve", stated=APPROVING, actor=officer, at=AT)
    assert taken.proposal is not None
    journey = confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    institution.refresh_from_db()
    assert (journey.state, institution.status) == ("approved", "operating")
    with pytest.raises(Refused) as refused:
        moved(journey, "close", actor=officer, **RETURNED)
    assert [one.code for one in refused.value.refusals] == ["journey.closing_day_ahead"]
    journey = moved(journey, "close", actor=officer, at=ON_THE_DAY, **RETURNED)
    institution.refresh_from_db()
    assert (journey.state, journey.outcome, institution.status) == ("closed", "done", "closed")
    assert institution.statuses.get(ends_before__isnull=True).starts_on == date(2026, 3, 4)
    # 注销 is the next journey: until then the licence is not struck off.
    assert institution.licences.get().state == "in_force"


def test_an_open_escrow_account_stands_against_wages_approval_and_end(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    account = escrow(institution)
    journey = accepted(institution, officer)
    journey = moved(journey, "record_refunds", actor=officer, refund_note="退清")
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        moved(journey, "record_wages", actor=officer, wage_note="付清")
    (reason,) = refusal_texts(refused.value.refusals)
    assert reason.code == "journey.owed_escrow_account_open"
    assert "**** 0123" in reason.text
    assert "6222021234560123" not in reason.text
    assert reason.basis == "《中华人民共和国民办教育促进法》第五十九条"
    journey.refresh_from_db()
    assert (journey.state, Event.objects.count()) == ("refunds_recorded", before)
    close_account(account, reason="退费已完成", actor=SYSTEM, at=AT)
    journey = moved(journey, "record_wages", actor=officer, wage_note="付清")
    journey = moved(journey, "record_debts", actor=officer, debt_note="没有")
    taken = take_move(journey=journey, move="approve", stated=APPROVING, actor=officer, at=AT)
    assert taken.proposal is not None
    # It opens another account before the leader countersigns: judged by what is true then.
    escrow(institution)
    with pytest.raises(Refused) as refused:
        confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    assert [one.code for one in refused.value.refusals] == ["journey.owed_escrow_account_open"]


def test_a_short_notice_needs_a_waiver_that_is_kept(
    institution: Institution, officer: Actor
) -> None:
    journey = settled(accepted(institution, officer, notice_on=date(2026, 1, 1)), officer)
    with pytest.raises(Refused) as refused:
        take_move(journey=journey, move="approve", stated=APPROVING, actor=officer, at=AT)
    assert [one.code for one in refused.value.refusals] == ["journey.stated_waiver_missing"]
    waived = {**APPROVING, "waiver": "学员已全部安置，家长同意提前"}
    taken = take_move(journey=journey, move="approve", stated=waived, actor=officer, at=AT)
    assert taken.proposal is not None
    assert taken.proposal.stated["waiver"] == "学员已全部安置，家长同意提前"


def test_fewer_than_two_thirds_begin_nothing(institution: Institution, officer: Actor) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        begun("closure", institution, actor=officer, **{**STATED, "votes_for": 3})
    assert [(one.code, one.params["needed"]) for one in refused.value.refusals] == [
        ("journey.stated_votes_short", 4)
    ]
    assert (Journey.objects.count(), Event.objects.count()) == (0, before)


def test_whoever_proposed_the_approval_cannot_countersign_it(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    journey = settled(accepted(institution, officer), officer)
    taken = take_move(journey=journey, move="approve", stated=APPROVING, actor=officer, at=AT)
    assert taken.proposal is not None
    with pytest.raises(Refused) as refused:
        confirm_proposal(proposal=taken.proposal, actor=officer, at=AT)
    assert refused.value.refusals[0].code == "policy.not_granted"
    journey.refresh_from_db()
    assert journey.state == "debts_recorded"
