"""Run by `manage.py shell` inside the services of docker-compose.yml: opens the bureau, walks.

Production seeds nothing: desks, a few licensed institutions and inspectors are entered through
the services; everything after that goes over the web server, the worker and the beat.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from regulator.accounts.core.roles import Role
from regulator.accounts.services import record_township
from regulator.kernel.actors import SYSTEM
from regulator.pages.core.demo_institutions import plan_institutions
from regulator.pages.core.demo_words import TOWNSHIPS
from regulator.pages.services.seed_inspections import seed_directories
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import seed_register
from tests.browser import walking
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.marking import chromium_path

PASSWORD = "correct-horse-7"
DIVISION = "510116"
REGISTER_ROWS = Path(__file__).resolve().parents[1] / "fixtures" / "register_rows.csv"
INSTITUTIONS, INSPECTORS = 12, 24
READING = "3918204756"
Logins = dict[str, tuple[str, str]]
OpenPage = Callable[[str], Page]


def open_the_bureau() -> Logins:
    """The first administrator, as the handbook says; then its desks and directories."""
    os.environ["ADMINISTRATOR_PASSWORD"] = PASSWORD
    call_command("open_bureau", username="admin", name="王敏")
    at, random = timezone.now(), Random(7)
    for code, name in TOWNSHIPS:
        record_township(division=DIVISION, code=code, name=name, actor=SYSTEM, at=at)
    staff = Staff(division=DIVISION, at=at, random=random)
    for role in (
        Role.LICENSING_OFFICER,
        Role.FILING_REVIEWER,
        Role.INSPECTION_COORDINATOR,
        Role.INSPECTOR,
        Role.DISTRICT_LEADER,
    ):
        staff.open_login(role)
    plans = list(plan_institutions(count=INSTITUTIONS, division=DIVISION, random=random))
    seeded = list(seed_register(plans, staff=staff, today=timezone.localdate()))
    files = next(
        one.institution
        for one in seeded
        if one.plan.category == "subject" and one.plan.state == "in_force"
    )
    staff.open_login(Role.INSTITUTION_MANAGER, institution=files.public_id, label=files.name)
    seed_directories(staff, inspectors=INSPECTORS, at=at, random=random)
    return {one.role: (one.username, one.password) for one in staff.logins}


@contextmanager
def browsing(base_url: str, logins: Logins) -> Iterator[OpenPage]:
    """`open_page(role)` → a signed-in page in a Chromium of its own; "" is a visitor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
        )

        def opened(role: str) -> Page:
            page = browser.new_context(base_url=base_url, locale="zh-CN").new_page()
            if role:
                walking.sign_in(page, *logins[role])
            return page

        yield opened
        browser.close()


def register_goes_in(open_page: OpenPage) -> None:
    page = open_page("licensing_officer")
    walking.import_register(page, REGISTER_ROWS, other_places="kept")
    assert walking.figures(page) == {"新登记": 24, "补充或更改": 0, "没有变化": 0, "退回": 17}


def class_is_filed_reviewed_and_public(open_page: OpenPage) -> None:
    manager, visitor = open_page("institution_manager"), open_page("")
    institution = walking.own_institution(manager)
    rows = walking.classes_of(visitor, institution)
    walking.upload_filings(manager, name="冬季备案.xlsx", rows=rows)
    expect(manager.locator("h1")).to_have_text("还有 2 个班要改正")
    manager.get_by_role("button", name="提交可以提交的 2 个班").click()
    expect(manager.locator(".todo__item--done")).to_have_count(2)
    walking.approve(open_page("filing_reviewer"), "小学四年级数学甲班")
    walking.open_provider(visitor, institution)
    assert walking.public_classes(visitor) == ["小学四年级数学甲班"]
    digits = re.sub(r"\D", "", walking.facts(visitor)["证件"])
    assert walking.search_public(visitor, digits) == [institution]


def round_is_drawn_and_printed(open_page: OpenPage) -> None:
    coordinator = open_page("inspection_coordinator")
    leader = open_page("district_leader")
    plan = walking.Round(
        "岁末双随机检查", seats={"education": 2, "fire_rescue": 2}, quotas={}, teams=1
    )
    number = walking.freeze(coordinator, plan, due_in_seconds=60)
    walking.publish_commitment(leader, number)
    walking.seal_keys(coordinator, number)
    walking.read_dice(coordinator, number, reading=READING, again=READING, witnesses="罗静\n宋文")
    walking.draw(coordinator, number, approver=leader)
    walking.print_checklists(coordinator, number)
    row = coordinator.locator("main tbody tr").first
    link = row.get_by_role("link", name="PDF")
    pages = walking.pdf_text(walking.opened_file(coordinator, link))
    code = f"{number}/{row.locator('th').inner_text()}/"
    assert len(pages) >= 2
    for position, text in enumerate(pages, start=1):
        assert f"{code}{position}" in re.sub(r"\s", "", text)


def walk_the_thread() -> None:
    """Everything in turn; the first thing that is not as it should be raises."""
    logins = open_the_bureau()
    with browsing(f"http://127.0.0.1:{os.environ['PORT']}", logins) as open_page:
        register_goes_in(open_page)
        class_is_filed_reviewed_and_public(open_page)
        round_is_drawn_and_printed(open_page)
