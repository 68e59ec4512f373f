"""What a reader sees: text that can be read, controls that have names, targets that can be hit."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.serving import Served

PAGES = {
    "": ("/", "/login/", "/search/?q=培", "/no-such-page/"),
    "filing_reviewer": ("/desk/", "/desk/styleguide/", "/desk/filings/"),
    "administrator": ("/desk/people/", "/desk/audit/"),
    "institution_manager": ("/portal/", "/account/"),
}
# WCAG 2.1, 1.4.3, over the colours the browser really paints; disabled controls are exempt.
_WEAK_TEXT = """() => {
  const parse = (text) => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.alpha === 1) return colour.rgb;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest('script, style, template, svg, [disabled]')) continue;
    if (!element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [first, second] = [light(parse(style.color).rgb), light(ground(element))];
    const ratio = (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
    if (ratio < (large ? 3 : 4.5)) {
      weak.push(`${node.data.trim().slice(0, 20)} ${ratio.toFixed(2)} ${element.className}`);
    }
  }
  return weak;
}"""
_NAMELESS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((one) => one.getClientRects().length)
  .filter((one) => !(
    one.textContent.trim() || one.getAttribute('aria-label') ||
    (one.labels && [...one.labels].some((label) => label.textContent.trim())) ||
    one.querySelector('[aria-label]')))
  .map((one) => one.outerHTML.slice(0, 120))"""
_SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    'button, summary, select, .button, .input')]
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && Math.min(box.width, box.height) < least)
  .map(([one]) => one.outerHTML.slice(0, 120))"""


_REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}"""


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_in_both_themes(open_page: OpenPage, role: str, theme: str) -> None:
    page = open_page(role=role)
    page.emulate_media(color_scheme=theme)
    weak = {}
    for path in PAGES[role]:
        page.goto(path)
        weak[path] = page.evaluate(_WEAK_TEXT)
    assert weak == {path: [] for path in PAGES[role]}


@pytest.mark.parametrize("role", PAGES)
def test_every_control_has_a_name_and_every_page_one_first_heading(
    open_page: OpenPage, role: str
) -> None:
    page = open_page(role=role)
    for path in PAGES[role]:
        page.goto(path)
        assert page.evaluate(_NAMELESS) == [], path
        assert page.evaluate(_REPEATED_IDS) == [], path
        assert (page.locator("h1").count(), page.locator("main").count()) == (1, 1), path


@pytest.mark.parametrize("role", PAGES)
def test_a_phone_shows_the_whole_page_with_targets_a_finger_can_hit(
    open_page: OpenPage, role: str
) -> None:
    page = open_page(role=role, viewport=PHONE)
    for path in PAGES[role]:
        page.goto(path)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, path
        assert page.evaluate(_SMALL_TARGETS, 24) == [], path


def test_the_chosen_theme_and_text_size_stay_and_nothing_typed_is_lost(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.goto("/login/")
    page.fill("input[name=username]", "typed")
    page.click(".masthead__inner > .preferences .preferences__to-dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click(".masthead__inner > .preferences .preferences__to-large")
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    assert page.input_value("input[name=username]") == "typed"
    page.reload()
    assert page.evaluate("({...document.documentElement.dataset})") == {
        "theme": "dark",
        "text": "large",
    }


def test_rows_are_chosen_with_shift_and_walked_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(role="filing_reviewer")
    page.goto("/desk/styleguide/")
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.inner_text("[data-selection-count]") == "3"
    page.locator("[data-select-all]").click()
    assert page.inner_text("[data-selection-count]") == "5"
    page.locator("tbody th a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    third = page.locator("tbody th a").nth(2)
    assert third.evaluate("(link) => link === document.activeElement")


def test_what_was_typed_before_a_session_ended_is_given_back(
    open_page: OpenPage, district_served: Served
) -> None:
    page = open_page(role="administrator")
    page.goto("/desk/people/new/")
    page.fill("#id_username", "newcomer")
    page.fill("#id_password", "never-kept-1")
    page.context.clear_cookies(name="sessionid")
    page.click("main .form button[type=submit]")
    page.wait_for_url("**/login/**")
    assert "登录已过期" in page.inner_text("main")
    name, password = district_served.logins["administrator"]
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk/people/new/**")
    assert page.input_value("#id_username") == "newcomer"
    assert page.input_value("#id_password") == ""
