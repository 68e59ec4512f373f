"""Every page each role can reach by links: whole in English, on a phone, and without an error."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, OpenPage
from tests.linked import ENTRANCES, ROLES, is_page, shape

_LINKS = "a[href]:not([download])"
# What a sentence of ours would contain; quotation marks and 元 in data stand in lang="zh".
_HAN_OUTSIDE_DATA = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!/[\\u4e00-\\u9fff]/.test(node.data)) continue;
    if (parent.closest('[lang^="zh"], script, style, template')) continue;
    found.push(node.data.trim().slice(0, 60));
  }
  return found;
}"""
_WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - window.innerWidth"


def crawl(page: Page, *, most: int) -> Iterator[str]:
    """Visit one page of every kind, from the entrances, by links alone; downloads are no pages."""
    waiting, seen = list(ENTRANCES), set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        response = page.goto(path)
        assert response is not None, path
        if path in ENTRANCES and response.status in (403, 404):
            continue
        assert response.status < 400, f"{path} answered {response.status}"
        yield path
        links = page.eval_on_selector_all(_LINKS, "all => all.map(one => one.href)")
        own = urlsplit(page.url).netloc
        waiting += [
            urldefrag(link).url.split(own, 1)[1]
            for link in links
            if urlsplit(link).netloc == own and is_page(link)
        ]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "visitor")
def test_every_page_is_whole_in_english_and_on_a_phone(open_page: OpenPage, role: str) -> None:
    page = open_page(role=role, viewport=PHONE, language="en")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: (
            errors.append(f"{page.url}: {said.text}")
            if said.type == "error" and "status of 40" not in said.text
            else None
        ),
    )
    chinese: dict[str, list[str]] = {}
    wide: dict[str, int] = {}
    for path in crawl(page, most=120):
        if left := page.evaluate(_HAN_OUTSIDE_DATA):
            chinese[path] = left[:5]
        if (over := page.evaluate(_WIDER_THAN_SCREEN)) > 0:
            wide[path] = over
    assert (chinese, wide, errors) == ({}, {}, [])
