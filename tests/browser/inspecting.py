"""A round of inspections as its people make it, page by page: the plan, the phone, the results."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser import walking

WAIT_MS = 60_000
# A general item of the education department: whether the licence hangs where it is seen.
FAILING = "A06"


def press(page: Page, name: str) -> None:
    """Press the one button of that name on the page, and wait for the next page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("load")


def duty(page: Page, title: str) -> None:
    """Open what waits at the desk from its front page."""
    page.goto("/desk/")
    page.locator("main").get_by_role("link", name=title).first.click()
    page.wait_for_load_state("load")


# The plan


def draft_plan(page: Page, campaign: str, *, reason: str) -> None:
    """A new version of the year's plan with one more line: one team, one of A and one of B."""
    page.goto("/desk/inspection-plans/new/")
    page.get_by_label("计划名称").fill(f"{walking.now().year}年度校外培训机构抽查计划（修订）")
    page.get_by_label("依据").fill("国发〔2019〕5号")
    page.get_by_label("修改的原因").fill(reason)
    press(page, "起草")
    page.locator("main tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="加一项").click()
    page.get_by_label("抽查名称").fill(campaign)
    page.select_option("[name=measure]", "count")
    for tier, count in (("A", 1), ("B", 1)):
        page.fill(f"[name=share_{tier}]", str(count))
    page.fill("[name=first_month]", "1")
    page.fill("[name=last_month]", "12")
    page.fill("[name=team_count]", "1")
    page.select_option("[name=lead_department]", "education")
    page.check("[name=joint_departments][value=fire_rescue]")
    for code in (FAILING, "F10"):
        page.check(f"[name=items][value={code}]")
    press(page, "保存")


def approve_plan(page: Page, campaign: str) -> None:
    """The second person finds it on the front page, reads it and approves."""
    duty(page, "等您批准的年度抽查计划")
    page.locator("main tbody tr", has_text="待批准").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(campaign)
    press(page, "批准")


def publish_plan(page: Page) -> None:
    """Whoever drafted it publishes what was approved."""
    duty(page, "已批准、等公布的年度抽查计划")
    page.locator("main tbody tr", has_text="待公布").get_by_role("link").first.click()
    press(page, "公布")


def freeze_from_line(page: Page, campaign: str, *, due_in_seconds: int) -> str:
    """From the plan's line to the fixed frame; the draw's number."""
    line = page.locator("section.section", has_text=campaign).last
    line.get_by_role("link", name="据此准备抽查").click()
    for tier, count in (("A", "1"), ("B", "1"), ("C", "0")):
        expect(page.locator(f"[name=quota_{tier}]")).to_have_value(count)
    return walking.fix_frame(page, campaign, due_in_seconds=due_in_seconds)


# The visits


def send_out(page: Page, number: str, *, approver: Page) -> None:
    """The team's days, its visits planned by one person and approved by another."""
    page.goto(f"/desk/draws/{number}/lists/")
    page.get_by_role("link", name="定出动日").click()
    for field in ("starts_on", "ends_on"):
        page.fill(f"[name={field}]", walking.later(0))
    press(page, "保存")
    page.goto("/desk/visits/")
    page.locator("li", has_text=number).get_by_role("button", name="安排检查").click()
    expect(page.get_by_text("已安排 2 次检查，等待审批。")).to_be_visible()
    duty(approver, "等您审批的现场检查")
    approver.locator("li", has_text=number).get_by_role("button", name="审批同意").click()
    expect(approver.get_by_text("已审批 2 次检查。")).to_be_visible()


def waiting(page: Page) -> int:
    """How many records the phone says it has not sent."""
    return int(page.locator("[data-field-waiting]").get_attribute("data-count") or "0")


def open_part(page: Page, key: str) -> None:
    """Open a part of a visit that may be open already."""
    part = page.locator(f"[data-part={key}]")
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def give_notice(page: Page) -> None:
    """Show the notice; the page then opens the form of arrival by itself."""
    page.get_by_label("收到检查通知的人").fill("前台")
    page.get_by_role("button", name="已出示并送达").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-noticed", "yes")
    expect(page.locator("[data-part=arrival]")).to_have_attribute("open", "")


def arrive_by_hand(page: Page) -> None:
    """Note the arrival where nothing can be read and no position found."""
    page.get_by_label("手工登记的原因").fill("没有张贴许可证")
    page.get_by_role("button", name="手工登记到场").click()
    expect(page.locator("[data-item]").first).to_be_visible(timeout=WAIT_MS)


def answer_one(page: Page, code: str, answer: str, *, remark: str = "") -> None:
    """Tap one answer; a remark goes under the item."""
    card = page.locator(f"[data-item={code}]")
    if remark:
        card.get_by_text("实测值、备注").click()
        card.get_by_label("备注").fill(remark)
    card.get_by_text(answer, exact=True).click()
    expect(card).not_to_have_attribute("data-answer", "")


def end_visit(page: Page, result: str) -> None:
    """Note what was not looked at, and end the visit with its result."""
    page.get_by_role("button", name=re.compile("其余 [0-9]+ 项记为")).click()
    expect(page.locator("[data-item][data-answer='']")).to_have_count(0, timeout=WAIT_MS)
    open_part(page, "end")
    page.get_by_label(result).check()
    page.get_by_role("button", name="结束这次检查").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "ended")
    page.get_by_role("link", name="← 今天的路线").click()


def find_closed(page: Page) -> None:
    """A closed door ends a visit too."""
    open_part(page, "hinder")
    page.get_by_label("不能检查的情形").select_option("closed_door")
    page.get_by_label("经过").fill("大门上锁，邻居说已停课")
    page.get_by_role("button", name="登记未能检查并结束").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "not_possible")
    page.get_by_role("link", name="← 今天的路线").click()


# After the visit


def confirm_finding(page: Page, institution: str, text: str) -> None:
    """The department looks at what was noted and makes a finding of it."""
    duty(page, "等您认定的检查问题")
    row = page.locator("main tbody tr", has_text=institution).filter(has_text=FAILING)
    row.get_by_role("link", name="认定").click()
    expect(page.locator("textarea[name=text]")).to_have_value(text)
    press(page, "认定")
    # The place may have other findings, and others that wait for a decision.
    made = page.locator("main tbody tr", has_text=institution)
    made.get_by_role("link", name=f"{FAILING} {text}").first.click()


def issue_order(page: Page) -> str:
    """Draft the order on the finding's page and issue it; the order's address."""
    page.locator("main").get_by_role("link", name="责令改正", exact=True).click()
    page.get_by_label("改正的要求").fill("三日内把许可证悬挂在前台显著位置")
    press(page, "责令改正")
    page.locator("section", has_text="后来怎样了").get_by_role("link").last.click()
    address = page.url
    page.get_by_role("link", name="制发通知书").click()
    press(page, "制发通知书")
    return address


def receive_and_prove(page: Page, picture: bytes) -> None:
    """The institution confirms the order's arrival and hands in what it did."""
    page.goto("/portal/rectifications/")
    page.locator("main tbody").get_by_role("link").first.click()
    press(page, "确认收到")
    page.get_by_label("怎样改正的").fill("许可证已挂在前台")
    proof = FilePayload(name="前台.png", mimeType="image/png", buffer=picture)
    page.set_input_files("[name=proofs]", proof)
    press(page, "报送")
    expect(page.get_by_text("已报送。")).to_be_visible()


def close_order(page: Page, address: str) -> None:
    """The department looks at the proof and closes."""
    page.goto(address)
    page.get_by_role("link", name="办结", exact=True).click()
    page.get_by_label("理由").fill("照片可见许可证已悬挂")
    press(page, "办结")
    expect(page.get_by_text("已办结").first).to_be_visible()


def reveal(page: Page, number: str) -> None:
    """Publish everything, with the end of the last visit as the system knows it."""
    page.goto(f"/desk/draws/{number}/")
    page.get_by_role("link", name="全部检查结束，揭晓").click()
    press(page, "揭晓并公布")
    expect(page.get_by_text("抽查已揭晓")).to_be_visible()
