"""What only experts can say of a class: sent, served, voted on unseen, disputed, decided.

FILINGS_PICTURES names a folder for pictures of what people see on the way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import licensing, walking
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.serving import Served

_PICTURES = Path(os.environ["FILINGS_PICTURES"]) if "FILINGS_PICTURES" in os.environ else None
_CLASS = "冬季提高北班"
_QUESTION = "班名没有写年级和学科，家长看得出教什么吗？"
_WORD = "walk-2026-of-experts"
# Only one expert of the demonstration can log in: the others get a word for the walk.
_GIVE_WORDS = f"""
from institutions.models import PanelMember
for member in PanelMember.objects.select_related("appointment__user").order_by("pk"):
    user = member.appointment.user
    if user.username == "expert":
        continue
    user.set_password("{_WORD}")
    user.save()
    print("expert", user.username, user.name, sep="\\t")
"""
_LEANINGS = ("purpose", "content", "method", "evaluation")


@pytest.fixture
def experts(browser: Browser, district_served: Served) -> Iterator[Mapping[str, Page]]:
    """By name, the pages of four experts, each signed in."""
    said = district_served.manage("shell", "-c", _GIVE_WORDS)
    lines = [line.split("\t") for line in said.stdout.splitlines() if line.startswith("expert\t")]
    contexts = []
    pages: dict[str, Page] = {}
    for _mark, user, name in lines[:4]:
        context = browser.new_context(
            viewport=DESKTOP, base_url=district_served.url, locale="zh-CN"
        )
        contexts.append(context)
        pages[name] = context.new_page()
        walking.sign_in(pages[name], user, _WORD)
    assert len(pages) == 4, said.stderr
    yield pages
    for context in contexts:
        context.close()


def _hand_in(manager: Page) -> None:
    """A class of whose name the system cannot say whether it will do."""
    institution = walking.own_institution(manager)
    good = walking.classes_of(manager, institution)[0]
    teacher = {"授课教师": "苏老师", "资格证书号": "20155164179330077"}
    changed = teacher | {"班级名称": _CLASS, "上课星期": "周五"}
    walking.upload_filings(manager, name="冬季北班.xlsx", rows=[good | changed])
    manager.get_by_role("button", name="提交可以提交的 1 个班").click()
    expect(manager.locator(".todo__item--done")).to_have_count(1)


def _confirm_paper(manager: Page, title: str) -> None:
    """Confirm a paper once the worker has rendered it."""
    row = manager.locator("main tbody tr", has_text=title).first
    button = row.get_by_role("button", name="确认收到")
    for _turn in range(30):
        manager.goto("/portal/papers/")
        if button.count():
            break
        manager.wait_for_timeout(500)
    button.click()
    expect(manager.locator("main tbody tr", has_text=title).first).to_contain_text("已送达")


def _name(secretary: Page, case: str, *names: str) -> None:
    """The secretary looks at the names, which is recorded, and seats these."""
    secretary.goto(case)
    secretary.get_by_role("button", name="查看姓名").click()
    for name in names:
        secretary.locator("label", has_text=name).click()
    secretary.get_by_role("button", name="指定", exact=True).click()
    secretary.wait_for_load_state("load")


def _vote(expert: Page, number: str, verdict: str) -> None:
    """Open the case from one's own list, answer the four dimensions, vote."""
    expert.goto("/desk/appraisals/mine/")
    expert.get_by_role("link", name=number).click()
    expect(expert.locator("main")).to_contain_text(_QUESTION)
    for code in _LEANINGS:
        expert.locator(f"[name={code}]").first.check()
    expert.locator(f"[name=verdict][value={verdict}]").check()
    expert.locator("form", has=expert.locator("[name=verdict]")).locator("textarea").fill(
        "班名看不出年级。"
    )
    licensing.picture(expert, _PICTURES, "expert-vote")
    expert.get_by_role("button", name="表决", exact=True).click()
    expect(expert.locator("main")).to_contain_text("已记下您的表决，不能再改")


def _says_no_name(page: Page, address: str, experts: Mapping[str, Page]) -> None:
    page.goto(address)
    words = page.content()
    assert [name for name in experts if name in words] == []


def test_experts_vote_unseen_and_an_officer_decides(
    open_page: OpenPage, experts: Mapping[str, Page]
) -> None:
    manager, reviewer = open_page(role="institution_manager"), open_page(role="filing_reviewer")
    secretary, city = open_page(role="administrator"), open_page(role="city_supervisor")
    _hand_in(manager)
    walking.open_case(reviewer, _CLASS)
    sending = reviewer.locator("details", has_text="送专家组鉴别")
    sending.first.locator("summary").click()
    sending.first.locator("textarea").fill(_QUESTION)
    sending.first.get_by_role("button", name="送专家组").click()
    expect(reviewer.locator("main")).to_contain_text("中止审核期限的通知书已发出")
    reviewer.get_by_role("link", name="打开这次鉴别").click()
    case, number = reviewer.url, reviewer.locator("h1").inner_text().removeprefix("鉴别 ")
    expect(reviewer.locator("main")).to_contain_text("待送达")
    _confirm_paper(manager, "中止备案审核期限通知书")

    first, second, third, fourth = experts
    _name(secretary, case, first, second, third)
    leaving = experts[first]
    leaving.goto("/desk/appraisals/mine/")
    leaving.get_by_role("link", name=number).click()
    leaving.get_by_text("回避或者弃权").click()
    leaving.get_by_label("原因").select_option("relative")
    leaving.get_by_role("button", name="退出这次鉴别").click()
    expect(leaving.locator("main")).to_contain_text("已退出这次鉴别")
    _name(secretary, case, fourth)
    _vote(experts[second], number, "breach")
    _vote(experts[third], number, "breach")
    _says_no_name(reviewer, case, experts)
    expect(reviewer.get_by_text("已表决")).to_have_count(2)
    expect(reviewer.locator("main")).not_to_contain_text("班名看不出年级")
    _vote(experts[fourth], number, "cleared")

    _says_no_name(reviewer, case, experts)
    expect(reviewer.locator("main")).to_contain_text("班名看不出年级")
    licensing.picture(reviewer, _PICTURES, "expert-result")
    own = f"/portal/appraisals/{case.rstrip('/').rsplit('/', 1)[1]}/"
    _says_no_name(manager, own, experts)
    expect(manager.locator("main")).to_contain_text("恢复备案审核期限通知书")
    manager.locator("[name=reason]").fill("简章写明了年级和学科。")
    manager.get_by_role("button", name="提出异议").click()
    expect(manager.locator("main")).to_contain_text("异议已提出")

    reviewer.goto(case)
    expect(reviewer.get_by_role("button", name="作出认定")).to_have_count(0)
    reviewer.locator("[name=document]").fill("双教函〔2026〕88号")
    reviewer.get_by_role("button", name="提请", exact=True).click()
    expect(reviewer.locator("main")).to_contain_text("已提请市级认定")
    city.goto(case)
    city.locator("[name=verdict][value=cleared]").check()
    city.locator("[name=document]").fill("成教函〔2026〕31号")
    city.locator("[name=reason]").fill("简章已经写明。")
    city.get_by_role("button", name="答复", exact=True).click()
    expect(city.locator("main")).to_contain_text("成教函〔2026〕31号")
    reviewer.goto(case)
    reviewer.locator("[name=verdict][value=cleared]").check()
    reviewer.locator("[name=reason]").first.fill("照市级答复认定。")
    reviewer.get_by_role("button", name="作出认定").click()
    walking.open_case(reviewer, _CLASS)
    expect(reviewer.locator("main")).to_contain_text("照市级答复认定")
