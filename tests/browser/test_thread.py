"""The six steps of the main job, by hand, in Chromium, on the seeded district."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import licensing, walking
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.serving import Served

REGISTER_ROWS = Path(__file__).resolve().parents[1] / "fixtures" / "register_rows.csv"
READING = "3918204756"


def test_a_licensing_officer_imports_a_list_and_gets_back_what_is_no_institution(
    open_page: OpenPage,
) -> None:
    page = open_page(role="licensing_officer")
    walking.import_register(page, REGISTER_ROWS, other_places="kept")
    assert walking.figures(page) == {"新登记": 24, "补充或更改": 0, "没有变化": 0, "退回": 17}
    back = walking.sheet_rows(
        walking.download(page, page.get_by_role("link", name="下载退回的行和原因"))
    )
    assert back[0][-2:] == ["退回原因", "原行号"]
    refused = {row[1]: row[-2] for row in back[1:]}
    assert len(back) == 18
    assert refused["哒哒英语"].startswith("“哒哒英语”只是品牌或招牌上的字号")
    assert "不是校外培训机构，不进入本登记册" in refused["茂名市茂南区樟古幼儿园"]
    page.goto("/desk/jobs/")
    newest = page.locator("main tbody tr").first
    expect(newest).to_contain_text("导入机构名册")
    expect(newest).to_contain_text("41 / 41")


def test_an_imported_institution_is_unverified_and_lists_what_is_missing(
    open_page: OpenPage,
) -> None:
    page = open_page(role="licensing_officer")
    walking.import_register(page, REGISTER_ROWS, other_places="kept")
    assert walking.figures(page)["退回"] == 17
    walking.open_entry(page, "义县大榆树堡晨光教育培训中心")
    expect(page.locator(".page-head, main").first).to_contain_text("待核实")
    assert page.locator("main .reasons li").all_inner_texts() == [
        "没有许可证记录",
        "缺许可证号",
        "缺统一社会信用代码",
        "办学地址不完整，没有门牌：义县大榆树堡镇大榆树堡村号",
        "没有写明学科类或非学科类",
        "没有写明营利或非营利",
        "名单上另有说法，需核对：注销办学许可、取消办学资格",
    ]


def hand_in(page: Page, rows: list[dict[str, object]]) -> None:
    """Upload, correct the row without an end date, hand in what may go."""
    walking.upload_filings(page, name="冬季备案.xlsx", rows=rows)
    expect(page.locator("h1")).to_have_text("还有 2 个班要改正")
    late = page.locator(".todo__item", has_text="小学四年级数学晚班")
    expect(late).to_contain_text("21:00下课，晚于20:30")
    expect(late).to_contain_text("把下课时间提前到20:30或更早。")
    unended = page.locator(".todo__item", has_text="小学四年级数学丙班")
    expect(unended).to_contain_text("“结课日期”没有填写。")
    results = page.url
    walking.correct_row(page, "小学四年级数学丙班", 结课日期=walking.later(60))
    page.goto(results)
    expect(page.locator("h1")).to_have_text("还有 1 个班要改正")
    page.get_by_role("button", name="提交可以提交的 3 个班").click()
    expect(page.locator(".todo__item--done")).to_have_count(3)


def test_a_class_goes_from_the_workbook_through_review_to_the_public_page(
    open_page: OpenPage,
) -> None:
    manager, visitor = open_page(role="institution_manager"), open_page()
    reviewer = open_page(role="filing_reviewer")
    institution = walking.own_institution(manager)
    hand_in(manager, walking.classes_of(visitor, institution))

    walking.approve(reviewer, "小学四年级数学甲班")
    expect(reviewer.locator("main")).to_contain_text("已通过")
    walking.send_back(reviewer, "小学四年级数学乙班", "进度安排没有写到每次课，请写明。")
    expect(reviewer.locator("main")).to_contain_text("已退回机构")

    walking.open_provider(visitor, institution)
    shown = walking.public_classes(visitor)
    assert "小学四年级数学甲班" in shown
    assert not {"小学四年级数学乙班", "小学四年级数学丙班", "小学四年级数学晚班"} & set(shown)

    manager.goto("/portal/filings/")
    manager.get_by_role("link", name="小学四年级数学乙班", exact=True).first.click()
    expect(manager.locator("main")).to_contain_text("进度安排没有写到每次课，请写明。")
    expect(manager.get_by_role("link", name="改正后重新提交")).to_be_visible()


def test_a_round_is_fixed_read_and_drawn_by_two_people_and_its_lists_stay_sealed(
    open_page: OpenPage,
) -> None:
    coordinator = open_page(role="inspection_coordinator")
    leader, visitor = open_page(role="district_leader"), open_page()
    plan = walking.Round(
        "岁末双随机检查", seats={"education": 2, "fire_rescue": 2}, quotas={"A": 2, "B": 3}
    )
    number = walking.freeze(coordinator, plan, due_in_seconds=60)
    assert visitor.goto(f"/draws/{number}/").status == 404  # type: ignore[union-attr]
    walking.publish_commitment(leader, number)
    visitor.goto(f"/draws/{number}/")
    expect(visitor.locator("main")).to_contain_text("承诺值与公布的名单一致，等待读数")

    coordinator.goto(f"/desk/draws/{number}/ceremony/")
    expect(coordinator.locator("[name=reading]")).to_have_count(0)
    walking.seal_keys(coordinator, number)
    witnesses = "区公证处 罗静\n家长代表 宋文"
    walking.read_dice(coordinator, number, reading=READING, again="3918204757", witnesses=witnesses)
    expect(coordinator.locator("main")).to_contain_text("两次输入的读数不一样")
    walking.read_dice(coordinator, number, reading=READING, again=READING, witnesses=witnesses)
    expect(coordinator.locator("main")).to_contain_text("符合约定的格式")
    walking.draw(coordinator, number, approver=leader)

    drawn = coordinator.locator("main tbody th").all_inner_texts()
    assert len(drawn) == len(set(drawn)) >= 5
    assert coordinator.get_by_role("heading", name=re.compile("第 [12] 组")).count() == 2
    refused = leader.goto(f"/desk/draws/{number}/lists/")
    assert refused is not None
    assert refused.status == 403
    expect(leader.locator("main")).to_contain_text("抽取结果还在封存")
    leader.goto(f"/desk/draws/{number}/")
    shown = leader.locator("main").inner_text() + visitor.locator("main").inner_text()
    assert not [one for one in drawn if one in shown]


def test_checklists_print_with_a_code_on_every_page(open_page: OpenPage) -> None:
    page = open_page(role="inspection_coordinator")
    page.goto("/desk/draws/")
    sealed = page.locator("main tbody tr", has_text="秋季校外培训机构双随机检查")
    number = sealed.get_by_role("link").first.inner_text().strip()
    walking.print_checklists(page, number)
    row = page.locator("main tbody tr").first
    object_id = row.locator("th").inner_text()
    pages = walking.pdf_text(walking.opened_file(page, row.get_by_role("link", name="PDF")))
    assert len(pages) >= 2
    for position, text in enumerate(pages, start=1):
        assert f"{number}/{object_id}/{position}" in re.sub(r"\s", "", text)
    team = page.get_by_role("link", name="合订本 PDF").first
    stated = int(re.findall(r"\d+", team.inner_text())[0])
    assert len(walking.pdf_text(walking.opened_file(page, team))) == stated


def test_anyone_verifies_a_revealed_round_from_its_bundle(
    open_page: OpenPage, district_served: Served, tmp_path: Path
) -> None:
    page = open_page()
    page.goto("/draws/")
    revealed = page.locator("main tbody tr", has_text="春季校外培训机构双随机检查")
    revealed.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("全部重算一致")
    link = page.get_by_role("link", name="下载数据（JSON）")
    data = walking.download(page, link)
    bundle = tmp_path / "bundle.json"
    bundle.write_bytes(data)
    assert district_served.manage("verify_draw", str(bundle)).returncode == 0
    altered = json.loads(data)
    altered["randomness"] = altered["randomness"][::-1] + "1"
    bundle.write_text(json.dumps(altered), encoding="utf-8")
    found = district_served.manage("verify_draw", str(bundle))
    assert found.returncode == 1
    assert "randomness" in found.stdout


def test_a_visitor_finds_an_institution_by_whatever_is_at_hand_on_a_phone(
    open_page: OpenPage,
) -> None:
    name = walking.own_institution(open_page(role="institution_manager"))
    page = open_page(viewport=PHONE)
    walking.open_provider(page, name)
    shown = walking.facts(page)
    printed = shown["证件"].split()[-1]
    digits = re.sub(r"\D", "", printed)
    for words in (name[-8], name[5:9], printed, digits, shown["统一社会信用代码"]):
        assert name in walking.search_public(page, words), words
    assert walking.search_public(page, shown["统一社会信用代码"]) == [name]
    walking.open_provider(page, name)
    expect(page.locator(".big-answer")).to_have_text("有办学许可")
    assert shown["能教什么"].startswith("学科类")
    assert re.fullmatch(
        r"\d{4}年\d+月\d+日 周.", re.sub(r"\s*(?=[年月日])", "", shown["许可到哪天"])
    )
    assert len(walking.public_classes(page)) >= 1
    page.locator("#classes tbody a").first.click()
    expect(page.locator("main")).to_contain_text(name)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_an_escrow_account_goes_from_registration_to_the_public_page(
    open_page: OpenPage,
) -> None:
    page, visitor = open_page(role="fee_supervisor"), open_page()
    page.goto("/desk/escrow/missing/")
    # A list of other places may have been imported; those entries are not public.
    page.locator("main input[type=search]").fill("成都")
    page.locator("main").get_by_role("button", name="查询").click()
    page.wait_for_url("**/missing/?q=*")
    name = page.locator("main tbody th").first.inner_text()
    walking.register_account(
        page, name, bank="成都农商银行", branch="双流支行", account="6228 4800 1234 5678 906"
    )
    today = walking.later(0)

    def agreement() -> None:
        page.get_by_label("协议编号").fill("监管协议-0901")
        page.get_by_label("签订日期").fill(today)
        licensing.hand_over_scan(page)

    walking.open_provider(visitor, name)
    assert walking.facts(visitor)["预收费监管"].startswith("没有公开的监管账户")
    walking.next_step(page, "登记三方协议", agreement)
    walking.next_step(page, "启用监管")
    expect(page.locator("main")).to_contain_text("监管中")
    walking.next_step(page, "公示")
    expect(page.locator("main")).to_contain_text("已公示")
    assert "6228480012345678906" not in page.content()

    visitor.reload()
    stated = walking.facts(visitor)["预收费监管"]
    assert stated.startswith("有监管账户")
    assert "成都农商银行双流支行" in stated
    assert "**** 8906" in stated
