"""Findings and orders: each department within its own powers, and a term that runs from service."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from inspections.models import (
    EnforcementCase,
    Finding,
    RectificationOrder,
    RectificationProof,
    Visit,
)
from inspections.selectors.findings import (
    answers_to_confirm,
    findings_in,
    own_rectifications,
    visits_to_confirm,
)
from inspections.selectors.visits import standing_of
from inspections.services.cases import CaseDraft, escalate_rectification, open_case
from inspections.services.findings import (
    accept_finding,
    confirm_finding,
    decline_finding,
    refer_finding,
    withdraw_finding,
)
from inspections.services.rectification_proofs import (
    ProofFile,
    close_rectification,
    return_proof,
    submit_proof,
)
from inspections.services.rectifications import (
    RectificationDraft,
    Service,
    draft_rectification,
    extend_rectification,
    issue_rectification,
    serve_rectification,
    withdraw_rectification,
)
from institutions.models import Journey, Paper
from institutions.services.papers_handing import confirm_receipt
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import Outing

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def after(outing: Outing, make_actor: MakeActor) -> After:
    return answered_visit(outing, make_actor)


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def confirmed(after: After, department: str = "education", actor: Actor | None = None) -> Finding:
    return confirm_finding(
        answer=after.failing[department],
        text="东侧疏散通道堆放课桌",
        actor=actor or after.officers[department],
        at=after.at,
    )


def issued(after: After, amount: int = 5, **draft: object) -> RectificationOrder:
    values: dict[str, object] = {
        "findings": [confirmed(after)],
        "measures": "清走课桌\n保持通道畅通",
        "term_kind": "within",
        "amount": amount,
    }
    made = draft_rectification(
        draft=RectificationDraft(**{**values, **draft}),  # type: ignore[arg-type]
        actor=after.officers["education"],
        at=after.at,
    )
    return issue_rectification(order=made, actor=after.officers["education"], at=after.at)


def served(after: After, on: date, **draft: object) -> RectificationOrder:
    return serve_rectification(
        order=issued(after, **draft),  # type: ignore[arg-type]
        service=Service(on=on, how="direct", to="王校长"),
        actor=after.officers["education"],
        at=served_at(on),
    )


def test_a_finding_is_made_of_an_answer_by_a_person_and_holds_its_department(
    after: After,
) -> None:
    waiting = visits_to_confirm(after.officers["education"])
    assert [one.answer.pk for one in waiting] == [after.failing["education"].pk]
    made = confirmed(after)
    assert (made.state, made.department_id) == ("open", "education")
    assert made.institution == after.visit.premises.institution
    assert visits_to_confirm(after.officers["education"]) == []
    with pytest.raises(Refused) as again:
        confirmed(after)
    assert codes(again) == ["finding.confirmed_already"]
    assert Finding.objects.count() == 1
    assert Event.objects.filter(kind="finding.confirmed").count() == 1


def test_an_answer_that_meets_is_no_finding(after: After) -> None:
    row = next(row for row in standing_of(after.visit).values() if row.answer == "meets")
    actor = after.officers[row.item.department_id]
    with pytest.raises(Refused) as error:
        confirm_finding(answer=row, text="没有问题", actor=actor, at=after.at)
    assert codes(error) == ["finding.answer_not_failing"]
    assert Finding.objects.count() == 0


def test_confirmed_by_another_department_it_is_referred_and_cannot_be_ordered(
    after: After,
) -> None:
    education, market = after.officers["education"], after.officers["market_regulation"]
    made = confirmed(after, "market_regulation", education)
    assert (made.state, made.department_id) == ("referred", "education")
    assert made.asked_department_id == "market_regulation"
    with pytest.raises(Refused) as error:
        draft_rectification(
            draft=RectificationDraft([made], "改正", "within", 5), actor=education, at=after.at
        )
    assert codes(error) == ["finding.wrong_state"]
    with pytest.raises(Refused) as own:
        accept_finding(finding=made, actor=education, at=after.at)
    assert codes(own) == ["policy.other_department"]
    taken = accept_finding(finding=made, actor=market, at=after.at)
    assert (taken.state, taken.department_id) == ("open", "market_regulation")
    assert taken.referrals.get().is_accepted is True
    assert RectificationOrder.objects.count() == 0


def test_another_departments_officer_orders_nothing_and_nothing_changes(after: After) -> None:
    made, market = confirmed(after), after.officers["market_regulation"]
    events = Event.objects.count()
    with pytest.raises(Refused) as drafting:
        draft_rectification(
            draft=RectificationDraft([made], "改正", "within", 5), actor=market, at=after.at
        )
    with pytest.raises(Refused) as casing:
        open_case(draft=CaseDraft([made], "涉嫌", "照片"), actor=market, at=after.at)
    with pytest.raises(Refused) as withdrawing:
        withdraw_finding(finding=made, reason="不算", actor=market, at=after.at)
    for error in (drafting, casing, withdrawing):
        assert codes(error) == ["policy.other_department"]
    made.refresh_from_db()
    assert (made.state, made.department_id) == ("open", "education")
    assert Event.objects.count() == events
    assert (RectificationOrder.objects.count(), EnforcementCase.objects.count()) == (0, 0)


def test_a_declined_referral_goes_back_with_its_reason(after: After) -> None:
    made = confirmed(after)
    education, market = after.officers["education"], after.officers["market_regulation"]
    sent = refer_finding(
        finding=made,
        department="market_regulation",
        reason="属于价格行为",
        actor=education,
        at=after.at,
    )
    back = decline_finding(finding=sent, reason="没有价格问题", actor=market, at=after.at)
    assert (back.state, back.department_id) == ("returned", "education")
    row = back.referrals.get()
    assert (row.is_accepted, row.answer) == (False, "没有价格问题")
    gone = withdraw_finding(finding=back, reason="当场核实无误", actor=education, at=after.at)
    assert gone.state == "withdrawn"
    assert answers_to_confirm(Visit.objects.get(pk=after.visit.pk)) == [
        one for one in answers_to_confirm(after.visit) if one.answer.item_id != made.item_id
    ]


def test_an_order_is_a_paper_of_its_departments_series_with_frozen_facts(after: After) -> None:
    order = issued(after)
    paper = Paper.objects.get(kind="rectification_order")
    assert order.number == paper.number_text == "双教责改〔2026〕第1号"
    assert paper.facts["corrections"] == ["清走课桌", "保持通道畅通"]
    assert paper.facts["term"] == "收到本通知书之日起5个工作日内改正"
    assert [one["text"] for one in paper.facts["problems"]] == ["东侧疏散通道堆放课桌"]
    assert list(Finding.objects.values_list("state", flat=True)) == ["ordered"]
    actor = after.officers["market_regulation"]
    other = draft_rectification(
        draft=RectificationDraft([confirmed(after, "market_regulation")], "明码标价", "on_spot"),
        actor=actor,
        at=after.at,
    )
    made = issue_rectification(order=other, actor=actor, at=after.at)
    assert made.number == "双市监责改〔2026〕第1号"


def test_the_term_runs_from_service_in_working_days_and_the_last_day_is_in_time(
    after: After,
) -> None:
    friday = date(2026, 3, 13)
    order = served(after, friday)
    assert order.state == "served"
    assert order.deadline is not None
    assert (order.deadline.starts_on, order.deadline.due_on) == (friday, date(2026, 3, 20))
    late = served_at(date(2026, 3, 20))
    with pytest.raises(Refused) as early:
        escalate_rectification(
            order=order,
            ground="逾期不改",
            evidence="复查笔录",
            actor=after.officers["education"],
            at=late,
        )
    assert codes(early) == ["rectification.not_due"]
    assert EnforcementCase.objects.count() == 0


def served_at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, 0).astimezone()


def test_an_overdue_order_becomes_a_case_whose_penalty_journey_has_ninety_days(
    after: After,
) -> None:
    order = served(after, date(2026, 3, 13))
    actor = after.officers["education"]
    case = escalate_rectification(
        order=order,
        ground="责令改正逾期没有改正",
        evidence="复查笔录",
        actor=actor,
        at=served_at(date(2026, 3, 21)),
    )
    assert case.number == "双教立〔2026〕第1号"
    journey = Journey.objects.get(kind="penalty")
    assert (case.journey, journey.state) == (journey, "proposed")
    assert journey.details["case_number"] == case.number
    assert journey.department_id == "education"
    order.refresh_from_db()
    assert list(Finding.objects.values_list("state", flat=True)) == ["case"]
    assert order.deadline is not None
    order.deadline.refresh_from_db()
    assert order.deadline.closed_on == date(2026, 3, 21)
    after.visit.premises.institution.refresh_from_db()
    assert after.visit.premises.institution.status == "operating"


def test_a_term_is_extended_from_service_and_noted(after: After) -> None:
    order = served(after, date(2026, 3, 13))
    longer = extend_rectification(
        order=order,
        amount=15,
        reason="要订购防火门",
        actor=after.officers["education"],
        at=served_at(date(2026, 3, 20)),
    )
    assert longer.deadline is not None
    # 3-28 is a Saturday: a term in days that ends on a rest day ends on the next working day.
    assert longer.deadline.due_on == date(2026, 3, 30)
    assert [note.words for note in longer.notes.all()] == ["要订购防火门"]


def test_a_receipt_in_the_portal_of_papers_starts_the_term_when_the_proof_comes(
    after: After,
) -> None:
    order = issued(after)
    assert order.paper is not None
    confirm_receipt(paper=order.paper, actor=after.manager, at=after.at)
    proof = submit_proof(
        order=order,
        text="已清走",
        files=[ProofFile("after.png", PNG)],
        actor=after.manager,
        at=after.at + timedelta(days=1),
    )
    order.refresh_from_db()
    assert (order.state, order.served_on) == ("proved", order.paper.issued_on)
    assert proof.files[0]["media_type"] == "image/png"
    kinds = list(Event.objects.filter(subject_kind="rectification").values_list("kind", flat=True))
    assert kinds[-2:] == ["rectification.serve", "rectification.submit_proof"]


def test_a_proof_is_sent_back_or_accepted_and_the_order_closed_by_name(after: After) -> None:
    order = served(after, date(2026, 3, 13))
    actor = after.officers["education"]
    submit_proof(
        order=order,
        text="已改",
        files=[ProofFile("a.png", PNG)],
        actor=after.manager,
        at=served_at(date(2026, 3, 13)),
    )
    back = return_proof(
        order=order, reason="看不清门口", actor=actor, at=served_at(date(2026, 3, 13))
    )
    assert back.state == "served"
    with pytest.raises(Refused) as error:
        close_rectification(
            order=back, words="可以了", actor=actor, at=served_at(date(2026, 3, 13))
        )
    assert codes(error) == ["rectification.nothing_proved"]
    submit_proof(
        order=order,
        text="补拍",
        files=[ProofFile("b.png", PNG)],
        actor=after.manager,
        at=served_at(date(2026, 3, 13)),
    )
    with pytest.raises(Refused) as other:
        close_rectification(
            order=order,
            words="可以了",
            actor=after.officers["market_regulation"],
            at=served_at(date(2026, 3, 13)),
        )
    assert codes(other) == ["policy.other_department"]
    done = close_rectification(
        order=order, words="照片可见通道畅通", actor=actor, at=served_at(date(2026, 3, 13))
    )
    assert (done.state, done.ended_by) == ("closed", actor.name)
    assert list(Finding.objects.values_list("state", flat=True)) == ["settled"]


def test_a_proof_that_is_no_picture_is_refused_and_not_kept(after: After) -> None:
    order = served(after, date(2026, 3, 13))
    with pytest.raises(Refused) as error:
        submit_proof(
            order=order,
            text="已改",
            files=[ProofFile("a.exe", b"MZ"), ProofFile("b.png", b"")],
            actor=after.manager,
            at=served_at(date(2026, 3, 13)),
        )
    assert codes(error) == ["rectification.file_unreadable", "rectification.file_empty"]
    assert RectificationProof.objects.count() == 0


def test_a_withdrawn_order_voids_its_paper_and_opens_its_findings(after: After) -> None:
    order = issued(after)
    gone = withdraw_rectification(
        order=order, reason="写错了机构", actor=after.officers["education"], at=after.at
    )
    assert gone.state == "withdrawn"
    assert Paper.objects.get(kind="rectification_order").is_void
    assert list(Finding.objects.values_list("state", flat=True)) == ["open"]


def test_an_institution_sees_its_own_orders_once_they_are_issued(
    after: After, make_actor: MakeActor
) -> None:
    order = issued(after)
    assert [one.pk for one in own_rectifications(after.manager)] == [order.pk]
    stranger = next(one for one in after.outing.town.institutions if one.pk != order.institution_id)
    other = make_actor("institution_manager", institution=stranger.public_id)
    assert list(own_rectifications(other)) == []
    with pytest.raises(Refused) as error:
        submit_proof(
            order=order, text="改", files=[ProofFile("a.png", PNG)], actor=other, at=after.at
        )
    assert codes(error) == ["policy.other_institution"]


def test_the_leader_learns_nothing_of_a_sealed_draw_from_its_findings(
    after: After, make_actor: MakeActor
) -> None:
    confirmed(after)
    assert findings_in(make_actor("district_leader")).count() == 0
    assert findings_in(after.officers["market_regulation"]).count() == 0
    assert findings_in(after.officers["education"]).count() == 1
    assert findings_in(after.outing.town.coordinator).count() == 1


@pytest.mark.parametrize("sql", ["UPDATE {} SET text = 'x'", "DELETE FROM {}"])
def test_a_proof_stays_as_it_was_handed_in_past_the_orm(after: After, sql: str) -> None:
    order = served(after, date(2026, 3, 13))
    submit_proof(
        order=order,
        text="已改",
        files=[ProofFile("a.png", PNG)],
        actor=after.manager,
        at=served_at(date(2026, 3, 13)),
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format("inspections_rectificationproof"))
    assert RectificationProof.objects.get().text == "已改"
