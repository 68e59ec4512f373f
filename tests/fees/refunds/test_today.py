"""What waits about prepaid fees is on the front page of whoever may do it, and of nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from fees.models import RefundRequest
from fees.selectors.today import FeeWork, OwnFeeWork, fee_work, own_fee_work
from fees.services.closures import prepare_closure
from fees.services.refund_requests import appeal_decision
from fees.services.warnings import answer_warning
from regulator.pages.selectors.today import duties_of
from tests.fees.conftest import AT
from tests.fees.refunds.conftest import at_noon
from tests.fees.refunds.test_warnings import ON, orange  # noqa: F401

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 10, 21), date(2027, 3, 1)


def test_a_request_waits_for_the_institution_and_then_for_the_bureau(asked, supervisor, manager):
    due = asked.answer_deadline.due_on
    assert own_fee_work(manager) == OwnFeeWork(refunds_to_answer=1, first_answer_on=due)
    assert fee_work(supervisor, BEFORE) == FeeWork()
    RefundRequest.objects.update(state="disputed")
    assert own_fee_work(manager) == OwnFeeWork()
    assert fee_work(supervisor, BEFORE) == FeeWork(refunds_to_decide=1)


def test_a_refund_that_is_not_paid_by_its_day_is_overdue(decided, supervisor, make_actor):
    due = decided.payment_deadline.due_on
    assert fee_work(supervisor, due) == FeeWork()
    assert fee_work(supervisor, AFTER) == FeeWork(refunds_overdue=1, first_overdue_on=due)
    assert fee_work(make_actor("filing_reviewer"), AFTER) == FeeWork()
    (duty,) = [one for one in duties_of(supervisor, AFTER) if one.query == "part=overdue"]
    assert (duty.count, duty.due, duty.left) == (1, due, (due - AFTER).days)


def test_an_appeal_waits_for_another_officer(decided, supervisor, manager, make_actor):
    appeal_decision(decided, reason="不服", actor=manager, at=at_noon(date(2026, 10, 24)))
    assert fee_work(supervisor, BEFORE).refunds_to_decide == 0
    assert fee_work(make_actor("fee_supervisor"), BEFORE).refunds_to_decide == 1


def test_a_warning_waits_until_somebody_answers_it(orange, supervisor):  # noqa: F811
    assert fee_work(supervisor, ON).warnings == 1
    answer_warning(
        warning=orange, kind="handled", text="已约谈负责人", actor=supervisor, at=at_noon(ON)
    )
    assert fee_work(supervisor, ON).warnings == 0


def test_a_closure_waits_for_a_second_person(paid, active, supervisor, make_actor):
    prepare_closure(escrow=active, reason="负责人失联", actor=supervisor, at=AT)
    assert fee_work(supervisor, ON).closures_to_sign == 0
    assert fee_work(make_actor("district_leader"), ON).closures_to_sign == 1


def test_each_line_leads_to_a_page_that_lists_what_it_counts(
    client,
    login_as,
    decided,
    orange,  # noqa: F811
):
    RefundRequest.objects.update(state="decided")
    login_as(client, "fee_supervisor")
    page = client.get("/desk/").content.decode()
    assert "还没有人处理的风险预警" in page
    assert (
        orange.institution.name in client.get("/desk/warnings/?standing=waiting").content.decode()
    )


def test_the_portal_says_by_when_a_request_is_to_be_answered(client, login_as, asked):
    institution = asked.contract.institution
    login_as(client, "institution_manager", institution=institution.public_id)
    page = client.get("/portal/").content.decode()
    assert "1 件退费申请要答复" in page
    assert str(asked.answer_deadline.due_on) in page
