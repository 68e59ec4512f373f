"""What is done with a contract's money once it is paid: lessons, objection, refund, statement."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.walking import JOB_MS, now

_MAPPING = "浏览器银行"
_COLUMNS = {"date": "日期", "amount": "金额", "reference": "流水号", "purpose": "摘要"}


def choose(page: Page, name: str, words: str) -> None:
    """Choose the first offer of a list that has these words in it."""
    offer = page.locator(f"[name={name}] option", has_text=words).first
    page.locator(f"[name={name}]").select_option(offer.get_attribute("value"))


def attend(page: Page, number: str) -> None:
    """The institution marks this pupil alone as present, twice on the same day."""
    for session in ("1", "2"):
        page.goto("/portal/attendance/")
        page.locator("main tbody th a").first.click()
        page.locator("[name=taught_on]").fill(now().date().isoformat())
        page.locator("[name=session]").fill(session)
        for one in page.locator("[name^=mark_]").all():
            label = page.locator(f"label[for={one.get_attribute('id')}]").inner_text()
            one.select_option("present" if number in label else "")
        page.get_by_role("button", name="登记并消课").click()
        expect(page.locator("main")).to_contain_text(number)
        expect(page.locator("main")).to_contain_text("出勤")


def answer(page: Page) -> None:
    """The parent, on the contract's page: confirms the first lesson, objects to the second."""
    page.locator("#lesson-1").get_by_role("button", name="上过了，确认").click()
    expect(page.locator("#lesson-1")).to_contain_text("家长已确认")
    page.locator("#lesson-2 summary").click()
    page.locator("#lesson-2").get_by_role("button", name="这一课没有上").click()
    expect(page.locator("#lesson-2")).to_contain_text("家长有异议")
    expect(page.locator("#lesson-2")).to_contain_text("钱先不付给机构")


def release(page: Page, institution: str) -> None:
    """A run over the account: the confirmed lesson goes, the one objected to stays and says why."""
    page.goto("/desk/releases/new/")
    choose(page, "escrow", institution)
    page.locator("[name=taught_on]").fill(now().date().isoformat())
    page.get_by_role("button", name="开始拨付").click()
    expect(page.locator("main tbody tr", has_text="已拨付")).to_have_count(1, timeout=JOB_MS)
    expect(page.locator("main tbody tr", has_text="家长有异议")).to_have_count(1)


def release_the_silent(page: Page) -> None:
    """A run over the whole district: lessons go whose parents were told and said nothing for 15
    working days, whose last day to answer is over. Past half past one the night's own run of the
    same day may have been faster."""
    page.goto("/desk/releases/new/")
    page.get_by_role("button", name="开始拨付").click()
    today = now().date()
    long_ago = today - timedelta(days=21)
    for _second in range(JOB_MS // 1000):
        page.goto("/desk/releases/")
        links = page.locator("main tbody th a", has_text=today.isoformat()).all()
        for address in [one.get_attribute("href") or "" for one in links]:
            page.goto(address)
            gone = page.locator("main tbody tr", has_text="已拨付").locator("time").all()
            days = [one.get_attribute("datetime") or "" for one in gone]
            if any(date.fromisoformat(day) <= long_ago for day in days):
                return
        page.wait_for_timeout(1000)
    raise AssertionError("no lesson of silent parents was released")


def ask_back(page: Page) -> None:
    """The parent asks for the money, from the contract's page."""
    page.get_by_role("link", name="申请退费").click()
    page.locator("main textarea").fill("搬家，不再上课")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.get_by_role("button", name="撤回退费申请")).to_be_visible()


def agree(page: Page, number: str) -> None:
    """The institution agrees to it."""
    page.goto("/portal/refunds/")
    page.locator("main").get_by_role("link", name=number).first.click()
    page.get_by_role("link", name="同意退费").click()
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("待核定金额")


def decide(page: Page, number: str) -> None:
    """The officer finds nobody at fault; the calculation is frozen."""
    page.goto("/desk/refunds/?part=open")
    page.locator("main tbody").get_by_role("link", name=number, exact=True).click()
    page.get_by_role("link", name="核定", exact=True).click()
    page.locator("[name=cause][value=no_fault]").check()
    page.locator("[name=reason]").fill("双方都没有过错")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("核定的计算")


def refund(page: Page) -> None:
    """From the decision's page: paid out of the account, closed with the bank's receipt."""
    page.get_by_role("link", name="退款", exact=True).click()
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.get_by_role("link", name="办结", exact=True)).to_be_visible()
    page.get_by_role("link", name="办结", exact=True).click()
    page.locator("[name=reference]").fill("退款回单-浏览器-1")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("已办结")


def explain(page: Page, institution: str, reason: str) -> None:
    """A statement with a movement that the ledger does not know: explained under a name."""
    _map(page)
    page.goto("/desk/bank/statements/upload/")
    choose(page, "escrow", institution)
    choose(page, "mapping", _MAPPING)
    today = now().date().isoformat()
    rows = f"日期,金额,流水号,摘要\n{today},123.45,R-浏览器-1,误汇\n"
    file = FilePayload(name="今日.csv", mimeType="text/csv", buffer=rows.encode())
    page.set_input_files("input[type=file]", file)
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("123.45", timeout=JOB_MS)
    page.goto("/desk/bank/?code=not_in_ledger")
    page.locator("main tbody tr", has_text="123.45").get_by_role("link").first.click()
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="记下说明，不再列为待处理").click()
    expect(page.locator("main")).to_contain_text(reason)


def _map(page: Page) -> None:
    page.goto("/desk/bank/statements/mapping/")
    page.locator("[name=name]").fill(_MAPPING)
    page.locator("[name=amounts]").select_option("signed")
    page.locator("[name=date_format]").select_option("%Y-%m-%d")
    for name, header in _COLUMNS.items():
        page.locator(f"[name={name}]").fill(header)
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_load_state("load")
