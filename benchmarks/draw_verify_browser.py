"""draw.verify_browser: a round of 20,000 premises recomputed by the page in Chromium."""

from __future__ import annotations

import json
import statistics

from playwright.sync_api import sync_playwright

from benchmarks.measuring import RUNS, Entry, Goal
from inspections.core.draw.bundles import Ceremony, draw_lots
from inspections.documents.verifier import verifier_script
from tests.inspections.core.draw.samples import KEY, make_frame
from tests.marking import chromium_path

OBJECTS, INSPECTORS = 20_000, 600
UNIT = f"s for {OBJECTS:,} premises in Chromium"
GOAL = Goal("value", "<=", 5.0)
_TIMED = """text => {
  const started = performance.now();
  const found = verifyBundle(readJson(text));
  return [(performance.now() - started) / 1000, found.differences.length, found.digest];
}"""


def _bundle() -> dict[str, object]:
    objects = [
        (f"P{number:06d}", "ABCD"[number % 4], f"510116{number % 30:03d}")
        for number in range(OBJECTS)
    ]
    departments = ("culture-tourism", "education", "fire-rescue", "market-regulation")
    inspectors = [(f"I{number:05d}", departments[number % 4]) for number in range(INSPECTORS)]
    frame = make_frame(
        objects, {"A": 250, "B": 500, "C": 1000, "D": 2000}, inspectors, team_count=40
    )
    return draw_lots(frame, [], key=KEY, readings=["3141592653"], ceremony=Ceremony())


def entries() -> list[Entry]:
    """Median of the page's own clock; `value` is None where no Chromium is installed."""
    executable = chromium_path()
    if executable is None:
        return [Entry("draw.verify_browser", None, UNIT, goal=GOAL)]
    bundle = _bundle()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(content=verifier_script())
        answers = [page.evaluate(_TIMED, json.dumps(bundle)) for _ in range(RUNS)]
        browser.close()
    assert [answer[1:] for answer in answers] == [[0, bundle["digest"]]] * RUNS
    taken_s = statistics.median(answer[0] for answer in answers)
    return [Entry("draw.verify_browser", taken_s, UNIT, goal=GOAL)]
