"""One served district and one Chromium for all browser tests; a fresh context for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.serving import Served, served_district
from tests.browser.walking import sign_in
from tests.marking import chromium_path

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A busy machine may answer late; what never comes still fails.
EXPECTED_WITHIN_MS = 20_000


@pytest.fixture(scope="session")
def district_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small seeded district behind real web, worker and beat processes."""
    with served_district(tmp_path_factory.mktemp("district"), institutions=40) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    expect.set_options(timeout=EXPECTED_WITHIN_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
        )
        yield opened
        opened.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, district_served: Served) -> Iterator[OpenPage]:
    """`open_page(role="filing_reviewer", viewport=PHONE, language="en")` → a signed-in page."""
    contexts: list[BrowserContext] = []

    def opened(
        *, role: str = "", viewport: dict[str, int] | None = None, language: str = "zh-hans"
    ) -> Page:
        context = browser.new_context(
            viewport=viewport or DESKTOP, base_url=district_served.url, locale="zh-CN"
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "django_language", "value": language, "url": district_served.url}]
        )
        page = context.new_page()
        if role:
            sign_in(page, *district_served.logins[role])
        return page

    yield opened
    for context in contexts:
        context.close()
