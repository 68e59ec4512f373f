"""A draw recomputed in the visitor's own browser: on the site, and kept on disk without network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from inspections.core.draw.verification import verify_bundle
from inspections.documents.verifier import verifier_script
from tests.browser.conftest import PHONE, OpenPage
from tests.inspections.core.draw.altering import (
    altered_structures,
    altered_values,
    is_named,
    random_bundles,
)

_ANSWER = "text => { const found = verifyBundle(readJson(text)); return found; }"
_MANY = "texts => texts.map((text) => verifyBundle(readJson(text)))"


def _open_draw(page: Page) -> str:
    page.goto("/draws/")
    page.get_by_role("link", name="春季校外培训机构双随机检查").first.click()
    page.get_by_role("link", name="自己核对", exact=True).click()
    expect(page.get_by_text("全部重算一致")).to_be_visible()
    return page.url


def test_a_visitor_recomputes_a_round_and_another_digest_is_told(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    _open_draw(page)
    page.fill("#verify-outside", "0" * 64)
    page.get_by_role("button", name="再算一遍").click()
    expect(page.get_by_text("有对不上的地方")).to_be_visible()
    expect(page.locator("[data-verify-lines]")).to_contain_text("与另外给出的摘要")


def test_the_kept_page_answers_without_any_network(
    open_page: OpenPage, browser: Browser, tmp_path: Path
) -> None:
    page = open_page()
    _open_draw(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="下载可离线核对的网页").click()
    kept = tmp_path / "verify.html"
    started.value.save_as(kept)
    asked: list[str] = []
    alone = browser.new_context(offline=True)
    try:
        opened = alone.new_page()
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(kept.as_uri())
        expect(opened.get_by_text("全部重算一致")).to_be_visible()
        forged = _carried(opened)
        forged["witnesses"] = ["另一个人"]
        other = tmp_path / "forged.json"
        other.write_text(json.dumps(forged), encoding="utf-8")
        opened.set_input_files("#verify-file", other)
        expect(opened.get_by_text("有对不上的地方")).to_be_visible()
        expect(opened.locator("[data-verify-lines]")).to_contain_text("witnesses")
        assert asked == [kept.as_uri()]
    finally:
        alone.close()


def _carried(page: Page) -> dict[str, Any]:
    text = page.evaluate("document.querySelector('[data-verify-bundle]').textContent")
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_browser_names_what_the_server_names_and_draws_the_same(browser: Browser) -> None:
    context = browser.new_context(offline=True)
    try:
        page = context.new_page()
        page.add_script_tag(content=verifier_script())
        for path, bundle in altered_values(500, seed=20261121):
            found = page.evaluate(_ANSWER, json.dumps(bundle))
            named = {one["path"] for one in found["differences"]}
            named |= {place for one in found["differences"] for place in one["among"]}
            assert is_named(path, named), path
        for path, bundle in altered_structures(200, seed=99):
            found = page.evaluate(_ANSWER, json.dumps(bundle))
            here = {(one["path"], one["code"]) for one in found["differences"]}
            there = {(one.path, one.code) for one in verify_bundle(bundle).differences}
            assert here == there != set(), path
        bundles = list(random_bundles(1000, seed=12))
        for bundle, found in zip(
            bundles, page.evaluate(_MANY, [json.dumps(one) for one in bundles]), strict=True
        ):
            assert (found["differences"], found["digest"]) == ([], bundle["digest"])
    finally:
        context.close()
