"""A contract is signed with consent, paid with an invoice, and its people stay sealed."""

from __future__ import annotations

from datetime import date

import pytest

from fees.models import Contract, LedgerAccount, LedgerCommand, Posting
from fees.services.contracts import (
    erase_personal_part,
    read_personal_part,
    receive_payment,
    sign_contract,
)
from fees.services.movements import record_movement
from regulator.audit.models import Event
from regulator.database.sealing import Erased, open_text
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, held, pay


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_contract_gets_an_account_of_its_own(contract, active):
    accounts = LedgerAccount.objects.filter(escrow=active)
    assert accounts.count() == 11
    own = accounts.get(contract=contract)
    assert (own.kind, own.side, own.balance_fen) == ("contract", -1, 0)
    event = Event.objects.get(kind="contract.signed")
    assert (event.subject_kind, event.subject_label) == ("contract", "HT-1")


def test_names_and_telephone_are_sealed_masked_and_not_in_the_chain(contract):
    row = Contract.objects.get()
    assert (row.pupil_shown, row.phone_shown) == ("李**", "138******00")
    assert row.pupil_name.startswith("s1.")
    assert open_text(row.guardian_phone) == "13800138000"
    told = str(Event.objects.get(kind="contract.signed").new)
    assert "李" not in told
    assert "138" not in told.replace(row.pupil_index, "")


def test_every_reason_against_a_contract_is_said_and_nothing_is_written(active, filing):
    draft = draft_of(
        filing, " ", pupil_name="", guardian_phone="12", consented_on=None, lesson_count=0
    )
    with pytest.raises(Refused) as refused:
        sign_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT)
    assert codes(refused) == [
        "contract.number_missing",
        "contract.pupil_missing",
        "contract.phone_unreadable",
        "contract.consent_missing",
        "contract.lessons_unreadable",
        "sale.above_filed_price",
    ]
    assert Contract.objects.count() == 0
    assert LedgerAccount.objects.count() == 0


def test_no_contract_under_an_account_that_is_not_supervised_yet(agreed, filing):
    with pytest.raises(Refused) as refused:
        sign_contract(escrow=agreed, draft=draft_of(filing, "HT-1"), actor=SYSTEM, at=AT)
    assert codes(refused) == ["ledger.account_not_active"]


def test_another_institutions_manager_enters_nothing(active, filing, make_actor):
    other = make_actor("institution_manager", institution="00000000-0000-0000-0000-000000000001")
    with pytest.raises(Refused) as refused:
        sign_contract(escrow=active, draft=draft_of(filing, "HT-1"), actor=other, at=AT)
    assert codes(refused) == ["policy.other_institution"]
    assert Contract.objects.count() == 0


def test_a_second_sale_beyond_the_limits_is_refused_and_its_money_booked_apart(
    paid, active, filing, supervisor
):
    again = draft_of(filing, "HT-2", pupil_name="李小禾", gift_count=2)
    with pytest.raises(Refused) as refused:
        sign_contract(escrow=active, draft=again, actor=SYSTEM, at=AT)
    assert codes(refused) == ["sale.too_many_lessons"]
    assert refused.value.refusals[0].params == {
        "most": 60, "total": 82, "new": 40, "gifts": 2, "unused": 40,
    }  # fmt: skip
    assert Contract.objects.count() == 1
    for rule in ("irregular_receipt", "irregular_refund"):
        record_movement(
            escrow=active, rule=rule, amount_fen=3200_00, reference="收据7", key=rule,
            booked_on=AT.date(), actor=supervisor, at=AT,
        )  # fmt: skip
        expected = {"bank": 6400_00, "contract": 3200_00, "irregular": 3200_00}
        if rule == "irregular_receipt":
            assert held(active) == expected
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}


def test_a_payment_is_booked_once_under_its_key(paid, active):
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}
    pay(paid)
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}
    assert (Posting.objects.count(), LedgerCommand.objects.count()) == (1, 1)
    posting = Posting.objects.get()
    assert (posting.rule, posting.cause) == ("payment", f"contract:{paid.pk}")
    assert Event.objects.filter(kind="ledger.payment").count() == 1


def test_a_key_is_not_used_for_another_order(paid, active):
    with pytest.raises(Refused) as refused:
        pay(paid, 1_00)
    assert codes(refused) == ["ledger.key_reused"]
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}


def test_a_refused_payment_leaves_its_key_free(contract, active):
    with pytest.raises(Refused) as refused:
        pay(contract, 3200_01)
    assert codes(refused) == ["contract.overpaid"]
    assert LedgerCommand.objects.count() == 0
    pay(contract, 3200_00)
    assert held(active) == {"bank": 3200_00, "contract": 3200_00}


def test_a_payment_without_an_invoice_is_refused(contract):
    with pytest.raises(Refused) as refused:
        receive_payment(
            contract=contract, amount_fen=0, invoice_number=" ", key="k",
            booked_on=date(2026, 9, 1), actor=SYSTEM, at=AT,
        )  # fmt: skip
    assert codes(refused) == ["ledger.amount_unreadable", "ledger.invoice_missing"]


def test_reading_the_names_is_told_to_the_chain(contract, supervisor):
    part = read_personal_part(contract, reason="家长来电核对", actor=supervisor, at=AT)
    assert (part.pupil_name, part.guardian_name) == ("李小禾", "李远")
    assert Event.objects.get(kind="contract.personal_read").reason == "家长来电核对"
    with pytest.raises(Refused):
        read_personal_part(contract, reason=" ", actor=supervisor, at=AT)


def test_what_is_erased_nobody_reads_and_money_held_keeps_it(paid, contract, supervisor):
    sealed = Contract.objects.get().pupil_name
    with pytest.raises(Refused) as refused:
        erase_personal_part(paid, reason="", actor=supervisor, at=AT)
    assert codes(refused) == ["contract.money_held", "contract.kept_until"]
    other = Contract.objects.get()
    assert other.pupil_name == sealed


def test_a_guardian_has_an_unpaid_contracts_names_erased(contract, supervisor):
    sealed = contract.pupil_name
    erase_personal_part(contract, reason="监护人要求", actor=supervisor, at=AT)
    row = Contract.objects.get()
    assert (row.pupil_name, row.pupil_shown, row.pupil_index) == ("", "", "")
    with pytest.raises(Erased):
        open_text(sealed)
