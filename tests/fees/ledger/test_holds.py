"""Payments held under a clause, a court's freeze, another bank: refunds go on, nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fees.core.account_documents import DocumentFile
from fees.models import AccountDocument, AccountFreeze, EscrowAccount, LedgerCommand
from fees.selectors.accounts import published_accounts
from fees.services import activate_account, close_account, publish_account, record_agreement
from fees.services.accounts import AccountDraft
from fees.services.agreements import (
    FreezeDraft,
    begin_bank_change,
    complete_bank_change,
    end_freeze,
    hold_releases,
    keep_document,
    lift_hold,
    record_freeze,
)
from fees.services.contracts import sign_contract
from fees.services.lessons import confirm_lesson, release_lesson, reserve_lesson
from fees.services.movements import record_movement
from fees.services.release_runs import release_due
from fees.services.settlements import Cause, settle_contract
from regulator.adapters.storage import read_stored
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, held

PDF = DocumentFile("三方协议.pdf", b"%PDF-1.7 agreement")
ORDER = DocumentFile("冻结通知书.pdf", b"%PDF-1.7 order")
FREEZE = FreezeDraft("城东区人民法院", "（2026）川01执1号", date(2026, 10, 20), date(2026, 12, 1))
CLAUSE = "第十二条第（三）项"


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def taught(paid):
    lesson = reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 10), key="r1", actor=SYSTEM, at=AT
    )
    return confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)


def payout(escrow, supervisor, amount_fen, key="out"):
    record_movement(
        escrow=escrow, rule="payout", amount_fen=amount_fen, reference="回单1", key=key,
        booked_on=AT.date(), actor=supervisor, at=AT,
    )  # fmt: skip


def hold(escrow, supervisor):
    return hold_releases(escrow, clause=CLAUSE, reason="未按约定消课", actor=supervisor, at=AT)


def test_a_held_account_pays_the_institution_nothing_and_parents_everything(
    taught, paid, active, filing, supervisor
):
    hold(active, supervisor)
    before, commands = held(active), LedgerCommand.objects.count()
    for act in (
        lambda: release_lesson(lesson=taught, key="x", actor=supervisor, at=AT),
        lambda: payout(active, supervisor, 1),
        lambda: sign_contract(escrow=active, draft=draft_of(filing, "HT-2"), actor=SYSTEM, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["escrow.held"]
        assert refused.value.refusals[0].params == {"day": AT.date(), "clause": CLAUSE}
    assert (held(active), LedgerCommand.objects.count()) == (before, commands)
    refund = settle_contract(
        contract=paid, cause=Cause.INSTITUTION, had_service_before=False, requested_on=AT.date(),
        key="back", booked_on=AT.date(), actor=supervisor, at=AT,
    )  # fmt: skip
    assert refund.refund_fen == 3120_00
    assert held(active) == {"bank": 80_00, "pending": 80_00}


def test_a_release_run_of_a_held_account_releases_nothing(taught, active, supervisor):
    hold(active, supervisor)
    before = held(active)
    try:
        release_due(escrow=active, on=AT.date(), after=0, actor=supervisor, at=AT)
    except Refused as refused:
        assert {one.code for one in refused.refusals} == {"escrow.held"}  # noqa: PT017
    assert held(active) == before
    taught.refresh_from_db()
    assert taught.state == "confirmed"


def test_a_lifted_hold_lets_the_institution_be_paid_again(taught, active, supervisor):
    hold(active, supervisor)
    lift_hold(active, reason="整改到位", actor=supervisor, at=AT)
    account = EscrowAccount.objects.get(pk=active.pk)
    assert (account.state, account.held_on, account.hold_clause) == ("active", None, "")
    release_lesson(lesson=taught, key="x", actor=supervisor, at=AT)
    payout(active, supervisor, 80_00)
    assert held(active) == {"bank": 3120_00, "contract": 3120_00}
    told = Event.objects.filter(kind__in=("escrow.held", "escrow.lifted")).order_by("sequence")
    assert [(one.kind, one.reason) for one in told] == [
        ("escrow.held", "未按约定消课"),
        ("escrow.lifted", "整改到位"),
    ]


def test_a_held_account_stays_public(published, institution, supervisor):
    hold(published, supervisor)
    assert [one.masked_number for one in published_accounts(institution)] == ["**** 2345"]


def test_the_database_keeps_no_hold_without_its_clause(active):
    with pytest.raises(IntegrityError), transaction.atomic(), unaudited():
        EscrowAccount.objects.filter(pk=active.pk).update(state="held")


@pytest.mark.parametrize("role", ["institution_manager", "district_leader", "inspector"])
def test_only_the_fee_supervisor_holds_payments(active, make_actor, role):
    needs = {"institution": active.institution.public_id} if role.startswith("inst") else {}
    with pytest.raises(Refused) as refused:
        hold(active, make_actor(role, **needs))
    assert codes(refused) == ["policy.not_granted"]
    assert EscrowAccount.objects.get(pk=active.pk).state == "active"


@pytest.mark.parametrize(
    ("amount_fen", "free_fen"), [(3000_00, 200_00), (3120_00, 80_00), (0, 0), (9999_00, 0)]
)
def test_what_a_court_froze_is_not_paid_to_the_institution(
    taught, active, supervisor, amount_fen, free_fen
):
    release_lesson(lesson=taught, key="x", actor=supervisor, at=AT)
    draft = FreezeDraft("公安局", "冻字1号", date(2026, 10, 20), None, amount_fen)
    freeze = record_freeze(active, draft, ORDER, actor=supervisor, at=AT)
    if free_fen >= 80_00:
        payout(active, supervisor, 80_00)
        return
    before = held(active)
    with pytest.raises(Refused) as refused:
        payout(active, supervisor, 80_00)
    assert codes(refused) == ["escrow.frozen"]
    assert held(active) == before
    end_freeze(freeze, document_number="解字1号", ended_on=AT.date(), actor=supervisor, at=AT)
    payout(active, supervisor, 80_00)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2026, 10, 19), False),
        (date(2026, 10, 20), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_freeze_binds_from_its_day_to_the_day_before_its_end(active, supervisor, day, in_force):
    freeze = record_freeze(active, FREEZE, ORDER, actor=supervisor, at=AT)
    assert freeze.is_in_force(day) is in_force


def test_a_freeze_without_its_document_is_refused_with_every_reason(active, supervisor):
    draft = FreezeDraft(" ", " ", date(2026, 10, 20), date(2026, 10, 20), -1)
    with pytest.raises(Refused) as refused:
        record_freeze(active, draft, ORDER, actor=supervisor, at=AT)
    assert codes(refused) == [
        "escrow.authority_missing",
        "escrow.order_missing",
        "escrow.freeze_amount",
        "escrow.freeze_dates",
    ]
    with pytest.raises(Refused) as refused:
        record_freeze(active, FREEZE, DocumentFile("a.txt", b"text"), actor=supervisor, at=AT)
    assert codes(refused) == ["escrow.file_unreadable"]
    assert (AccountFreeze.objects.count(), AccountDocument.objects.count()) == (0, 0)


def test_a_paper_of_an_account_is_kept_byte_for_byte_and_never_altered(active, supervisor):
    kept = keep_document(active, PDF, kind="tripartite_agreement", actor=supervisor, at=AT)
    assert read_stored(kept.sha256) == PDF.data
    for statement in (
        lambda: AccountDocument.objects.filter(pk=kept.pk).update(sha256="0" * 64),
        lambda: AccountDocument.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), unaudited():
            statement()
    assert AccountDocument.objects.get().sha256 == kept.sha256


def test_another_bank_takes_over_money_and_contracts_and_the_old_account_closes(
    paid, active, institution, supervisor
):
    reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 10), key="r1", actor=SYSTEM, at=AT
    )
    draft = AccountDraft("城西商业银行", "南门支行", "6100 1870 8360 0501 9999")
    new = begin_bank_change(active, draft, PDF, reason="网点撤销", actor=supervisor, at=AT)
    with pytest.raises(Refused) as refused:
        begin_bank_change(active, draft, PDF, reason="再来", actor=supervisor, at=AT)
    assert codes(refused) == ["escrow.change_under_way"]
    record_agreement(
        new, agreement_number="三方〔2026〕9号", agreed_on=AT.date(), actor=supervisor, at=AT
    )
    activate_account(new, actor=supervisor, at=AT)
    publish_account(new, actor=supervisor, at=AT)
    complete_bank_change(
        EscrowAccount.objects.get(pk=new.pk), reason="新账户启用", actor=supervisor, at=AT
    )
    rows = EscrowAccount.objects.filter(institution=institution)
    states = dict(rows.values_list("pk", "state"))
    assert states == {active.pk: "closed", new.pk: "active"}
    assert held(active) == {}
    assert held(new) == {"bank": 3200_00, "contract": 3120_00, "pending": 80_00}
    paid.refresh_from_db()
    assert paid.escrow_id == new.pk
    assert EscrowAccount.objects.get(pk=new.pk).is_incoming is False


def test_an_account_with_money_is_not_closed(paid, active, supervisor):
    with pytest.raises(Refused) as refused:
        close_account(active, reason="换银行", actor=supervisor, at=AT)
    assert codes(refused) == ["escrow.money_left"]
    assert EscrowAccount.objects.get(pk=active.pk).state == "active"
