"""On the retention day the night erases names and telephones, but for what is still needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from fees.core.erasure import ErasureFacts, erasure_refusals, retention_refusals
from fees.core.refunds import Cause
from fees.models import Contract, ContractGuardian
from fees.selectors.retention import erasure_facts
from fees.services.contracts import sign_contract
from fees.services.guardians import ask_correction
from fees.services.movements import record_movement
from fees.services.parent_links import give_parent_link
from fees.services.retention import REASON, erase_due_contracts
from fees.services.settlements import settle_closure, settle_contract
from fees.tasks.retention import erase_due
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.audit.models import Event
from regulator.database.models import DataKey
from regulator.database.sealing import Erased, open_text
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, pay

# The class ends on 9 December 2026; three years later its contracts are due.
DUE = datetime(2029, 12, 9, 1, tzinfo=UTC)
EVE = DUE - timedelta(days=1)
PERSONAL = ("李小禾", "小禾", "李远", "13800138000")


def test_what_is_due_is_erased_once_with_an_event_that_names_nobody(contract):
    sealed = contract.pupil_name
    assert erase_due_contracts(at=EVE) == 0
    assert erase_due_contracts(at=DUE) == 1
    assert erase_due_contracts(at=DUE) == 0
    contract.refresh_from_db()
    assert (contract.pupil_name, contract.pupil_shown, contract.pupil_index) == ("", "", "")
    assert contract.erased_on == DUE.date()
    assert not DataKey.objects.filter(subject=contract.public_id).exists()
    with pytest.raises(Erased):
        open_text(sealed)
    told = Event.objects.get(kind="contract.personal_erased")
    assert (told.actor_name, told.reason, told.subject_label) == (SYSTEM.name, REASON, "HT-1")
    assert [name for name in PERSONAL if name in f"{told.old}{told.new}{told.subject_label}"] == []


def test_money_that_is_held_keeps_a_contract_until_it_is_settled(paid):
    assert erase_due_contracts(at=DUE) == 0
    settle_contract(
        contract=paid, cause=Cause.NO_FAULT, had_service_before=False, requested_on=AT.date(),
        key="s", booked_on=AT.date(), actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert erase_due_contracts(at=DUE) == 1


def test_an_unpaid_claim_keeps_a_contract_until_it_is_paid(paid, active):
    record_movement(
        escrow=active, rule="seizure", amount_fen=3000_00, reference="法院", key="z",
        booked_on=AT.date(), actor=SYSTEM, at=AT,
    )  # fmt: skip
    settle_closure(escrow=active, reason="停业", key="c", booked_on=AT.date(), actor=SYSTEM, at=AT)
    assert erasure_facts([paid])[paid.pk] == ErasureFacts(has_claim=True)
    assert erase_due_contracts(at=DUE) == 0
    paid.refresh_from_db()
    assert (paid.erased_on, paid.pupil_shown) == (None, "李**")
    movement = {"booked_on": AT.date(), "actor": SYSTEM, "at": AT}
    record_movement(
        escrow=active, rule="shortfall_repaid", amount_fen=3000_00, reference="补足", key="r",
        **movement,
    )  # fmt: skip
    record_movement(
        escrow=active, rule="claim_paid", amount_fen=3000_00, reference="清偿", key="p", **movement
    )
    assert erase_due_contracts(at=DUE) == 1


def test_a_correction_that_is_asked_for_keeps_a_contract(contract, supervisor):
    give_parent_link(contract, actor=supervisor, at=AT)
    user = ContractGuardian.objects.get(contract=contract).user
    guardian = actor_at(Appointment.objects.get(user=user), user)
    ask_correction(contract, field="pupil_name", wanted="李晓禾", actor=guardian, at=AT)
    assert erase_due_contracts(at=DUE) == 0


def test_only_what_the_day_has_come_for_is_erased(contract, active, filing):
    other = sign_contract(escrow=active, draft=draft_of(filing, "HT-2"), actor=SYSTEM, at=AT)
    pay(other, key="other")
    assert erase_due_contracts(at=DUE) == 1
    assert Contract.objects.filter(erased_on=None).get() == other


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (ErasureFacts(), []),
        (ErasureFacts(balance_fen=1), ["contract.money_held"]),
        (ErasureFacts(open_lessons=2), ["contract.dispute_open"]),
        (ErasureFacts(has_open_refund=True), ["guardian.refund_open"]),
        (ErasureFacts(has_open_request=True), ["guardian.request_open"]),
        (ErasureFacts(has_claim=True), ["contract.claim_open"]),
    ],
)
def test_each_open_matter_is_a_reason(facts, codes):
    assert [one.code for one in retention_refusals(facts)] == codes
    own = [code for code in codes if code != "contract.claim_open"]
    assert [one.code for one in erasure_refusals(facts)] == own


def test_the_task_and_the_page_show_what_is_held_back_and_what_is_gone(
    client, login_as, paid, active, filing, monkeypatch
):
    gone = sign_contract(escrow=active, draft=draft_of(filing, "HT-2"), actor=SYSTEM, at=AT)
    monkeypatch.setattr("django.utils.timezone.now", lambda: DUE)
    erase_due()
    gone.refresh_from_db()
    assert gone.erased_on == DUE.date()
    login_as(client, "fee_supervisor")
    page = client.get(reverse("fees:retention")).text
    assert "合同还有没有结清的余额，不能删除个人信息。" in page
    assert ("HT-1" in page, "HT-2" in page) == (True, True)
    assert [name for name in PERSONAL if name in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_holds_contracts_back_is_read_in_five_queries(
    active, filing, count, django_assert_num_queries
):
    rows = [
        sign_contract(escrow=active, draft=draft_of(filing, f"HT-{n}"), actor=SYSTEM, at=AT)
        for n in range(count)
    ]
    with django_assert_num_queries(5):
        assert erasure_facts(rows) == {row.pk: ErasureFacts() for row in rows}
