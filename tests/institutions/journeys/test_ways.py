"""营转非, the new number, 学转非 and the hand-over through the services that everyone uses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from institutions.models import Institution, Journey, Licence, Paper
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journeys import confirm_proposal, take_move
from regulator.audit.models import Event
from regulator.calendars.services.settings import set_setting
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)

ON = date(2026, 3, 2)
OLD_NUMBER, NEW_NUMBER = "151011670000123", "151011680000123"
OLD_CODE, NEW_CODE = "91510116MA6ABCDE7G", "52510116MJQ1234564"
SUCCESSION = {
    "contracts_taken_by": "举办者设立的新法人",
    "fees_taken_by": "举办者设立的新法人",
    "staff_taken_by": "举办者设立的新法人",
    "account_taken_by": "举办者设立的新法人",
}
STEP_DOCUMENTS = {
    "revise_charter": ("amended_charter",),
    "liquidate_assets": ("liquidation_report",),
    "resolve_board": ("board_resolution",),
    "deregister_enterprise": ("deregistration_notice",),
    "verify_capital": ("capital_report",),
    "register_civil": ("civil_certificate", "donation_pledge"),
}
STEP_STATED: dict[str, dict[str, Any]] = {
    "resolve_board": {"board_for": 4, "board_all": 6},
    "deregister_enterprise": {"deregistered_on": ON, **SUCCESSION},
    "verify_capital": {"capital_fen": 30_000_000},
    "swap_licence": {"new_number": NEW_NUMBER, "valid_until": date(2029, 3, 1)},
    "register_civil": {"new_credit_code": NEW_CODE, "registered_on": ON},
}
PRINTED = {
    "address": "星空路18号2楼",
    "principal": "负责人",
    "sponsors": "举办者",
    "school_type": "非学历教育机构",
    "content": "义务教育阶段学科类培训",
    "competent_department_printed": "双流区教育局",
    "issuing_authority": "双流区教育局",
}


class Desks:
    """The people of a walk."""

    def __init__(self, make_actor: MakeActor, institution: Institution) -> None:
        self.manager = make_actor("institution_manager", institution=institution.public_id)
        self.officer = make_actor("licensing_officer")
        self.leader = make_actor("district_leader")
        self.market = make_actor("licensing_officer", department="market_regulation")
        self.civil = make_actor("licensing_officer", department="civil_affairs")
        self.sport = make_actor("licensing_officer", department="sport")

    def decide(self, journey: Journey, move: str, **stated: Any) -> Journey:
        """Proposed by the officer, countersigned by the leader."""
        taken = take_move(journey=journey, move=move, stated=stated, actor=self.officer, at=AT)
        assert taken.proposal is not None
        return confirm_proposal(proposal=taken.proposal, actor=self.leader, at=AT)


def full_licence(institution: Institution) -> None:
    """What the form of 2008 prints, so that a new paper can be printed from it."""
    institution.licences.update(**PRINTED)


@pytest.fixture
def company(make_actor: MakeActor) -> Institution:
    made = licensed_institution(
        number=OLD_NUMBER, legal_form="for_profit", credit_code=OLD_CODE, category="subject"
    )
    full_licence(made)
    return made


def apply_and_accept(journey: Journey, desks: Desks, *documents: str) -> Journey:
    hand_in(journey, *documents, actor=desks.manager)
    journey = moved(journey, "submit", actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    return moved(journey, "accept", actor=desks.officer)


def reregistering(company: Institution, desks: Desks) -> Journey:
    """A re-registration that was accepted."""
    journey = begun("reregistration", company, actor=desks.manager)
    documents = ("application_form", "licence_papers", "business_licence")
    return apply_and_accept(journey, desks, *documents)


def take_step(journey: Journey, move: str, desks: Desks, **stated: Any) -> Journey:
    for kind in STEP_DOCUMENTS.get(move, ()):
        hand_in(journey, kind, actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    values = {**STEP_STATED.get(move, {}), **stated}
    if move == "swap_licence":
        return desks.decide(journey, move, **values)
    people = {"deregister_enterprise": desks.market, "register_civil": desks.civil}
    return moved(journey, move, actor=people.get(move, desks.officer), **values)


def rows() -> list[Any]:
    """Every row that a failed step might have touched."""
    return [
        list(Institution.objects.order_by("pk").values()),
        list(Licence.objects.order_by("pk").values()),
        list(Journey.objects.order_by("pk").values()),
        [
            list(getattr(each, name).order_by("pk").values())
            for each in Institution.objects.order_by("pk")
            for name in ("names", "credit_codes", "competent_departments", "statuses")
        ],
        Event.objects.count(),
    ]


def codes(refused: Any) -> list[str]:
    return [one.code for one in refused.value.refusals]


CHENGDU = (
    *("revise_charter", "liquidate_assets", "resolve_board", "deregister_enterprise"),
    *("verify_capital", "swap_licence", "register_civil"),
)
NATIONAL = (
    *("revise_charter", "liquidate_assets", "resolve_board", "verify_capital"),
    *("swap_licence", "register_civil", "deregister_enterprise"),
)
BEIJING = (*NATIONAL[:-1], "cancel_old_licence", "deregister_enterprise")


def test_a_company_becomes_a_registered_non_profit_under_the_same_identity(
    company: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    company.refresh_from_db()
    assert company.status == "paused"
    assert company.statuses.get(ends_before__isnull=True).reason == (
        "重新登记期间暂停招生和收费（BJ510116-2026-00001）"
    )
    assert company.licences.get().state == "in_force"
    for move in CHENGDU:
        journey = take_step(journey, move, desks)
    journey = moved(journey, "conclude", actor=desks.officer)
    assert (journey.state, journey.outcome) == ("done", "done")
    assert clocks_of(journey) == []
    company.refresh_from_db()
    assert (company.status, company.legal_form, company.credit_code) == (
        "operating",
        "non_profit",
        NEW_CODE,
    )
    held = [(code.code, code.starts_on, code.ends_before) for code in company.credit_codes.all()]
    assert held == [(OLD_CODE, date(2020, 1, 1), ON), (NEW_CODE, ON, None)]
    old, new = company.licences.order_by("pk")
    assert (old.state, old.number_printed, old.state_reason) == (
        "replaced",
        OLD_NUMBER,
        journey.number,
    )
    assert (new.state, new.number_printed, new.number_nature) == ("in_force", NEW_NUMBER, "8")
    assert (new.replaces, journey.new_licence) == (old, new)
    assert (new.valid_from, new.valid_before) == (ON, date(2029, 3, 2))
    assert (new.content, new.stages) == (old.content, ["primary", "junior"])


def in_order(order: str, make_actor: MakeActor) -> None:
    set_setting(
        division=DIVISION,
        code="reregistration_order",
        text=order,
        starts_on=date(2026, 1, 1),
        basis="本区通知",
        reason="按本区做法",
        actor=make_actor("district_leader"),
        at=AT,
    )


def test_who_re_registers_is_told_in_writing_that_enrolment_and_charging_rest(
    company: Institution, make_actor: MakeActor
) -> None:
    journey = reregistering(company, Desks(make_actor, company))
    papers = Paper.objects.filter(journey=journey.public_id).order_by("pk")
    assert [paper.kind for paper in papers] == ["acceptance", "suspension_notice"]
    notice = papers[1].facts
    assert notice["measures"] == ["暂停招收新学员", "暂停收取培训费用"]
    assert notice["starts_on"] == journey.details["submit_on"]
    assert notice["reasons"][0]["text"] == "正在办理营转非重新登记"


def test_the_national_order_gives_seven_working_days_to_deregister_the_company(
    company: Institution, make_actor: MakeActor
) -> None:
    in_order("national_2021", make_actor)
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    for move in NATIONAL[:5]:
        journey = take_step(journey, move, desks)
    assert [(clock.kind, clock.due_on) for clock in clocks_of(journey)] == [
        ("journey.enterprise_deregistration", date(2026, 3, 11))
    ]
    assert company.licences.order_by("pk")[0].state == "replaced"
    for move in NATIONAL[5:]:
        journey = take_step(journey, move, desks)
    assert clocks_of(journey) == []
    assert moved(journey, "conclude", actor=desks.officer).state == "done"


def test_beijings_order_cancels_the_old_licence_only_when_the_new_legal_person_stands(
    company: Institution, make_actor: MakeActor
) -> None:
    in_order("beijing", make_actor)
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    for move in BEIJING[:6]:
        journey = take_step(journey, move, desks)
    states = list(company.licences.order_by("pk").values_list("state", flat=True))
    assert (states, clocks_of(journey)) == (["in_force", "in_force"], [])
    journey = take_step(journey, "cancel_old_licence", desks)
    states = list(company.licences.order_by("pk").values_list("state", flat=True))
    assert states == ["replaced", "in_force"]
    assert [clock.due_on for clock in clocks_of(journey)] == [date(2026, 3, 11)]
    journey = take_step(journey, "deregister_enterprise", desks)
    assert moved(journey, "conclude", actor=desks.officer).state == "done"


def test_a_journey_keeps_the_order_in_which_it_began(
    company: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    in_order("national_2021", make_actor)
    for move in CHENGDU[:4]:
        journey = take_step(journey, move, desks)
    assert journey.state == "enterprise_deregistered"


def test_a_step_out_of_order_or_with_a_used_number_changes_nothing(
    company: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, company)
    licensed_institution("博雅培训学校", number=NEW_NUMBER)
    journey = reregistering(company, desks)
    before = rows()
    with pytest.raises(Refused) as refused:
        moved(journey, "verify_capital", actor=desks.officer, capital_fen=1)
    assert codes(refused) == ["journey.out_of_order", "journey.document_missing"]
    assert rows() == before
    for move in CHENGDU[:5]:
        journey = take_step(journey, move, desks)
    before = rows()
    with pytest.raises(Refused) as refused:
        take_step(journey, "swap_licence", desks)
    assert codes(refused) == ["journey.stated_number_taken"]
    assert rows() == before


def test_an_effect_that_fails_leaves_no_trace_of_its_step(
    company: Institution, make_actor: MakeActor
) -> None:
    """The credit code belongs to another identity: only the effect finds out."""
    desks = Desks(make_actor, company)
    licensed_institution("博雅培训学校", number="151011670000999", credit_code=NEW_CODE)
    journey = reregistering(company, desks)
    for move in CHENGDU[:6]:
        journey = take_step(journey, move, desks)
    hand_in(journey, "civil_certificate", "donation_pledge", actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    before = rows()
    with pytest.raises(Refused) as refused:
        moved(journey, "register_civil", actor=desks.civil, **STEP_STATED["register_civil"])
    assert codes(refused) == ["register.credit_code_taken"]
    assert rows() == before


def test_the_suspension_is_lifted_where_the_application_comes_to_nothing(
    company: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, company)
    journey = begun("reregistration", company, actor=desks.manager)
    journey = moved(journey, "drop", actor=desks.manager, reason="改办转设")
    company.refresh_from_db()
    assert (journey.outcome, company.status) == ("dropped", "operating")
    journey = reregistering(company, desks)
    journey = desks.decide(journey, "refuse", reason="材料不实")
    company.refresh_from_db()
    assert (journey.outcome, company.status) == ("refused", "operating")


def test_without_its_company_an_institution_stays_paused_when_it_is_refused(
    company: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    for move in CHENGDU[:4]:
        journey = take_step(journey, move, desks)
    journey = desks.decide(journey, "refuse", reason="验资不实")
    company.refresh_from_db()
    assert (journey.outcome, company.status) == ("refused", "paused")


def test_only_the_named_departments_register(company: Institution, make_actor: MakeActor) -> None:
    desks = Desks(make_actor, company)
    journey = reregistering(company, desks)
    for move in CHENGDU[:3]:
        journey = take_step(journey, move, desks)
    hand_in(journey, "deregistration_notice", actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    before = rows()
    for stranger in (desks.sport, desks.civil, desks.manager):
        with pytest.raises(Refused):
            moved(
                journey,
                "deregister_enterprise",
                actor=stranger,
                **STEP_STATED["deregister_enterprise"],
            )
    assert rows() == before
