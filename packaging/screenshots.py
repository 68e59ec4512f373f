"""`make screenshots`: walks the running demonstration in the system's Chromium.

Uses the demonstration that answers on PORT; where none does, it is started and stopped again.
Pictures go to docs/screenshots/; a page that is not reached ends the run with its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotThere

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
PORT = int(os.environ.get("PORT", "8000"))
DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "var"))
BASE = f"http://127.0.0.1:{PORT}"
DESK_WIDTH, PHONE_WIDTH = 1440, 390
START_S = 600
# A bar that sticks to the window would lie over the content of a whole page.
UNSTICK = """document.querySelectorAll(".class-form__actions, .selection-bar")
    .forEach((bar) => { bar.style.position = "static"; })"""
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


@dataclass(frozen=True)
class Shot:
    """A picture: who looks (empty: anyone), where, and what is followed from there.

    A step of `follow` is the selector of a link, or an address that begins with `./`. `whole`
    takes the page to its end. `filled` is typed by label, and what the page says to it awaited.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()
    width: int = DESK_WIDTH
    language: str = "zh-hans"
    whole: bool = False
    filled: tuple[tuple[str, str], ...] = ()


# A class that ends too late in the evening and teaches what comes years later.
CLASS_TYPED = (
    ("班级名称", "六年级数学提高班"),
    ("培训类别", "学科类"),
    ("学科或项目", "数学"),
    ("招生对象", "六年级"),
    ("培训方式", "线下"),
    ("开班日期", "2026-12-08"),
    ("结课日期", "2027-01-14"),
    ("上课星期", "周二、周四"),
    ("上课时间", "19:20-20:50"),
    ("培训内容", "一元二次方程的解法。"),
)
PROVIDER = "main a[href^='/providers/']"
SHOTS = (
    Shot("public-home", "", "/"),
    Shot("public-home-phone", "", "/", width=PHONE_WIDTH),
    Shot("public-home-english", "", "/", language="en"),
    Shot("public-search", "", "/search/?q=艺"),
    Shot("public-provider", "", "/search/?q=艺", (PROVIDER,)),
    Shot("public-provider-phone", "", "/search/?q=艺", (PROVIDER,), width=PHONE_WIDTH),
    Shot("public-draw", "", "/draws/", ("main a[href^='/draws/5']",)),
    Shot("login", "", "/login/"),
    Shot("desk-today", "filing_reviewer", "/desk/"),
    Shot("desk-queue", "filing_reviewer", "/desk/filings/"),
    Shot(
        "desk-review",
        "filing_reviewer",
        "/desk/filings/?part=breach",
        ("main tbody a[href*='/filings/']",),
        whole=True,
    ),
    Shot("desk-appraisals", "filing_reviewer", "/desk/appraisals/"),
    Shot(
        "desk-vote",
        "expert",
        "/desk/appraisals/mine/",
        ("main tbody a[href*='/mine/']",),
        whole=True,
    ),
    Shot("desk-reference", "administrator", "/desk/reference/"),
    Shot(
        "desk-reference-table",
        "administrator",
        "/desk/reference/",
        ("main tbody a[href^='/desk/reference/versions/']", "./rows/"),
    ),
    Shot(
        "desk-trial",
        "administrator",
        "/desk/trials/",
        ("main tbody a[href^='/desk/trials/']",),
        whole=True,
    ),
    Shot("public-rules", "", "/rules/"),
    Shot("public-rule", "", "/rules/staff-double/", whole=True),
    Shot("desk-register", "licensing_officer", "/desk/register/"),
    Shot(
        "desk-institution",
        "licensing_officer",
        "/desk/register/",
        ("main tbody a[href*='/register/']",),
    ),
    Shot("desk-licensing", "licensing_officer", "/desk/"),
    Shot("desk-journeys", "licensing_officer", "/desk/journeys/"),
    Shot(
        "desk-journey",
        "licensing_officer",
        "/desk/journeys/?kind=reregistration",
        ("main tbody a[href^='/desk/journeys/']",),
        whole=True,
    ),
    Shot(
        "desk-overdue",
        "licensing_officer",
        "/desk/journeys/?kind=missed_deadline",
        ("main tbody a[href^='/desk/journeys/']",),
        whole=True,
    ),
    Shot("desk-wave", "licensing_officer", "/desk/waves/", ("main a[href^='/desk/waves/0']",)),
    Shot("portal-journeys", "institution_manager", "/portal/journeys/"),
    Shot("desk-draw", "inspection_coordinator", "/desk/draws/", ("main tbody a[href*='/draws/']",)),
    Shot("desk-returns", "inspection_coordinator", "/desk/returns/", whole=True),
    Shot(
        "desk-ceremony",
        "inspection_coordinator",
        "/desk/draws/",
        ("main tbody a[href*='/draws/']", "./ceremony/"),
    ),
    Shot("desk-escrow", "fee_supervisor", "/desk/escrow/"),
    Shot(
        "desk-refund",
        "fee_supervisor",
        "/desk/refunds/?part=all&state=decided",
        ("main tbody a[href^='/desk/refunds/']",),
        whole=True,
    ),
    Shot("desk-differences", "fee_supervisor", "/desk/bank/"),
    Shot("desk-calendar", "administrator", "/desk/calendars/"),
    Shot("desk-english", "district_leader", "/desk/", language="en"),
    Shot("portal-home", "institution_manager", "/portal/"),
    Shot("portal-filings", "institution_manager", "/portal/filings/"),
    Shot(
        "portal-upload",
        "institution_manager",
        "/portal/filings/",
        ("main a[href*='/filings/uploads/']",),
    ),
    Shot(
        "portal-class",
        "institution_manager",
        "/portal/filings/drafts/new/",
        whole=True,
        filled=CLASS_TYPED,
    ),
    Shot(
        "parent-contract",
        "parent",
        "/parent/",
        ("main li:not(:has(.quiet)) a[href^='/parent/contracts/']",),
        width=PHONE_WIDTH,
        whole=True,
    ),
    Shot("field-teams-phone", "inspector", "/field/teams/", width=PHONE_WIDTH),
)


def answers() -> bool:
    """Whether the demonstration is there."""
    try:
        with urllib.request.urlopen(f"{BASE}/healthz/", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def demonstration() -> Iterator[None]:
    """The running demonstration, or one of our own for the time of the walk."""
    if answers():
        yield
        return
    command = [sys.executable, "manage.py", "prepare", "--then", "web", "worker", "beat"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        ends_at = time.monotonic() + START_S
        while not answers():
            if process.poll() is not None or time.monotonic() > ends_at:
                sys.exit("The demonstration did not start.")
            time.sleep(1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def accounts() -> dict[str, tuple[str, str]]:
    """Role → user and password of the demonstration."""
    listed = (DATA_DIR / "demo-accounts.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in listed.splitlines() if line)
    return {role: (user, password) for role, user, password in rows}


def log_in(page: Page, user: str, password: str) -> None:
    page.goto(f"{BASE}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def address(page: Page, selector: str) -> str:
    """Where the first link of a selector leads."""
    return str(page.locator(selector).first.get_attribute("href", timeout=5_000))


def fill_in(page: Page, filled: tuple[tuple[str, str], ...]) -> None:
    """Types and chooses by label, then waits for the check that the page makes by itself."""
    for label, text in filled:
        field = page.get_by_label(label).first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.locator("#check .check__title").first.wait_for()


def take(browser: Browser, shot: Shot, known: dict[str, tuple[str, str]]) -> None:
    """Goes there as the role and takes the picture, fonts loaded and nothing moving."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": 900},
        device_scale_factor=2 if shot.width == PHONE_WIDTH else 1,
        reduced_motion="reduce",
        locale="zh-CN" if shot.language == "zh-hans" else "en-GB",
    )
    context.add_cookies([{"name": "django_language", "value": shot.language, "url": BASE}])
    page = context.new_page()
    if shot.role:
        log_in(page, *known[shot.role])
    page.goto(BASE + shot.path)
    for step in shot.follow:
        page.goto(urljoin(page.url, step if step.startswith("./") else address(page, step)))
    if shot.filled:
        fill_in(page, shot.filled)
    page.evaluate("document.fonts.ready")
    if shot.whole:
        page.evaluate(UNSTICK)
    page.screenshot(path=str(FOLDER / f"{shot.name}.png"), full_page=shot.whole)
    context.close()


# Of the licences that were issued: the original that stands first.
LICENCE = "licence"
LICENCE_DPI = 90
PAPER_FILE = "main a[href$='/paper.pdf']"
RENDER_WAIT_MS = 120_000


def take_licence(browser: Browser, known: dict[str, tuple[str, str]]) -> str:
    """The paper itself, as its bytes were kept, drawn from the PDF."""
    context = browser.new_context(base_url=BASE, locale="zh-CN")
    page = context.new_page()
    log_in(page, *known["licensing_officer"])
    page.goto("/desk/papers/?kind=licence_original")
    page.goto(address(page, "main tbody a[href*='/papers/']"))
    # Of a demonstration just made, papers are still drawn: the page looks again by itself.
    page.locator(PAPER_FILE).first.wait_for(timeout=RENDER_WAIT_MS)
    file = context.request.get(address(page, PAPER_FILE))
    with pypdfium2.PdfDocument(file.body()) as document:
        document[0].render(scale=LICENCE_DPI / 72).to_pil().save(FOLDER / f"{LICENCE}.png")
    context.close()
    return LICENCE


# One walk with the phone: the day, a visit entered without network, the same delivered.
FIELD = ("field-day", "field-visit", "field-synced")
SHOWN_ANSWERS = ("符合", "符合", "不符合")
ANSWER_CODES = {"符合": "meets", "不符合": "fails"}
FIELD_WAIT_MS = 60_000
BEGUN = ".field-stop--arrived a"


def take_field(browser: Browser, known: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The inspector's own day on a phone; the first run begins a visit, later ones open it."""
    context = browser.new_context(
        viewport={"width": PHONE_WIDTH, "height": 844},
        device_scale_factor=2,
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=BASE,
    )
    page = context.new_page()
    log_in(page, *known["inspector"])
    page.goto("/field/day/")
    page.locator("[data-field-ready=yes]").wait_for(state="attached", timeout=FIELD_WAIT_MS)
    stops = page.locator(".field-stop").first
    try:
        stops.wait_for(timeout=FIELD_WAIT_MS // 4)
    except NotThere:
        sys.exit("field-day: this demonstration's inspector was not drawn into a team.")
    yield _field_picture(page, "field-day")
    context.set_offline(True)
    page.reload()
    stops.wait_for(timeout=FIELD_WAIT_MS)
    begun = page.locator(BEGUN).first
    if begun.count():
        begun.click()
        page.locator("[data-item]").first.wait_for(timeout=FIELD_WAIT_MS)
        _answer(page, len(SHOWN_ANSWERS) - 1, "符合")
        _answer(page, len(SHOWN_ANSWERS) - 1, SHOWN_ANSWERS[-1])
        page.evaluate("window.scrollTo(0, 0)")
    else:
        page.locator(".field-stop--approved a").first.click()
        _begin_visit(page)
    yield _field_picture(page, "field-visit")
    context.set_offline(False)
    page.locator("[data-field-waiting]", has_text="全部送达").wait_for(timeout=FIELD_WAIT_MS)
    page.goto("/field/day/")
    page.locator("[data-field-status]", has_text="已联网").wait_for(timeout=FIELD_WAIT_MS)
    shown = page.locator(BEGUN).first
    shown.evaluate("(stop) => stop.scrollIntoView({ block: 'center' })", timeout=FIELD_WAIT_MS)
    yield _field_picture(page, "field-synced")
    context.close()


def _begin_visit(page: Page) -> None:
    """The notice, the arrival, the first answers, as a team enters them."""
    page.get_by_label("收到检查通知的人").fill("前台值班人员")
    page.get_by_role("button", name="已出示并送达").click()
    page.get_by_label("手工登记的原因").fill("门口没有张贴许可证，无码可扫")
    page.get_by_role("button", name="手工登记到场").click()
    page.locator("[data-item]").first.wait_for(timeout=FIELD_WAIT_MS)
    for place, answer in enumerate(SHOWN_ANSWERS):
        _answer(page, place, answer)
    page.evaluate("window.scrollTo(0, 0)")


def _answer(page: Page, place: int, answer: str) -> None:
    """Taps an answer and waits until the device has kept it."""
    card = page.locator("[data-item]").nth(place)
    card.get_by_text(answer, exact=True).click()
    kept = f"[data-item][data-answer='{ANSWER_CODES[answer]}']"
    card.and_(page.locator(kept)).wait_for()


def _field_picture(page: Page, name: str) -> str:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=str(FOLDER / f"{name}.png"))
    return name


def main(names: list[str]) -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("没有 Chromium / no Chromium on this machine", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with demonstration(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        for shot in wanted:
            take(browser, shot, accounts())
            print(f"docs/screenshots/{shot.name}.png", flush=True)
        if not names or LICENCE in names:
            print(f"docs/screenshots/{take_licence(browser, accounts())}.png", flush=True)
        if not names or set(names) & set(FIELD):
            for name in take_field(browser, accounts()):
                print(f"docs/screenshots/{name}.png", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
