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

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
PORT = int(os.environ.get("PORT", "8000"))
DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "var"))
BASE = f"http://127.0.0.1:{PORT}"
DESK_WIDTH, PHONE_WIDTH = 1440, 390
START_S = 600
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
    takes the page to its end.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()
    width: int = DESK_WIDTH
    language: str = "zh-hans"
    whole: bool = False


SHOTS = (
    Shot("public-home", "", "/"),
    Shot("public-home-phone", "", "/", width=PHONE_WIDTH),
    Shot("public-home-english", "", "/", language="en"),
    Shot("public-search", "", "/search/?q=艺"),
    Shot("public-provider", "", "/search/?q=艺", ("main a[href^='/providers/']",)),
    Shot(
        "public-provider-phone",
        "",
        "/search/?q=艺",
        ("main a[href^='/providers/']",),
        width=PHONE_WIDTH,
    ),
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
    Shot(
        "desk-ceremony",
        "inspection_coordinator",
        "/desk/draws/",
        ("main tbody a[href*='/draws/']", "./ceremony/"),
    ),
    Shot("desk-escrow", "fee_supervisor", "/desk/escrow/"),
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
    Shot("portal-class", "institution_manager", "/portal/filings/drafts/new/"),
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
    page.evaluate("document.fonts.ready")
    page.screenshot(path=str(FOLDER / f"{shot.name}.png"), full_page=shot.whole)
    context.close()


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
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
