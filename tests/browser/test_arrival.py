"""How a team says that it is there: by the institution's code, typed or scanned, or by position."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import inspecting
from tests.browser.conftest import CHROMIUM_ARGUMENTS, PHONE, OpenPage
from tests.browser.serving import Served
from tests.browser.test_field_offline import ask, deliver_everything, stop_named
from tests.browser.walking import sign_in
from tests.marking import chromium_path

HERE = {"latitude": 30.5712, "longitude": 103.9241, "accuracy": 12}
# The platform's reader of codes, which Chromium on Linux names and does not have: it is handed
# the camera's own frames and reads them in earnest.
READER = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    const text = await window.readCode(canvas.toDataURL("image/png"));
    return text ? [{ rawValue: text }] : [];
  }
};
"""


@pytest.fixture(scope="module")
def order(district_served: Served) -> dict[str, Any]:
    """Three places for the inspector's team today, and the codes of their papers."""
    made: dict[str, Any] = ask(district_served, "prepare_with_papers()")
    return made | {"codes": ask(district_served, f"codes({made['order']!r})")}


def open_arrival(page: Page, name: str) -> None:
    """The visit's form of arrival; the notice has been given."""
    page.goto("/field/day/")
    expect(stop_named(page, name).last).to_be_visible(timeout=inspecting.WAIT_MS)
    stop_named(page, name).last.click()
    inspecting.give_notice(page)


def arrived(served: Served, order: dict[str, Any], name: str) -> list[Any]:
    """What the server has of one visit's beginning."""
    found: list[Any] = ask(served, f"arrivals({order['order']!r})")[name]
    return found


def test_without_a_reader_the_code_is_typed_and_that_of_another_is_refused(
    open_page: OpenPage, district_served: Served, order: dict[str, Any]
) -> None:
    page = open_page(role="inspector", viewport=PHONE)
    own, other = order["names"][:2]
    open_arrival(page, own)
    expect(page.get_by_label("机构证件上二维码下面的核验码")).to_be_visible()
    assert page.evaluate("'BarcodeDetector' in window") is False
    expect(page.get_by_role("button", name="扫机构的码")).to_have_count(0)
    for typed, answer in (("", "请输入核验码。"), (order["codes"][other][0], "这不是这家机构的码")):
        page.get_by_label("机构证件上二维码下面的核验码").fill(typed)
        page.get_by_role("button", name="按核验码登记到场").click()
        expect(page.get_by_text(answer)).to_be_visible()
    page.get_by_label("机构证件上二维码下面的核验码").fill(order["codes"][own][0].lower())
    page.get_by_role("button", name="按核验码登记到场").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "arrived")
    deliver_everything(page)
    assert arrived(district_served, order, own)[:2] == ["arrived", "code"]


def test_a_position_is_asked_for_and_kept_and_a_refused_one_says_what_to_do(
    open_page: OpenPage, district_served: Served, order: dict[str, Any]
) -> None:
    page = open_page(role="inspector", viewport=PHONE)
    name = order["names"][1]
    open_arrival(page, name)
    page.get_by_role("button", name="按定位登记到场").click()
    expect(page.get_by_text("没有取得位置。")).to_be_visible(timeout=inspecting.WAIT_MS)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)  # type: ignore[arg-type]
    page.get_by_role("button", name="按定位登记到场").click()
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "arrived")
    deliver_everything(page)
    kept = ["arrived", "position", HERE["latitude"], HERE["longitude"]]
    assert arrived(district_served, order, name) == kept


def camera_file(path: Path, text: str) -> Path:
    """A film of a QR code on white, as Chromium's camera shows it: raw frames of 4:2:0."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8, border=6)
    code = Image.open(drawn).convert("L")
    frame = Image.new("L", (640, 480), 255)
    frame.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    plane = b"FRAME\n" + frame.tobytes() + b"\x80" * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + plane * 4)
    return path


def read_code(picture: str) -> str:
    """The text of a code in a picture, empty where there is none."""
    data = base64.b64decode(picture.split(",", 1)[1])
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)).convert("RGB"))
    return found[0].text if found else ""


@pytest.fixture
def phone_with_camera(
    browser: Browser, district_served: Served, order: dict[str, Any], tmp_path: Path
) -> Iterator[Page]:
    """A phone whose camera looks at the QR code of the third place's paper."""
    film = camera_file(tmp_path / "code.y4m", order["codes"][order["names"][2]][1])
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    opened = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *camera]
    )
    context = opened.new_context(viewport=PHONE, base_url=district_served.url, locale="zh-CN")  # type: ignore[arg-type]
    context.grant_permissions(["camera"])
    context.expose_function("readCode", read_code)
    context.add_init_script(READER)
    yield context.new_page()
    opened.close()


def test_the_camera_reads_the_code_on_the_institutions_paper(
    phone_with_camera: Page, district_served: Served, order: dict[str, Any]
) -> None:
    page, name = phone_with_camera, order["names"][2]
    sign_in(page, *district_served.logins["inspector"])
    open_arrival(page, name)
    page.get_by_role("button", name="扫机构的码").click()
    page.evaluate("window.dispatchEvent(new Event('online'))")  # something is sent meanwhile
    expect(page.locator("[data-visit]")).to_have_attribute("data-state", "arrived")
    deliver_everything(page)
    assert arrived(district_served, order, name)[:2] == ["arrived", "code"]
