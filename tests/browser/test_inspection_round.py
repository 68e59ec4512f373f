"""One round of inspections by its real people on the real pages, from the plan to the visitor."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import inspecting, walking
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.serving import Served
from tests.browser.test_field_offline import ask, deliver_everything, stop_named
from tests.browser.walking import sign_in

CAMPAIGN = "岁末消防与亮证抽查"
READING = "8052713946"
REMARK = "前台没有悬挂许可证"


def test_a_round_goes_from_the_plan_to_a_visitor_who_verifies_it(
    open_page: OpenPage, district_served: Served
) -> None:
    coordinator = open_page(role="inspection_coordinator")
    leader, visitor = open_page(role="district_leader"), open_page()
    number = plan_and_draw(coordinator, leader, visitor)
    print_the_team_file(coordinator, number)
    inspecting.send_out(coordinator, number, approver=leader)
    logins = ask(district_served, f"open_logins({number!r})")
    found, closed = visit_without_network(open_page, logins)

    officer = open_page(role="enforcement_officer")
    inspecting.confirm_finding(officer, found, REMARK)
    order = inspecting.issue_order(officer)
    manager = open_page()
    sign_in(manager, *logins[found])
    inspecting.receive_and_prove(manager, picture())
    inspecting.close_order(officer, order)
    before = text_of(leader, f"/desk/draws/{number}/") + text_of(visitor, f"/draws/{number}/")
    assert not [name for name in (found, closed) if name in before]

    inspecting.reveal(coordinator, number)
    anyone_reads_and_verifies(visitor, number, found=found, closed=closed)


def plan_and_draw(coordinator: Page, leader: Page, visitor: Page) -> str:
    """Plan, frame, commitment, ceremony; the draw's number."""
    inspecting.draft_plan(coordinator, CAMPAIGN, reason="增加岁末抽查")
    inspecting.press(coordinator, "提交批准")
    inspecting.approve_plan(leader, CAMPAIGN)
    inspecting.publish_plan(coordinator)
    visitor.goto(f"/plans/{walking.now().year}/")
    expect(visitor.locator("main")).to_contain_text(CAMPAIGN)
    number = inspecting.freeze_from_line(coordinator, CAMPAIGN, due_in_seconds=30)
    inspecting.duty(leader, "等您复核的抽查框")
    walking.publish_commitment(leader, number)
    walking.seal_keys(coordinator, number)
    witnesses = "区公证处 罗静\n家长代表 宋文"
    walking.read_dice(coordinator, number, reading=READING, again=READING, witnesses=witnesses)
    expect(coordinator.locator("main")).to_contain_text("符合约定的格式")
    inspecting.duty(leader, "读数已记录、等您抽取的抽查")
    walking.draw(coordinator, number, approver=leader)
    return number


def print_the_team_file(page: Page, number: str) -> None:
    """The binder of the team names every place of its route."""
    walking.print_checklists(page, number)
    places = page.locator("main tbody th").all_inner_texts()
    binder = page.get_by_role("link", name="合订本 PDF").first
    text = re.sub(r"\s", "", "".join(walking.pdf_text(walking.opened_file(page, binder))))
    assert len(places) == 2
    assert all(f"{number}/{place}/1" in text for place in places)


def visit_without_network(open_page: OpenPage, logins: dict[str, Any]) -> tuple[str, str]:
    """Both visits on a phone without network, sent when it is back; whom they were to."""
    phone = open_page(viewport=PHONE)
    sign_in(phone, *logins["inspector"])
    phone.goto("/field/day/")
    expect(phone.locator("[data-field-ready=yes]")).to_be_attached(timeout=inspecting.WAIT_MS)
    first, second = [name for name in logins if name != "inspector"]
    for name in (first, second):
        # The same person may be out for an earlier round too; this one comes last.
        expect(stop_named(phone, name).last).to_be_visible(timeout=inspecting.WAIT_MS)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("没有网络，先存在本机")).to_be_visible(timeout=inspecting.WAIT_MS)
    stop_named(phone, first).last.click()
    inspecting.give_notice(phone)
    inspecting.arrive_by_hand(phone)
    inspecting.answer_one(phone, inspecting.FAILING, "不符合", remark=REMARK)
    inspecting.end_visit(phone, "发现问题待后续处理")
    stop_named(phone, second).last.click()
    inspecting.find_closed(phone)
    assert inspecting.waiting(phone) > 5
    phone.context.set_offline(False)
    deliver_everything(phone)
    expect(phone.locator("[data-field-waiting]")).to_have_text("全部送达")
    return first, second


def picture() -> bytes:
    """A real picture of the size of a thumbnail."""
    file = BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 40)).save(file, "PNG")
    return file.getvalue()


def text_of(page: Page, address: str) -> str:
    """What a page says to whoever opened it."""
    answer = page.goto(address)
    assert answer
    assert answer.status == 200
    return page.locator("main").inner_text()


def anyone_reads_and_verifies(page: Page, number: str, *, found: str, closed: str) -> None:
    """The public page names both places with their results; the browser recomputes all of it."""
    page.goto(f"/draws/{number}/")
    expect(page.locator("main")).to_contain_text("全部重算一致")
    main = page.locator("main")
    for words in (found, closed, REMARK, "大门关闭，未能检查"):
        expect(main).to_contain_text(words)
    page.get_by_role("link", name="自己核对", exact=True).click()
    expect(page.get_by_text("全部重算一致")).to_be_visible()
    walking.open_provider(page, found)
    expect(page.locator("main")).to_contain_text(REMARK)
