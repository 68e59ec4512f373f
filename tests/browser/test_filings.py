"""A class that the register stands against: found, corrected, decided and published, by hand.

FILINGS_PICTURES names a folder for pictures of what people see on the way.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import licensing, walking
from tests.browser.conftest import OpenPage

_PICTURES = Path(os.environ["FILINGS_PICTURES"]) if "FILINGS_PICTURES" in os.environ else None
_ELSEWHERE = "成都市双流区东升街道棠湖中路499号5层"


def _teacher(number: int) -> dict[str, str]:
    return {"授课教师": f"{'江河湖'[number]}老师", "资格证书号": f"2015516417933{number:04d}"}


def test_what_the_register_says_is_corrected_decided_and_published(open_page: OpenPage) -> None:
    manager, visitor = open_page(role="institution_manager"), open_page()
    reviewer = open_page(role="filing_reviewer")
    institution = walking.own_institution(manager)
    good = walking.classes_of(visitor, institution)[0] | {"上课星期": "周五"}
    address = str(good["授课地点"])
    rows = [
        good | _teacher(0) | {"班级名称": "小学四年级数学东班", "授课地点": _ELSEWHERE},
        good | _teacher(1) | {"班级名称": "冬季提高南班", "上课星期": "周三"},
        good | _teacher(1) | {"班级名称": "小学四年级数学西班", "上课星期": "周三"},
    ]
    walking.upload_filings(manager, name="冬季加班.xlsx", rows=rows)
    results = manager.url
    expect(manager.locator("h1")).to_have_text("还有 1 个班要改正")
    unlicensed = manager.locator(".todo__item", has_text="小学四年级数学东班")
    expect(unlicensed).to_contain_text("登记库中没有")
    expect(unlicensed).to_contain_text("先办理地址变更")
    licensing.picture(manager, _PICTURES, "filing-results")
    walking.correct_row(manager, "小学四年级数学东班", 授课地点=address)
    manager.goto(results)
    manager.get_by_role("button", name="提交可以提交的 3 个班").click()
    expect(manager.locator(".todo__item--done")).to_have_count(3)

    walking.open_case(reviewer, "小学四年级数学西班")
    expect(reviewer.locator("main")).to_contain_text("两个班是否合班上课")
    licensing.picture(reviewer, _PICTURES, "filing-review")
    walking.send_back(reviewer, "小学四年级数学西班", "同一教师同一时间有两个班，请错开。")
    expect(reviewer.locator("main")).to_contain_text("已退回机构")
    walking.open_case(reviewer, "冬季提高南班")
    assert walking.decide_open_findings(reviewer) >= 1
    for name in ("冬季提高南班", "小学四年级数学东班"):
        walking.approve(reviewer, name)
        expect(reviewer.locator("main")).to_contain_text("已通过")

    walking.open_provider(visitor, institution)
    shown = set(walking.public_classes(visitor))
    assert {"冬季提高南班", "小学四年级数学东班"} <= shown
    assert "小学四年级数学西班" not in shown
    licensing.picture(visitor, _PICTURES, "filing-public")
