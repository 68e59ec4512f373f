"""What people do on the journeys' pages, by the words they see."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def overdue_entries(page: Page) -> list[str]:
    """The register pages of institutions that let the wave's deadline pass, oldest first."""
    page.goto("/desk/journeys/?standing=running&kind=missed_deadline")
    rows = page.locator("main tbody tr", has_text="拟认定逾期")
    addresses = rows.locator("th a").evaluate_all("all => all.map(one => one.pathname)")
    entries = []
    for address in addresses:
        page.goto(address)
        entries.append(page.locator("main a[href^='/desk/register/']").first.get_attribute("href"))
    return [entry for entry in entries if entry]


def begin(page: Page, entry: str, matter: str, **stated: str) -> str:
    """Begin a matter from an institution's page; returns the journey's own address."""
    page.goto(entry)
    page.get_by_role("link", name="办理事项").click()
    row = page.locator("main tbody tr", has=page.get_by_role("rowheader", name=matter, exact=True))
    row.get_by_role("link", name="开始办理").click()
    fill(page, **stated)
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("BJ")
    return page.url


def fill(page: Page, **stated: str) -> None:
    """Type into the form's fields by their names; choices are chosen."""
    for name, value in stated.items():
        field = page.locator(f"main form.form [name={name}]").first
        kind = field.evaluate("one => one.tagName + (one.type || '')")
        if kind.startswith("SELECT"):
            field.select_option(value)
        elif "checkbox" in kind or "radio" in kind:
            page.locator(f"main form.form [name={name}][value='{value}']").check()
        else:
            field.fill(value)


def hand_over_scan(page: Page) -> None:
    """Choose a scanned paper in the page's one file field."""
    file = {"name": "盖章扫描件.pdf", "mimeType": "application/pdf", "buffer": _PDF}
    page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def hand_in_needed(page: Page, journey: str) -> None:
    """Upload every document that this step needs and nobody has handed in."""
    page.goto(journey)
    while True:
        row = page.locator("main tbody tr", has_text="这一步要用").filter(has_text="还没有").first
        if row.count() == 0:
            return
        row.get_by_role("link", name="上传", exact=True).click()
        hand_over_scan(page)
        page.locator("main form button[type=submit]").click()
        page.goto(journey)


def find_in_order(page: Page, journey: str) -> None:
    """Find every document that waits in order."""
    page.goto(journey)
    while page.get_by_role("button", name="符合", exact=True).count():
        page.get_by_role("button", name="符合", exact=True).first.click()
        page.wait_for_load_state("load")


def make(page: Page, journey: str, move: str, **stated: str) -> None:
    """Make a move from the journey's page."""
    page.goto(journey)
    page.locator("main").get_by_role("link", name=move, exact=True).click()
    fill(page, **stated)
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".messages, main").first).to_contain_text(re.compile("已办理|已提出"))


def step(page: Page, journey: str, move: str, **stated: str) -> None:
    """Hand in and check what the step needs, then make it."""
    hand_in_needed(page, journey)
    find_in_order(page, journey)
    make(page, journey, move, **stated)


def countersign(page: Page, journey: str) -> None:
    """The leader reads the proposal and signs."""
    page.goto(journey)
    page.get_by_role("button", name="会签同意").click()
    expect(page.locator("main, .messages").first).to_contain_text("已会签")


def take_desk(page: Page, words: str) -> None:
    """Sit down at another of one's own desks, or at one that one stands in for."""
    page.goto("/account/")
    row = page.locator("main li, main tr, main .panel", has_text=words).last
    row.get_by_role("button", name="换到这个岗位").click()
    page.wait_for_load_state("load")


def picture(page: Page, folder: Path | None, name: str) -> None:
    """Keep a picture of the whole page, where pictures are asked for."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(folder / f"{name}.png"), full_page=True)
