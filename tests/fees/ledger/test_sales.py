"""A refused sale is on record without a name; money that came in anyway goes back in time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fees.models import Contract, RefusedSale
from fees.services.contracts import receive_payment
from fees.services.lessons import reserve_lesson
from fees.services.sales import enter_contract, receive_irregular, return_irregular
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, held


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def refuse(active, filing, **more) -> RefusedSale:
    with pytest.raises(Refused):
        enter_contract(escrow=active, draft=draft_of(filing, "HT-9", **more), actor=SYSTEM, at=AT)
    return RefusedSale.objects.get()


def test_a_training_loan_is_refused_and_becomes_a_lead_that_names_nobody(active, filing):
    sale = refuse(active, filing, means="loan", pupil_name="周小满")
    assert (sale.by_loan, sale.reasons) == (True, [["sale.training_loan", {}]])
    assert Contract.objects.count() == 0
    told = Event.objects.get(kind="sale.loan_found")
    assert told.new["reasons"] == ["sale.training_loan"]
    kept = [str(value) for value in RefusedSale.objects.values().get().values()]
    assert not [text for text in (*kept, str(told.new)) if "周" in text or "李远" in text]


def test_every_reason_is_kept_with_its_figures(active, filing):
    sale = refuse(active, filing, means="loan", gift_count=21, price_fen=3200_01)
    assert [code for code, _params in sale.reasons] == [
        "sale.training_loan",
        "sale.too_many_lessons",
        "sale.above_filed_price",
    ]
    assert sale.reasons[1][1]["total"] == 61


def test_a_form_that_is_only_incomplete_is_no_refused_sale(active, filing):
    draft = draft_of(filing, "HT-9", consented_on=None)
    with pytest.raises(Refused) as refused:
        enter_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT)
    assert codes(refused) == ["contract.consent_missing"]
    assert (RefusedSale.objects.count(), Contract.objects.count()) == (0, 0)


def test_money_for_a_refused_sale_is_due_back_in_five_working_days(active, filing, supervisor):
    sale = refuse(active, filing, means="loan")
    with pytest.raises(Refused) as refused:
        return_irregular(sale, reference="x", booked_on=AT.date(), actor=supervisor, at=AT)
    assert codes(refused) == ["irregular.nothing_received"]
    booked = {"booked_on": date(2026, 11, 2), "actor": supervisor, "at": AT}
    sale = receive_irregular(sale, amount_fen=3200_00, reference="回单7", **booked)
    assert sale.refund_due_on == date(2026, 11, 9)
    assert held(active) == {"bank": 3200_00, "irregular": 3200_00}
    with pytest.raises(Refused) as refused:
        receive_irregular(sale, amount_fen=1, reference="回单8", **booked)
    assert codes(refused) == ["irregular.received_already"]
    sale = return_irregular(sale, reference="退单7", **booked)
    assert (sale.refunded_on, held(active)) == (date(2026, 11, 2), {})
    with pytest.raises(Refused) as refused:
        return_irregular(sale, reference="退单7", **booked)
    assert codes(refused) == ["irregular.refunded_already"]


def test_a_contract_paid_after_the_lesson_takes_no_money_before_and_sets_none_aside(
    active, filing, supervisor
):
    draft = draft_of(filing, "HT-9", charging="after", means="after")
    made = enter_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        receive_payment(
            contract=made, amount_fen=1, invoice_number="1", key="k", booked_on=AT.date(),
            actor=supervisor, at=AT,
        )  # fmt: skip
    assert codes(refused) == ["contract.paid_after"]
    lesson = reserve_lesson(
        contract=made, number=1, taught_on=date(2026, 9, 10), key="r", actor=SYSTEM, at=AT
    )
    assert (lesson.amount_fen, held(active)) == (0, {})


@pytest.mark.parametrize(("charging", "means"), [("after", "card"), ("lesson", "after")])
def test_paying_after_the_lesson_is_said_in_both_places(active, filing, charging, means):
    draft = draft_of(filing, "HT-9", charging=charging, means=means)
    with pytest.raises(Refused) as refused:
        enter_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT)
    assert codes(refused) == ["sale.after_means"]
    assert Contract.objects.count() == 0


def test_the_database_keeps_no_contract_by_loan_and_none_without_consent(contract):
    for change in ({"means": "loan"}, {"consent_version": ""}):
        with pytest.raises(IntegrityError), transaction.atomic(), unaudited():
            Contract.objects.filter(pk=contract.pk).update(**change)
