"""The field page with no network: three visits with large photos, through stops, reopened browsers
and lost answers; afterwards each record is on the server exactly once."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import CHROMIUM_ARGUMENTS, PHONE
from tests.browser.inspecting import WAIT_MS, arrive_by_hand, give_notice, open_part, waiting
from tests.browser.outing import PLACES
from tests.browser.serving import ROOT, Served, free_port, wait_until_ready
from tests.browser.walking import sign_in
from tests.browser.wire import Wire
from tests.marking import chromium_path

PHOTO_BYTES = 5 * 1024 * 1024
_UNTIL_DELIVERED = 600


class Server:
    """A web process of its own on the district's data, to be stopped and started again."""

    def __init__(self, served: Served) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = served.environment | {"PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "supervise", "web"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until_ready(self.url, self.process, 120)

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)
            self.process = None


@pytest.fixture
def server(district_served: Served) -> Iterator[Server]:
    made = Server(district_served)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    with Wire(server.url).open() as made:
        yield made


def ask(served: Served, call: str) -> Any:
    """What a function of `tests.browser.outing` prints, run inside the district."""
    program = f"from tests.browser import outing; outing.{call}"
    answer = served.manage("shell", "-v", "0", "-c", program)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.strip().splitlines()[-1])


@contextmanager
def device(browser: Browser, folder: Path, url: str) -> Iterator[Page]:
    """A phone whose browser is opened on what it kept, and closed again."""
    context: BrowserContext = browser.browser_type.launch_persistent_context(
        str(folder),
        executable_path=chromium_path(),
        args=CHROMIUM_ARGUMENTS,
        viewport=PHONE,  # type: ignore[arg-type]
        base_url=url,
        locale="zh-CN",
    )
    try:
        yield context.pages[0] if context.pages else context.new_page()
    finally:
        context.close()


def stop_named(page: Page, name: str) -> Locator:
    """A premises on the day's list."""
    return page.locator(".field-stop__link", has_text=name)


def picture(number: int) -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(number).randbytes(PHOTO_BYTES - 4)


def visit_one(page: Page, name: str, number: int, folder: Path) -> None:
    """One visit from the notice to its end, as a person taps it."""
    stop_named(page, name).click()
    give_notice(page)
    arrive_by_hand(page)
    cards = page.locator("[data-item]")
    cards.nth(0).get_by_text("不符合", exact=True).click()
    expect(cards.nth(0)).to_have_attribute("data-answer", "fails")
    cards.nth(1).get_by_text("符合", exact=True).click()
    expect(cards.nth(1)).to_have_attribute("data-answer", "meets")
    page.get_by_role("button", name=re.compile("其余 [0-9]+ 项记为")).click()
    expect(page.locator("[data-item][data-answer='']")).to_have_count(0, timeout=WAIT_MS)
    open_part(page, "photos")
    file = folder / f"{number}.jpg"
    file.write_bytes(picture(number))
    page.set_input_files("input[name=photos]", file)
    expect(page.get_by_text("已拍 1 张")).to_be_visible(timeout=WAIT_MS)
    sign(page)
    open_part(page, "end")
    page.get_by_label("发现问题待后续处理").check()
    page.get_by_role("button", name="结束这次检查").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "ended")
    page.get_by_role("link", name="← 今天的路线").click()


def sign(page: Page) -> None:
    """Draw a line on the pad and save it under a name."""
    open_part(page, "sign")
    page.get_by_label("签名人姓名").fill("前台")
    pad = page.locator("canvas.sign-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="保存签名").click()
    expect(page.locator("[data-part=sign] summary").get_by_text("1")).to_be_visible()


def deliver_everything(page: Page) -> None:
    """Come back into the network as often as it takes."""
    for _ in range(_UNTIL_DELIVERED):
        if waiting(page) == 0:
            return
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(150)
    raise AssertionError(f"{waiting(page)} records never arrived")


def kept_on_device(page: Page) -> int:
    """How many records the device still holds, delivered ones too."""
    page.wait_for_timeout(1000)
    count: int = page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map((one) => one.name);
          let count = 0;
          for (const name of names.filter((one) => one.startsWith("field-"))) {
            const opened = await new Promise((done) => {
              const asked = indexedDB.open(name);
              asked.onsuccess = () => done(asked.result);
            });
            const rows = opened.transaction("records").objectStore("records").count();
            count += await new Promise((done) => { rows.onsuccess = () => done(rows.result); });
            opened.close();
          }
          return count;
        }"""
    )
    return count


def losing_some() -> Any:
    """Loses the first answer to every picture and to every eighth record; then lets it pass."""
    seen: set[str] = set()

    def lose(path: str, body: bytes) -> bool:
        if not path.startswith("/field/sync/v1/"):
            return False
        record = hashlib.sha256(path.encode() + body).hexdigest()
        is_chosen = "pictures" in path or int(record, 16) % 8 == 0
        if record in seen or not is_chosen:
            return False
        seen.add(record)
        return True

    return lose


def test_three_visits_without_network_arrive_exactly_once(
    browser: Browser, district_served: Served, server: Server, wire: Wire, tmp_path: Path
) -> None:
    order = ask(district_served, "prepare()")
    user, word = district_served.logins["inspector"]
    phone = tmp_path / "phone"
    with device(browser, phone, wire.url) as page:
        sign_in(page, user, word)
        page.goto("/field/day/")
        expect(page.locator("[data-field-ready=yes]")).to_be_attached(timeout=WAIT_MS)
        for name in order["names"]:
            expect(stop_named(page, name)).to_be_visible(timeout=WAIT_MS)
        server.stop()
        page.reload()
        expect(page.get_by_text("没有网络，先存在本机")).to_be_visible(timeout=WAIT_MS)
    with device(browser, phone, wire.url) as page:
        page.goto("/field/day/")
        for number, name in enumerate(order["names"]):
            visit_one(page, name, number, tmp_path)
        entered = waiting(page)
        assert entered > PLACES * 5
    with device(browser, phone, wire.url) as page:
        page.goto("/field/day/")
        expect(page.locator("[data-field-waiting]")).to_have_text(f"{entered} 条未送达")
        server.start()
        another_person_sees_nothing(page, district_served, order["names"])
        wire.lose = losing_some()
        sign_in(page, user, word)
        page.goto("/field/day/")
        expect(page.locator("[data-field-view] h1")).to_be_visible(timeout=WAIT_MS)
        deliver_everything(page)
        expect(page.locator("[data-field-waiting]")).to_have_text("全部送达")
        assert kept_on_device(page) == 0
    assert wire.lost >= 2 * PLACES
    stands_once(ask(district_served, f"stand({order['order']!r})"), entered)


def another_person_sees_nothing(page: Page, served: Served, names: list[str]) -> None:
    """Somebody else logs in on the same device: nothing of the first person's is shown."""
    sign_in(page, *served.logins["enforcement_officer"])
    page.goto("/field/day/")
    expect(page.get_by_text("另外 1 人没有送达的记录")).to_be_visible(timeout=WAIT_MS)
    for name in names:
        expect(page.get_by_text(name)).to_have_count(0)
    assert waiting(page) == 0
    page.get_by_role("button", name="退出并清除本机的任务资料").click()
    page.wait_for_url("**/login/**")


def stands_once(rows: list[dict[str, Any]], entered: int) -> None:
    """Each record of each visit is there exactly once."""
    assert len(rows) == PLACES
    for number, row in enumerate(rows):
        assert row["state"] == "ended"
        assert row["answers"] == row["answered"] == row["items"]
        assert row["photos"] == [hashlib.sha256(picture(number)).hexdigest()]
        assert (row["signatures"], row["members"], row["kept"]) == (1, 2, 0)
        # A notice, an arrival, a photo, a signature, an end, and the answers.
        assert row["receipts"] == row["answers"] + 5
        assert row["categories"] == ["pending"]
    assert sum(row["receipts"] for row in rows) == entered
