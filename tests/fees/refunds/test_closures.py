"""An abnormal closure over the services: prepared, signed by another, paid by a job, stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from fees.core.insolvency import Acceptance
from fees.models import ClosurePlan, InsolvencyCase, LedgerCommand, Posting
from fees.selectors.closures import waiting_shares
from fees.services.accounts import AccountDraft, activate_account, open_account, record_agreement
from fees.services.closures import (
    draw_deposits,
    finish_closure,
    pay_shares,
    prepare_closure,
    sign_closure,
)
from fees.services.contracts import sign_contract
from fees.services.insolvency import record_insolvency
from fees.services.movements import record_movement
from fees.tasks import closures as closure_tasks
from institutions.models import Paper
from regulator.audit.models import Event
from regulator.audit.selectors.chain import verify_chain
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, held, later, pay

ON = date(2026, 11, 1)


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def moved(escrow, rule: str, amount_fen: int, key: str) -> None:
    record_movement(
        escrow=escrow, rule=rule, amount_fen=amount_fen, reference="法院文书1", key=key,
        booked_on=ON, actor=SYSTEM, at=AT,
    )  # fmt: skip


@pytest.fixture
def leader(make_actor):
    return make_actor("district_leader")


@pytest.fixture
def two_owed(paid, active, filing):
    """Two contracts of 3,200 and 1,600 yuan; a court took 2,400."""
    second = sign_contract(
        escrow=active, draft=draft_of(filing, "HT-2", lesson_count=20, price_fen=1600_00),
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    pay(second, 1600_00, key="pay-2")
    moved(active, "seizure", 2400_00, "seizure")
    return paid, second


@pytest.fixture
def deposit(institution):
    account = open_account(
        institution=institution, kind="lesson_deposit",
        draft=AccountDraft("城东农商银行", "东门支行", "510018708360509999"), actor=SYSTEM, at=AT,
    )  # fmt: skip
    account = record_agreement(
        account, agreement_number="三方2", agreed_on=date(2026, 10, 30), actor=SYSTEM, at=AT
    )
    account = activate_account(account, actor=SYSTEM, at=AT)
    moved(account, "lesson_deposit_in", 600_00, "deposit")
    return account


@pytest.fixture
def plan(two_owed, deposit, active, supervisor):
    return prepare_closure(escrow=active, reason="负责人失联", actor=supervisor, at=AT)


def test_the_plan_shows_who_gets_what_and_moves_nothing(plan, active):
    assert (plan.there_fen, plan.deposit_fen, plan.owed_fen) == (2400_00, 600_00, 4800_00)
    assert (plan.pay_fen, plan.claim_fen) == (3000_00, 1800_00)
    shares = [(one.contract.number, one.owed_fen, one.share_fen) for one in plan.shares.all()]
    assert shares == [("HT-1", 3200_00, 2000_00), ("HT-2", 1600_00, 1000_00)]
    assert held(active) == {"bank": 2400_00, "shortfall": 2400_00, "contract": 4800_00}


def test_another_person_signs_and_only_what_was_prepared(plan, supervisor, leader, active):
    with pytest.raises(Refused) as refused:
        sign_closure(plan, actor=supervisor, at=AT)
    assert codes(refused) == ["closure.same_person"]
    moved(active, "shortfall_repaid", 1_00, "more")
    with pytest.raises(Refused) as refused:
        sign_closure(plan, actor=leader, at=AT)
    assert codes(refused) == ["closure.changed_since"]
    assert ClosurePlan.objects.get().state == "prepared"
    assert Job.objects.filter(kind="fees.pay_closure").count() == 0


def test_the_job_pays_every_share_and_books_the_rest_as_claims(plan, leader, active, deposit):
    sign_closure(plan, actor=leader, at=AT)
    signed = ClosurePlan.objects.select_related("escrow__institution").get()
    for _ in range(2):  # a repeated step does nothing again
        draw_deposits(signed, actor=leader, at=AT)
    commands = LedgerCommand.objects.count()
    shares = waiting_shares(signed, 100)
    assert pay_shares(signed, shares, actor=leader, at=AT) == []
    assert pay_shares(signed, shares, actor=leader, at=AT) == []
    assert LedgerCommand.objects.count() == commands + 2
    finish_closure(signed, actor=leader, at=AT)
    assert held(active) == {"shortfall": 1800_00, "claims": 1800_00}
    assert held(deposit) == {}
    assert ClosurePlan.objects.get().state == "done"
    assert list(signed.shares.values_list("state", flat=True)) == ["paid", "paid"]
    paper = Paper.objects.get(kind="claim_list")
    assert [line["text"] for line in paper.facts["claims"]] == [
        "合同 HT-1：应退 3,200.00 元，已退 2,000.00 元，尚欠 1,200.00 元",
        "合同 HT-2：应退 1,600.00 元，已退 1,000.00 元，尚欠 600.00 元",
    ]
    assert "李" not in str(paper.facts["claims"])


class Died(BaseException):
    """The process is gone: what its transaction did goes with it, its lease stays behind."""


@pytest.fixture
def job(plan, leader, monkeypatch) -> Job:
    """The job of a signed plan over two shares, each a chunk of its own."""
    monkeypatch.setattr(closure_tasks, "CHUNK_SHARES", 1)
    return Job.objects.get(public_id=sign_closure(plan, actor=leader, at=AT).job)


def dying_after(step: str, times: int) -> Callable[..., Any]:
    """The step as it is, but the process dies once it was done so many times."""
    real, calls = getattr(closure_tasks, step), count(1)

    def work(*args: Any, **given: Any) -> Any:
        done = real(*args, **given)
        if next(calls) == times:
            raise Died
        return done

    return work


def assert_paid_once(plan, job: Job, active, deposit) -> None:
    """The one end of this closure, however often it was begun."""
    plan.refresh_from_db()
    assert (plan.state, job.state, job.result) == ("done", "done", {"shares": 2})
    assert (job.cursor, job.done_count, job.error_count) == (2, 2, 0)
    assert list(plan.shares.values_list("state", flat=True)) == ["paid", "paid"]
    assert held(active) == {"shortfall": 1800_00, "claims": 1800_00}
    assert held(deposit) == {}
    postings = Posting.objects.filter(command__key__startswith="closure:").order_by("pk")
    assert list(postings.values_list("rule", "amount_fen")) == [
        ("lesson_deposit_out", 600_00),
        ("shortfall_repaid", 600_00),
        ("refund", 2000_00),
        ("claim", 1200_00),
        ("refund", 1000_00),
        ("claim", 600_00),
    ]
    assert Paper.objects.filter(kind="claim_list").count() == 1
    told = Event.objects.filter(kind__startswith="closure.").order_by("sequence")
    assert list(told.values_list("kind", flat=True)) == [
        "closure.prepared", "closure.signed", "closure.done",
    ]  # fmt: skip
    assert Event.objects.filter(kind="ledger.closure").count() == 2
    assert list(verify_chain("510116")) == []


def test_the_worker_pays_a_closure_to_its_end(plan, job, active, deposit):
    assert_paid_once(plan, run_here(job), active, deposit)
    assert_paid_once(plan, run_here(job), active, deposit)


@pytest.mark.parametrize(
    ("step", "times", "paid_before"),
    [
        ("draw_deposits", 1, 0),
        ("waiting_shares", 1, 0),
        ("pay_shares", 1, 0),
        ("waiting_shares", 2, 1),
        ("pay_shares", 2, 1),
        ("waiting_shares", 3, 2),
        ("finish_closure", 1, 2),
    ],
)
def test_a_closure_whose_worker_died_is_paid_to_the_same_end(
    plan, job, active, deposit, monkeypatch, step, times, paid_before
):
    with monkeypatch.context() as patch:
        patch.setattr(closure_tasks, step, dying_after(step, times))
        with pytest.raises(Died):
            run_here(job)
    job.refresh_from_db()
    assert (job.state, job.cursor) == ("running", paid_before)
    assert plan.shares.filter(state="paid").count() == paid_before
    with unaudited():
        Job.objects.filter(pk=job.pk).update(lease_expires_at=AT)
    assert_paid_once(plan, run_here(job), active, deposit)


def test_a_court_between_the_look_and_the_next_share_stops_the_plan_and_that_share(
    plan, job, institution, supervisor, monkeypatch
):
    calls = count(1)

    def work(*args: Any) -> Any:
        if next(calls) == 2:
            accept_bankruptcy(institution, supervisor)
        return waiting_shares(*args)

    monkeypatch.setattr(closure_tasks, "waiting_shares", work)
    assert run_here(job).state == "failed"
    plan.refresh_from_db()
    assert (plan.state, job.cursor) == ("stopped", 1)
    assert list(plan.shares.values_list("state", flat=True)) == ["paid", "waiting"]
    assert job.failure == {"text": "法院已经受理破产申请，付款停止，未付的由管理人处理。"}


def accept_bankruptcy(institution, actor) -> None:
    acceptance = Acceptance("成都市中级人民法院", "（2026）川01破申1号", ON)
    record_insolvency(
        institution=institution, acceptance=acceptance, administrator="某律师事务所",
        actor=actor, at=later(1),
    )  # fmt: skip


def test_nothing_is_prepared_signed_or_paid_after_a_court_accepted_the_bankruptcy(
    plan, leader, supervisor, active, institution
):
    accept_bankruptcy(institution, supervisor)
    before = held(active)
    with pytest.raises(Refused) as refused:
        sign_closure(plan, actor=leader, at=later(1))
    assert codes(refused) == ["closure.bankruptcy_accepted"]
    with pytest.raises(Refused) as refused:
        prepare_closure(escrow=active, reason="再试", actor=supervisor, at=later(1))
    assert codes(refused) == ["closure.bankruptcy_accepted", "closure.open_already"]
    with pytest.raises(Refused) as refused:
        pay_shares(plan, list(plan.shares.all()), actor=leader, at=later(1))
    assert codes(refused) == ["closure.bankruptcy_accepted"]
    assert held(active) == before


def test_an_acceptance_is_recorded_once_with_its_document(institution, supervisor):
    empty = Acceptance(" ", "", date(2026, 12, 1))
    with pytest.raises(Refused) as refused:
        record_insolvency(
            institution=institution, acceptance=empty, administrator="", actor=supervisor, at=AT
        )
    assert codes(refused) == [
        "insolvency.court_missing", "insolvency.document_missing", "insolvency.in_future",
    ]  # fmt: skip
    assert InsolvencyCase.objects.count() == 0
