"""The pages of escrow accounts: the desk's way through, and the institution's own view."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fees.models import EscrowAccount
from fees.services import AccountDraft, open_account
from institutions.services.register import change_operating_status
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT, DRAFT, NUMBER, registered, verified

pytestmark = pytest.mark.django_db
DIGITS = NUMBER.replace(" ", "")


def page_of(name: str, account: EscrowAccount) -> str:
    return reverse(f"fees:escrow_{name}", args=[account.public_id])


def test_an_account_is_walked_from_registration_to_publication(client, login_as, institution):
    verified(institution)
    login_as(client, "fee_supervisor")
    missing = client.get(reverse("fees:escrow_missing"))
    new = reverse("fees:escrow_new", args=[institution.public_id])
    assert new in missing.text
    saved = client.post(
        new,
        {
            "kind": "custody",
            "bank_name": "城东农商银行",
            "branch_name": "东门支行",
            "account_number": NUMBER,
        },
    )
    account = EscrowAccount.objects.get(institution=institution)
    assert saved.headers["Location"] == page_of("account", account)
    client.post(
        page_of("agree", account),
        {
            "agreement_number": "三方〔2026〕1号",
            "agreed_on": "2026-10-30",
            "file": SimpleUploadedFile("三方协议.pdf", b"%PDF-1.7 agreement"),
        },
    )
    client.post(page_of("activate", account))
    page = client.post(page_of("publish", account), follow=True)
    account.refresh_from_db()
    assert (account.state, account.is_published) == ("active", True)
    assert "已公示。" in page.text
    assert [step["state"] for step in page.context["steps"]] == ["done"] * 4
    assert institution.name not in client.get(reverse("fees:escrow_missing")).text


def test_only_verified_institutions_that_teach_are_asked_for_an_account(
    client, login_as, institution
):
    verified(registered("白鹭艺术培训中心"))
    paused = verified(registered("歇业艺术培训中心"))
    change_operating_status(
        institution=paused, status="paused", on=AT.date(), reason="装修", actor=SYSTEM, at=AT
    )
    login_as(client, "fee_supervisor")
    page = client.get(reverse("fees:escrow_missing"))
    assert [row.name for row in page.context["page"]] == ["白鹭艺术培训中心"]
    assert page.context["unverified"] == 1
    assert f"{reverse('register:list')}?verification=unverified" in page.text


def test_no_page_and_no_file_shows_the_whole_number(client, login_as, published):
    login_as(client, "fee_supervisor")
    account = page_of("account", published)
    for address in (
        reverse("fees:escrow_accounts"),
        account,
        page_of("correct", published),
        f"{reverse('fees:escrow_accounts')}?export=csv",
    ):
        body = client.get(address).content.decode()
        assert DIGITS not in body
    assert "**** 2345" in client.get(account).text


def test_the_whole_number_is_shown_once_for_a_reason_that_is_kept(client, login_as, opened):
    login_as(client, "fee_supervisor")
    assert DIGITS not in client.get(page_of("number", opened)).text
    page = client.post(page_of("number", opened), {"reason": "与银行对账"})
    assert DIGITS in page.text
    assert page["Cache-Control"] == "no-store"
    assert Event.objects.latest("id").kind == "escrow.number_read"


def test_without_a_reason_the_number_stays_hidden(client, login_as, opened):
    login_as(client, "fee_supervisor")
    assert DIGITS not in client.post(page_of("number", opened), {"reason": " "}).text
    assert not Event.objects.filter(kind="escrow.number_read").exists()


def test_a_refused_step_says_why_and_changes_nothing(client, login_as, opened):
    login_as(client, "fee_supervisor")
    page = client.post(page_of("activate", opened))
    assert "账户现在是“已登记”，不能办理“启用监管”。" in page.text
    opened.refresh_from_db()
    assert opened.state == "applied"


@pytest.mark.parametrize(
    "name", ["correct", "agree", "activate", "publish", "unpublish", "close", "number"]
)
@pytest.mark.parametrize("role", ["filing_reviewer", "district_leader", "administrator"])
def test_who_only_reads_is_refused_every_step(client, login_as, opened, role, name):
    login_as(client, role)
    assert client.get(page_of("account", opened)).status_code == 200
    assert page_of(name, opened) not in client.get(page_of("account", opened)).text
    assert client.post(page_of(name, opened), {"reason": "x"}).status_code == 403
    opened.refresh_from_db()
    assert (opened.state, opened.published_on) == ("applied", None)


def test_another_divisions_account_is_not_found(client, login_as, opened, district):
    login_as(client, "fee_supervisor", division=district.other_division)
    assert client.get(page_of("account", opened)).status_code == 404
    assert client.post(page_of("close", opened), {"reason": "x"}).status_code == 404
    assert client.get(reverse("fees:escrow_accounts")).context["page"].paginator.count == 0


def test_the_list_is_filtered_searched_and_exported(client, login_as, published, supervisor, at):
    other = registered("白鹭艺术培训中心")
    open_account(
        institution=other,
        kind="custody",
        draft=AccountDraft("=1+1", "", ""),
        actor=supervisor,
        at=at,
    )
    login_as(client, "fee_supervisor")
    address = reverse("fees:escrow_accounts")

    def names(query: str) -> list[str]:
        page = client.get(f"{address}?{query}").context["page"]
        return [row.institution.name for row in page]

    assert sorted(names("")) == ["白鹭艺术培训中心", "青禾培训中心"]
    assert names("state=active") == ["青禾培训中心"]
    assert names("publication=no") == ["白鹭艺术培训中心"]
    assert names("q=鹭") == ["白鹭艺术培训中心"]
    assert names("kind=lesson_deposit") == []
    lines = client.get(f"{address}?export=csv&state=applied").content.decode("utf-8-sig")
    assert lines.splitlines()[1].split(",")[:3] == [
        "白鹭艺术培训中心",
        "预收费资金托管专户",
        "'=1+1",
    ]
    assert client.get(f"{address}?export=xlsx").content[:2] == b"PK"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_at_any_length(
    client, login_as, institution, supervisor, at, rows, django_assert_num_queries
):
    for number in range(rows):
        open_account(
            institution=registered(f"第{number}培训中心"),
            kind="custody",
            draft=AccountDraft("城东农商银行"),
            actor=supervisor,
            at=at,
        )
    login_as(client, "fee_supervisor")
    client.get(reverse("fees:escrow_accounts"))
    # Seven for the session and the desk; states, missing, count, rows.
    with django_assert_num_queries(12):
        client.get(reverse("fees:escrow_accounts"))


def test_an_institution_sees_its_own_accounts_and_no_other(
    client, login_as, published, supervisor, at
):
    other = registered("白鹭艺术培训中心")
    open_account(
        institution=other, kind="custody", draft=AccountDraft("别的银行"), actor=supervisor, at=at
    )
    login_as(client, "institution_manager", institution=published.institution.public_id)
    page = client.get(reverse("fees:portal_account"))
    assert "**** 2345" in page.text
    assert "别的银行" not in page.text
    assert DIGITS not in page.text


def test_an_institution_without_an_account_is_told_what_to_do(client, login_as, institution):
    login_as(client, "institution_manager", institution=institution.public_id)
    page = client.get(reverse("fees:portal_account"))
    assert "还没有登记监管账户" in page.text
    assert "签订三方监管协议" in page.text


def test_a_manager_cannot_open_the_desks_pages(client, login_as, opened):
    login_as(client, "institution_manager", institution=opened.institution.public_id)
    assert client.get(page_of("account", opened)).status_code == 403
    assert client.get(reverse("fees:escrow_accounts")).status_code == 403


def test_the_steps_say_where_a_closed_account_stopped(client, login_as, opened):
    login_as(client, "fee_supervisor")
    page = client.post(page_of("close", opened), {"reason": "登记错误"}, follow=True)
    steps = [(str(step["label"]), step["state"]) for step in page.context["steps"]]
    assert steps == [
        ("登记账户", "done"),
        ("登记三方协议", "skipped"),
        ("启用监管", "skipped"),
        ("公示", "skipped"),
        ("销户", "done"),
    ]
    assert "登记错误" in page.text


def test_the_correction_form_shows_bank_and_branch_but_never_the_number(client, login_as, opened):
    login_as(client, "fee_supervisor")
    form = client.get(page_of("correct", opened)).context["form"]
    assert (form.initial, form["account_number"].value()) == (
        {"bank_name": DRAFT.bank_name, "branch_name": DRAFT.branch_name},
        None,
    )
