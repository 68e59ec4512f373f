"""What takes a licence away, through the services: only the served decision does anything."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from institutions.models import Institution, Journey, Paper
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journeys import confirm_proposal, take_move
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.institutions.journeys.parts import AT, begun, licensed_institution, moved

TOLD = {
    "notice_served_on": date(2026, 3, 2),
    "notice_served_how": "direct",
    "notice_served_to": "李某某",
}
LATER = datetime(2026, 3, 20, 1, tzinfo=UTC)
SERVED = {"served_on": date(2026, 3, 20), "served_how": "direct", "served_to": "李某某"}
CASE = {"violations": "以非学科名义教学科。", "evidence": "现场检查笔录。"}


@pytest.fixture
def school(make_actor: MakeActor) -> Institution:
    return licensed_institution()


@pytest.fixture
def enforcer(make_actor: MakeActor) -> Actor:
    return make_actor("enforcement_officer")


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def leader(make_actor: MakeActor) -> Actor:
    return make_actor("district_leader")


def states(school: Institution) -> tuple[str, str]:
    """How the institution operates, and its licence."""
    school.refresh_from_db()
    return school.status, school.licences.get().state


def signed(journey: Journey, move: str, *, by: Actor, leader: Actor, **stated: Any) -> Journey:
    """Propose a move and have it countersigned."""
    taken = take_move(journey=journey, move=move, stated=stated, actor=by, at=LATER)
    assert taken.proposal is not None
    return confirm_proposal(proposal=taken.proposal, actor=leader, at=LATER)


def decided_penalty(
    school: Institution,
    make_actor: MakeActor,
    enforcer: Actor,
    leader: Actor,
    *kinds: str,
    fine_fen: int | None = None,
) -> Journey:
    """A penalty case up to its countersigned decision."""
    told = {"penalty_kinds": kinds, "penalty_basis": "民办教育促进法第六十二条"}
    decided: dict[str, Any] = {"decided_kinds": kinds}
    if fine_fen is not None:
        told["fine_fen"] = decided["decided_fine_fen"] = fine_fen
    journey = begun("penalty", school, actor=enforcer, **CASE)
    journey = moved(journey, "notify", actor=enforcer, **told)
    journey = moved(journey, "serve_notice", actor=enforcer, **TOLD)
    journey = moved(journey, "close_statements", actor=enforcer, at=LATER)
    reviewer = make_actor("legal_reviewer")
    journey = moved(journey, "pass_review", actor=reviewer, at=LATER, review_opinion="事实清楚。")
    return signed(journey, "decide", by=enforcer, leader=leader, **decided)


def test_revocation_comes_of_the_served_decision_and_of_nothing_before_it(
    school: Institution, make_actor: MakeActor, enforcer: Actor, leader: Actor
) -> None:
    journey = decided_penalty(school, make_actor, enforcer, leader, "revoke_licence")
    assert states(school) == ("operating", "in_force")
    journey = moved(journey, "serve", actor=enforcer, at=LATER, **SERVED)
    assert (journey.state, journey.outcome) == ("served", "done")
    assert states(school) == ("paused", "revoked")
    licence = school.licences.get()
    paper = Paper.objects.get(journey=journey.public_id, kind="penalty_decision")
    assert licence.decision_number == paper.number_text
    assert (paper.served_on, paper.served_to) == (date(2026, 3, 20), "李**")
    assert journey.details["served_to"] == "李**"
    assert clocks_of(journey) == []


@pytest.mark.parametrize(
    ("kind", "fine_fen", "event", "after"),
    [
        ("warning", None, "institution.warned", ("operating", "in_force")),
        ("fine", 300_000, "institution.fined", ("operating", "in_force")),
        ("stop_enrolment", None, "institution.enrolment_stopped", ("paused", "in_force")),
    ],
)
def test_each_kind_of_penalty_does_its_own(
    school: Institution,
    make_actor: MakeActor,
    enforcer: Actor,
    leader: Actor,
    kind: str,
    fine_fen: int | None,
    event: str,
    after: tuple[str, str],
) -> None:
    journey = decided_penalty(school, make_actor, enforcer, leader, kind, fine_fen=fine_fen)
    assert not Event.objects.filter(kind=event).exists()
    moved(journey, "serve", actor=enforcer, at=LATER, **SERVED)
    assert Event.objects.filter(kind=event, subject_key=str(school.public_id)).count() == 1
    assert states(school) == after


def test_a_penalty_belongs_to_enforcement_legal_review_and_the_leader(
    school: Institution, officer: Actor, enforcer: Actor
) -> None:
    with pytest.raises(Refused):
        begun("penalty", school, actor=officer, **CASE)
    journey = begun("penalty", school, actor=enforcer, **CASE)
    before = (journey.state, Event.objects.count())
    with pytest.raises(Refused):
        moved(journey, "drop", actor=officer, reason="证据不足。")
    journey.refresh_from_db()
    assert (journey.state, Event.objects.count()) == before


def test_a_hearing_request_stops_the_way_to_review_until_it_is_held(
    school: Institution, make_actor: MakeActor, enforcer: Actor
) -> None:
    manager = make_actor("institution_manager", institution=school.public_id)
    journey = begun("penalty", school, actor=enforcer, **CASE)
    told = {"penalty_kinds": ("revoke_licence",), "penalty_basis": "第六十二条"}
    journey = moved(journey, "notify", actor=enforcer, **told)
    journey = moved(journey, "serve_notice", actor=enforcer, **TOLD)
    (due,) = [one.due_on for one in clocks_of(journey) if one.kind.endswith("hearing_request")]
    assert due == date(2026, 3, 9)
    journey = moved(
        journey, "request_hearing", actor=manager, hearing_requested_on=date(2026, 3, 2)
    )
    called = {
        "hearing_notice_served_on": date(2026, 3, 2),
        "hearing_on": date(2026, 3, 12),
        "hearing_place": "三楼会议室",
        "hearing_chair": "王某",
    }
    journey = moved(journey, "call_hearing", actor=enforcer, **called)
    held = {"hearing_record": "双方陈述。"}
    with pytest.raises(Refused) as early:
        moved(
            journey,
            "hold_hearing",
            actor=enforcer,
            at=LATER,
            hearing_held_on=date(2026, 3, 11),
            **held,
        )
    assert [one.code for one in early.value.refusals] == ["journey.hearing_too_early"]
    journey = moved(
        journey,
        "hold_hearing",
        actor=enforcer,
        at=LATER,
        hearing_held_on=date(2026, 3, 12),
        **held,
    )
    assert journey.state == "heard"


ANNULMENT = {"annulment_ground": "unqualified", "facts_found": "负责人资格是假的。"}
WITHDRAWAL = {
    "withdrawal_ground": "law_changed",
    "facts_found": "规划不再允许。",
    "public_need": "片区整体改造。",
}


def taken_back(
    kind: str, school: Institution, officer: Actor, leader: Actor, **decided: Any
) -> Journey:
    """An annulment or a withdrawal up to its countersigned decision."""
    stated = ANNULMENT if kind == "annulment" else WITHDRAWAL
    offered = {} if kind == "annulment" else {"compensation_offered_fen": 100_000}
    journey = begun(kind, school, actor=officer, **stated)
    journey = moved(journey, "notify", actor=officer, **offered)
    journey = moved(journey, "serve_notice", actor=officer, **TOLD)
    journey = moved(journey, "waive_statement", actor=officer, at=LATER, waiver_on=date(2026, 3, 3))
    return signed(journey, "decide", by=officer, leader=leader, **decided)


@pytest.mark.parametrize(
    ("kind", "decided", "state", "number"),
    [
        (
            "annulment",
            {"public_interest": "no_grave_harm", "compensation_fen": 0},
            "annulled",
            "双教撤决〔2026〕第1号",
        ),
        (
            "withdrawal",
            {"compensation_fen": 100_000, "compensation_note": "按投入计算。"},
            "withdrawn",
            "双教撤回决〔2026〕第1号",
        ),
    ],
)
def test_annulment_and_withdrawal_take_effect_when_served(
    school: Institution,
    officer: Actor,
    leader: Actor,
    kind: str,
    decided: dict[str, Any],
    state: str,
    number: str,
) -> None:
    journey = taken_back(kind, school, officer, leader, **decided)
    assert states(school) == ("operating", "in_force")
    moved(journey, "serve", actor=officer, at=LATER, **SERVED)
    assert states(school) == ("paused", state)
    assert school.licences.get().decision_number == number
    told, decision = Paper.objects.order_by("issued_at", "pk")
    assert (told.kind, decision.number_text) == ("ending_notice", number)
    assert (told.served_on, decision.served_on) == (TOLD["notice_served_on"], SERVED["served_on"])


def test_a_rescinded_decision_does_nothing(
    school: Institution, make_actor: MakeActor, enforcer: Actor, leader: Actor
) -> None:
    journey = decided_penalty(school, make_actor, enforcer, leader, "revoke_licence")
    journey = signed(journey, "rescind", by=enforcer, leader=leader, reason="证据有变。")
    assert (journey.state, journey.outcome) == ("dropped", "dropped")
    assert states(school) == ("operating", "in_force")


def test_a_licence_is_struck_off_after_it_ended_with_its_claims_on_record(
    school: Institution,
    make_actor: MakeActor,
    enforcer: Actor,
    officer: Actor,
    leader: Actor,
) -> None:
    with pytest.raises(Refused) as early:
        begun("strike_off", school, actor=officer, strike_off_after="revoked")
    assert [one.code for one in early.value.refusals] == ["journey.not_revoked"]
    penalty = decided_penalty(school, make_actor, enforcer, leader, "revoke_licence")
    moved(penalty, "serve", actor=enforcer, at=LATER, **SERVED)
    journey = begun("strike_off", school, actor=officer, strike_off_after="revoked")
    claims = {"claims_count": 3, "claims_fen": 1_250_000, "claims_note": "在区教育局登记。"}
    journey = signed(journey, "strike_off", by=officer, leader=leader, **claims)
    assert (journey.state, journey.outcome) == ("struck_off", "done")
    assert states(school) == ("closed", "cancelled")
    assert {name: journey.details[name] for name in claims} == claims
    assert Paper.objects.filter(kind="cancellation_decision").count() == 1


def test_nobody_decides_alone(
    school: Institution, officer: Actor, make_actor: MakeActor, enforcer: Actor, leader: Actor
) -> None:
    assert AT < LATER
    journey = begun("annulment", school, actor=officer, **ANNULMENT)
    journey = moved(journey, "notify", actor=officer)
    journey = moved(journey, "serve_notice", actor=officer, **TOLD)
    journey = moved(journey, "waive_statement", actor=officer, at=LATER, waiver_on=date(2026, 3, 3))
    stated = {
        "public_interest": "no_grave_harm",
        "compensation_fen": 0,
    }
    taken = take_move(journey=journey, move="decide", stated=stated, actor=officer, at=LATER)
    assert taken.proposal is not None
    with pytest.raises(Refused):
        confirm_proposal(proposal=taken.proposal, actor=officer, at=LATER)
    journey.refresh_from_db()
    assert journey.state == "heard"
