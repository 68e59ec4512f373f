"""A sale from refusal to refund, as an institution, an officer and a parent walk it.

Each step is a function of pages and leaves what the next one needs. Silence takes fifteen working
days: the parents who kept it are the demonstration's, told of their lessons weeks ago.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import money
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.walking import now, own_institution

_NUMBER = "HT-浏览器-1"
_SALE = {
    "number": _NUMBER,
    "pupil_name": "陈一诺",
    "guardian_name": "陈国强",
    "guardian_phone": "13812345678",
    "consent_version": "2026-1",
    "gift_count": "0",
    "lesson_count": "4",
    "price_fen": "2.00",
}


def enter(page: Page, *, means: str, **more: str) -> None:
    """Fill the contract's form in and send it."""
    today = now().date().isoformat()
    for name, text in (_SALE | {"signed_on": today, "consented_on": today} | more).items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=means]").select_option(means)
    page.get_by_role("button", name="登记合同").click()


def refuse(page: Page) -> None:
    """A loan for too many lessons: every reason at once, and nothing is entered."""
    page.goto("/portal/contracts/new/")
    enter(page, means="loan", lesson_count="61")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("不得用培训贷缴费")
    expect(alert).to_contain_text("一次收费不得超过 60 课时")


def sell(page: Page) -> str:
    """The same sale within every limit; returns the guardian's link, shown once."""
    enter(page, means="mobile")
    expect(page.get_by_role("heading", level=1)).to_contain_text(_NUMBER)
    expect(page.locator("main")).to_contain_text("陈**")
    expect(page.locator("main")).not_to_contain_text("陈一诺")
    page.get_by_role("button", name="生成新链接").click()
    return page.locator("#link").inner_text()


def find_lead(page: Page) -> None:
    """The training loan waits as a lead that names nobody."""
    page.goto("/desk/sales/refused/?found=loan")
    page.locator("tbody th a").first.click()
    expect(page.locator("main")).to_contain_text("不得用培训贷缴费")
    expect(page.locator("main")).not_to_contain_text("陈")


def pay(page: Page, contract: str) -> None:
    """The fee supervisor books what came in, with the invoice's number."""
    page.goto(f"/desk/contracts/{contract}/payment/")
    page.locator("[name=amount_fen]").fill("2.00")
    page.locator("[name=invoice_number]").fill("26512000000000000001")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("缴费已入账。")


def look(page: Page, link: str) -> None:
    """The parent comes in by the link, sees paid, used and left, and asks what is kept."""
    page.goto(link)
    page.locator("main .plain-list a").first.click()
    stats = page.locator(".stats")
    expect(stats).to_contain_text("2.00")
    expect(page.locator("main")).not_to_contain_text("陈一诺")
    page.get_by_role("link", name=re.compile("我的信息")).click()
    page.get_by_role("button", name="显示我的信息").click()
    expect(page.locator("main")).to_contain_text("陈一诺")
    page.get_by_role("link", name="删除个人信息").click()
    expect(page.get_by_role("alert")).to_contain_text("合同还有没有结清的余额")


def test_a_sale_is_refused_corrected_paid_taught_and_refunded(open_page: OpenPage) -> None:
    institution = open_page(role="institution_manager")
    name = own_institution(institution)
    refuse(institution)
    link = sell(institution)
    institution.get_by_role("link", name="返回合同").click()
    contract = institution.url.rstrip("/").rsplit("/", 1)[-1]
    officer = open_page(role="fee_supervisor")
    find_lead(officer)
    pay(officer, contract)
    institution.reload()
    expect(institution.locator("main")).to_contain_text("2.00")
    assert link not in institution.content()  # it was shown once
    parent = open_page(viewport=PHONE)
    look(parent, link)

    money.attend(institution, _NUMBER)
    parent.goto(f"/parent/contracts/{contract}/")
    money.answer(parent)
    money.release(officer, name)
    money.release_the_silent(officer)
    money.ask_back(parent)
    money.agree(institution, _NUMBER)
    money.decide(officer, _NUMBER)
    money.refund(officer)
    money.explain(officer, name, "付款人误汇，已由银行原路退回")
