"""An escrow account's services: what each writes, and that a refusal writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from fees.models import EscrowAccount
from fees.selectors.accounts import (
    history_of_account,
    published_account,
    published_accounts,
)
from fees.services import (
    AccountDraft,
    activate_account,
    close_account,
    correct_account,
    open_account,
    publish_account,
    read_number,
    record_agreement,
    unpublish_account,
)
from institutions.models import Institution
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import DRAFT, NUMBER, registered

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
DIGITS = NUMBER.replace(" ", "")


def codes_of(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def stored(account: EscrowAccount) -> tuple[object, ...]:
    return EscrowAccount.objects.filter(pk=account.pk).values_list().get()


def test_an_opened_account_keeps_its_number_sealed_and_shows_four_digits(opened):
    opened.refresh_from_db()
    assert (opened.state, opened.opened_on, opened.masked_number) == ("applied", DAY, "**** 2345")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fees_escrowaccount")
        row = " ".join(str(value) for value in cursor.fetchone())
    assert DIGITS not in row
    assert opened.account_number.startswith("s1.")


def test_the_chain_never_holds_the_number(published, supervisor, at):
    read_number(published, reason="与银行对账", actor=supervisor, at=at)
    texts = [f"{event.old}{event.new}{event.reason}" for event in Event.objects.all()]
    assert [text for text in texts if DIGITS in text] == []


def test_the_way_to_publication_is_written_step_by_step(published):
    published.refresh_from_db()
    assert (published.state, published.active_on, published.published_on) == ("active", DAY, DAY)
    kinds = [event.kind for event in history_of_account(published)]
    assert kinds == ["escrow.published", "escrow.activated", "escrow.agreed", "escrow.opened"]
    agreed = history_of_account(published)[2]
    assert agreed.basis.startswith("《关于加强校外培训机构预收费监管工作的通知》")
    assert agreed.new == {
        "state": "agreed",
        "agreed_on": "2026-10-30",
        "agreement_number": "三方〔2026〕1号",
    }


def test_what_parents_see_is_masked(published, institution):
    seen = published_account(institution)
    assert (seen.bank_name, seen.branch_name, seen.masked_number) == (
        "城东农商银行",
        "东门支行",
        "**** 2345",
    )
    assert (seen.kind, seen.active_on, seen.published_on) == ("custody", DAY, DAY)


def test_nothing_is_seen_before_publication(active, institution):
    assert published_account(institution) is None
    assert published_accounts(institution) == ()


def test_the_custody_account_is_shown_before_a_deposit(published, institution, supervisor, at):
    deposit = open_account(
        institution=institution,
        kind="performance_deposit",
        draft=replace(DRAFT, account_number="51001870836005067890"),
        actor=supervisor,
        at=at,
    )
    record_agreement(deposit, agreement_number="三方2号", agreed_on=DAY, actor=supervisor, at=at)
    activate_account(deposit, actor=supervisor, at=at)
    publish_account(deposit, actor=supervisor, at=at)
    kinds = [account.kind for account in published_accounts(institution)]
    assert kinds == ["custody", "performance_deposit"]


def test_a_closed_account_leaves_the_public_page(published, institution, supervisor, at):
    close_account(published, reason="更换托管银行", actor=supervisor, at=at)
    published.refresh_from_db()
    assert (published.state, published.closed_on, published.published_on) == ("closed", DAY, None)
    assert published_account(institution) is None


def test_after_closing_another_bank_may_open_the_kind_again(published, institution, supervisor, at):
    close_account(published, reason="更换托管银行", actor=supervisor, at=at)
    again = open_account(
        institution=institution, kind="custody", draft=DRAFT, actor=supervisor, at=at
    )
    assert again.state == "applied"


def test_an_account_may_be_taken_off_the_public_page(published, institution, supervisor, at):
    unpublish_account(published, reason="账号有误，核对中", actor=supervisor, at=at)
    assert published_account(institution) is None
    published.refresh_from_db()
    assert published.state == "active"


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (AccountDraft(" ", "", ""), ["escrow.bank_missing"]),
        (AccountDraft("银行", "", "1234567"), ["escrow.number_unreadable"]),
        (AccountDraft("", "", "待定"), ["escrow.bank_missing", "escrow.number_unreadable"]),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_not_opened(
    institution, supervisor, at, draft, codes
):
    with pytest.raises(Refused) as refused:
        open_account(institution=institution, kind="custody", draft=draft, actor=supervisor, at=at)
    assert codes_of(refused) == codes
    assert EscrowAccount.objects.count() == 0
    assert not Event.objects.filter(kind="escrow.opened").exists()


def test_a_kind_is_open_once_for_an_institution(opened, institution, supervisor, at):
    with pytest.raises(Refused) as refused:
        open_account(
            institution=institution,
            kind="custody",
            draft=replace(DRAFT, account_number=""),
            actor=supervisor,
            at=at,
        )
    assert codes_of(refused) == ["escrow.kind_open"]
    assert EscrowAccount.objects.count() == 1


def test_a_number_serves_one_institution_and_one_purpose(opened, institution, supervisor, at):
    for other, kind in ((registered("另一家中心"), "custody"), (institution, "lesson_deposit")):
        with pytest.raises(Refused) as refused:
            open_account(
                institution=other,
                kind=kind,
                draft=replace(DRAFT, account_number=DIGITS),
                actor=supervisor,
                at=at,
            )
        assert codes_of(refused) == ["escrow.number_taken"]
    assert EscrowAccount.objects.count() == 1


def test_an_institution_that_has_closed_opens_none(institution, supervisor, at):
    with unaudited():
        Institution.objects.filter(pk=institution.pk).update(status="closed")
    with pytest.raises(Refused) as refused:
        open_account(institution=institution, kind="custody", draft=DRAFT, actor=supervisor, at=at)
    assert codes_of(refused) == ["escrow.institution_closed"]
    assert EscrowAccount.objects.count() == 0


def test_a_number_that_comes_later_is_added_by_a_correction(institution, supervisor, at):
    account = open_account(
        institution=institution,
        kind="custody",
        draft=replace(DRAFT, account_number=""),
        actor=supervisor,
        at=at,
    )
    with pytest.raises(Refused) as refused:
        record_agreement(account, agreement_number="1号", agreed_on=DAY, actor=supervisor, at=at)
    assert codes_of(refused) == ["escrow.number_missing"]
    correct_account(account, DRAFT, reason="银行开户确认", actor=supervisor, at=at)
    account.refresh_from_db()
    assert (account.state, account.masked_number) == ("applied", "**** 2345")


def test_a_correction_with_an_empty_number_keeps_the_registered_one(opened, supervisor, at):
    sealed = opened.account_number
    draft = AccountDraft("城东农商银行", "南门支行", "")
    correct_account(opened, draft, reason="网点写错", actor=supervisor, at=at)
    opened.refresh_from_db()
    assert (opened.branch_name, opened.account_number) == ("南门支行", sealed)
    newest = history_of_account(opened)[0]
    assert (newest.old, newest.new, newest.reason) == (
        {"branch_name": "东门支行"},
        {"branch_name": "南门支行"},
        "网点写错",
    )


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        (lambda one, who: activate_account(one, **who), ["escrow.wrong_state"]),
        (lambda one, who: publish_account(one, **who), ["escrow.not_active"]),
        (lambda one, who: close_account(one, reason=" ", **who), ["escrow.reason_missing"]),
        (
            lambda one, who: unpublish_account(one, reason="", **who),
            ["escrow.reason_missing", "escrow.not_published"],
        ),
        (lambda one, who: correct_account(one, DRAFT, reason="x", **who), ["escrow.no_change"]),
        (lambda one, who: correct_account(one, DRAFT, reason="", **who), ["escrow.reason_missing"]),
        (lambda one, who: read_number(one, reason="", **who), ["escrow.reason_missing"]),
        (
            lambda one, who: record_agreement(
                one, agreement_number="1号", agreed_on=date(2026, 11, 2), **who
            ),
            ["escrow.agreement_in_future"],
        ),
    ],
)
def test_a_refused_act_on_an_opened_account_changes_nothing(opened, supervisor, at, act, codes):
    before, events = stored(opened), Event.objects.count()
    with pytest.raises(Refused) as refused:
        act(opened, {"actor": supervisor, "at": at})
    assert codes_of(refused) == codes
    assert (stored(opened), Event.objects.count()) == (before, events)


def test_a_closed_account_is_corrected_no_more(opened, supervisor, at):
    close_account(opened, reason="登记错误", actor=supervisor, at=at)
    before = stored(opened)
    with pytest.raises(Refused) as refused:
        correct_account(opened, AccountDraft("别的银行"), reason="x", actor=supervisor, at=at)
    assert codes_of(refused) == ["escrow.closed_account"]
    assert stored(opened) == before


@pytest.mark.parametrize(
    ("role", "desk", "code"),
    [
        ("filing_reviewer", {}, "policy.not_granted"),
        ("district_leader", {}, "policy.not_granted"),
        ("administrator", {}, "policy.not_granted"),
        ("fee_supervisor", {"division": "510107"}, "policy.other_division"),
    ],
)
def test_who_may_not_edit_writes_nothing(make_actor, active, at, role, desk, code):
    actor, before = make_actor(role, **desk), stored(active)
    events = Event.objects.count()
    acts = [
        lambda: publish_account(active, actor=actor, at=at),
        lambda: close_account(active, reason="x", actor=actor, at=at),
        lambda: read_number(active, reason="x", actor=actor, at=at),
        lambda: correct_account(active, AccountDraft("x"), reason="x", actor=actor, at=at),
        lambda: open_account(
            institution=active.institution,
            kind="lesson_deposit",
            draft=AccountDraft("x"),
            actor=actor,
            at=at,
        ),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes_of(refused) == [code]
    assert (stored(active), Event.objects.count()) == (before, events)


def test_reading_the_whole_number_is_written_down(opened, supervisor, at):
    assert read_number(opened, reason="与银行对账", actor=supervisor, at=at) == DIGITS
    newest = history_of_account(opened)[0]
    assert (newest.kind, newest.reason, newest.actor_name) == (
        "escrow.number_read",
        "与银行对账",
        supervisor.name,
    )
