"""Three institutions, by hand, in Chromium: one re-registers, one converts, one is too late.

LICENSING_PICTURES names a folder for pictures of what people see on the way.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect
from stdnum.cn import uscc

from tests.browser import licensing, walking
from tests.browser.conftest import OpenPage

_PICTURES = Path(os.environ["LICENSING_PICTURES"]) if "LICENSING_PICTURES" in os.environ else None


def today() -> date:
    """The day there, asked anew: a walk may go past midnight."""
    return walking.now().date()


SUCCESSION = {
    "contracts_taken_by": "新登记的民办非企业单位",
    "fees_taken_by": "新登记的民办非企业单位",
    "staff_taken_by": "新登记的民办非企业单位",
    "account_taken_by": "举办者指定的清算组",
}


def credit_code(prefix: str) -> str:
    body = f"{prefix}510116MJ1234567"
    return body + uscc.calc_check_digit(body)


def test_a_company_becomes_a_registered_non_profit(open_page: OpenPage) -> None:
    officer, leader = open_page(role="licensing_officer"), open_page(role="district_leader")
    entry = licensing.overdue_entries(officer)[0]
    journey = licensing.begin(officer, entry, "营转非重新登记")
    licensing.step(officer, journey, "提交申请")
    licensing.make(officer, journey, "受理")
    for move, stated in (
        ("核对修订后的章程", {}),
        ("核对财务清算报告", {}),
        ("登记董事会决议", {"board_for": "4", "board_all": "5"}),
        ("登记企业注销", {"deregistered_on": today().isoformat(), **SUCCESSION}),
        ("核对验资报告", {"capital_fen": "300000"}),
    ):
        licensing.step(officer, journey, move, **stated)
    until = (today() + timedelta(days=3 * 365)).isoformat()
    licensing.step(
        officer, journey, "换领新编号许可证", new_number="151011680099001", valid_until=until
    )
    licensing.picture(leader, _PICTURES, "leader")
    licensing.countersign(leader, journey)
    licensing.step(
        officer,
        journey,
        "登记民办非企业单位",
        new_credit_code=credit_code("52"),
        registered_on=today().isoformat(),
    )
    licensing.make(officer, journey, "办结，恢复招生收费")
    officer.goto(entry)
    main = officer.locator("main")
    expect(main).to_contain_text("151011680099001")
    expect(main).to_contain_text("已换发")
    expect(main).to_contain_text("非营利性")
    expect(main).to_contain_text(credit_code("52"))
    licensing.picture(officer, _PICTURES, "entry-non-profit")


def test_a_subject_institution_becomes_one_of_sport(open_page: OpenPage) -> None:
    officer, leader = open_page(role="licensing_officer"), open_page(role="district_leader")
    receiving = open_page(role="complaints_clerk")
    entry = licensing.overdue_entries(officer)[1]
    journey = licensing.begin(officer, entry, "转为非学科类", receiving="sport", activity="sport")
    licensing.step(officer, journey, "报送董事会决议", board_for="4", board_all="6")
    licensing.step(officer, journey, "提交申请")
    licensing.make(officer, journey, "受理")
    licensing.find_in_order(officer, journey)
    licensing.take_desk(receiving, "体育")
    licensing.make(receiving, journey, "同意接收", standards_checked_on=today().isoformat())
    licensing.step(officer, journey, "准予转设")
    licensing.countersign(leader, journey)
    licensing.step(officer, journey, "确认学科班已结束")
    licensing.make(
        officer,
        journey,
        "变更主管部门",
        handed_over_on=today().isoformat(),
        acting_from=today().isoformat(),
    )
    licensing.make(
        officer,
        journey,
        "换发许可证",
        document_type="school_licence",
        issuing_department="sport",
        content="青少年体育培训（篮球）",
        new_number="151011670099002",
        valid_until=(today() + timedelta(days=3 * 365)).isoformat(),
    )
    licensing.step(officer, journey, "登记经营范围变更", registered_on=today().isoformat())
    officer.goto(entry)
    expect(officer.locator("main")).to_contain_text("151011670099002")
    expect(officer.locator("main")).to_contain_text("体育")


def test_who_misses_the_deadline_is_heard_decided_on_and_served(open_page: OpenPage) -> None:
    officer, leader = open_page(role="licensing_officer"), open_page(role="district_leader")
    entry = licensing.overdue_entries(officer)[-1]
    officer.goto(entry)
    journey = officer.locator("main .panel a", has_text="逾期认定").first.evaluate(
        "one => one.href"
    )
    licensing.make(officer, journey, "制作告知书")
    served = {"served_on": today().isoformat(), "served_how": "direct", "served_to": "前台 周敏"}
    licensing.make(
        officer,
        journey,
        "登记告知书送达",
        **{f"notice_{name}": one for name, one in served.items()},
    )
    licensing.make(
        officer,
        journey,
        "记录陈述申辩",
        statement_on=today().isoformat(),
        statement="举办者称正在与民政部门联系，请求延期。",
    )
    licensing.make(
        officer, journey, "作出决定", statement_answer="期限由市实施方案规定，不能延长。"
    )
    officer.goto(entry)
    expect(officer.locator("main")).not_to_contain_text("暂停办学")
    licensing.countersign(leader, journey)
    licensing.make(officer, journey, "登记决定书送达", **served)
    officer.goto(entry)
    expect(officer.locator("main")).to_contain_text("暂停")
    licensing.picture(officer, _PICTURES, "entry-too-late")
