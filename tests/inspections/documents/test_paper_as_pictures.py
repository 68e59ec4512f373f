"""Checklists looked at as pictures: what is clipped, overlaps, or cannot be read by a machine."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from inspections.core.paper.page_codes import read_page_code, read_short_code
from inspections.documents.checklists import blank_html, checklist_html, cover_html
from regulator.adapters.pdf import render_pdf
from regulator.kernel.outcomes import InvariantError
from tests.inspections.documents.papers import LONG_NAME, UNBROKEN, facts

POINTS_PER_MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 16, 12, 26, 15  # the margins of the page, in mm
WIDTH, HEIGHT = 210 * POINTS_PER_MM, 297 * POINTS_PER_MM

CASES: dict[str, dict[str, Any]] = {
    "one class": {"items": 8},
    "nothing known": {"items": 0, "classes": [], "staff": [], "findings": [], "address": ""},
    "long names": {"items": 12, "name": LONG_NAME, "address": LONG_NAME},
    "no spaces": {"items": 12, "name": UNBROKEN, "address": UNBROKEN},
    "many": {
        "items": 90,
        "staff": [
            {"name": f"教师{n}", "kind": "教学人员", "employment": "专职"} for n in range(60)
        ],
        "classes": [
            {
                "number": f"BA{n}",
                "name": UNBROKEN[:60],
                "activity": "数学",
                "dates": "2026-03-01 — 2026-05-20",
                "lessons": 24,
                "size": 30,
                "fee_yuan": "1200.00",
            }
            for n in range(40)
        ],
    },
}  # fmt: skip


@contextmanager
def opened(pdf: bytes) -> Iterator[list[pypdfium2.PdfPage]]:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = list(document)
        yield pages
        for page in pages:
            page.close()


def picture(page: pypdfium2.PdfPage, *, dots_per_inch: int) -> Image.Image:
    bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
    drawn = bitmap.to_pil().copy()
    bitmap.close()
    return drawn


def squeezed(pdf: bytes) -> str:
    """All its text without blanks."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def lines_of(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of the runs of text: left, bottom, right, top in points."""
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    text.close()
    return boxes


@pytest.fixture(scope="module", params=CASES)
def pdf(request: pytest.FixtureRequest) -> bytes:
    made, missing = printed(checklist_html(facts(**CASES[request.param])))
    assert missing == []
    return made


def test_no_text_leaves_the_paper_or_its_margins(pdf: bytes) -> None:
    with opened(pdf) as pages:
        for page in pages:
            boxes = lines_of(page)
            assert len(boxes) > 3
            assert min(box[0] for box in boxes) >= (LEFT - 0.5) * POINTS_PER_MM
            assert max(box[2] for box in boxes) <= WIDTH - (RIGHT - 0.5) * POINTS_PER_MM
            assert min(box[1] for box in boxes) >= 5 * POINTS_PER_MM
            assert max(box[3] for box in boxes) <= HEIGHT - 5 * POINTS_PER_MM


def test_no_two_runs_of_text_lie_on_each_other(pdf: bytes) -> None:
    with opened(pdf) as pages:
        for page in pages:
            boxes = sorted(lines_of(page), key=lambda box: (-box[3], box[0]))
            overlapping = [
                (one, other)
                for number, one in enumerate(boxes)
                for other in boxes[number + 1 :]
                if covered(one, other) > 0.3
            ]
            assert overlapping == []


def covered(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """How much of the smaller box the two share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return width * height / max(min(areas), 1e-6)


def test_every_page_says_by_machine_and_by_hand_which_it_is(pdf: bytes) -> None:
    with opened(pdf) as pages:
        for number, page in enumerate(pages, start=1):
            found = zxingcpp.read_barcodes(picture(page, dots_per_inch=100))
            assert len(found) == 1
            code = read_page_code(found[0].text)
            assert code is not None
            assert (code.source, code.place) == ("510116-2026-001", "P000001")
            assert (code.page, code.version) == (number, 1)
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        printed = re.search(r"短码\s*([0-9A-Z-]+)", page.extract_text())
        assert printed is not None
        short = read_short_code(printed[1])
        assert short is not None
        assert (short.serial, short.page) == ("7K4M2P", number)


def test_the_code_keeps_its_quiet_zone(pdf: bytes) -> None:
    """Four modules around it are white: nothing is printed between it and the page's text."""
    dots_per_mm = 8
    with opened(pdf) as pages:
        for page in pages:
            drawn = picture(page, dots_per_inch=round(dots_per_mm * 25.4))
            # 18 mm wide, 12 mm from the right and 5 mm from the upper edge; 29 modules at most
            left, upper = (210 - 12 - 18) * dots_per_mm, 5 * dots_per_mm
            side, quiet = 18 * dots_per_mm, 2 * dots_per_mm
            strips = (
                (left - quiet, upper - quiet, left - 2, upper + side),
                (left - quiet, upper + side + 3, left + side + quiet, upper + side + quiet),
            )
            assert [drawn.crop(box).getextrema()[0] for box in strips] == [255, 255]


def test_its_text_can_be_taken_out(pdf: bytes) -> None:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert "\ufffd" not in page.extract_text()


class Missing(logging.Handler):
    """Collects what WeasyPrint says of characters that no font of the machine has."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in record.getMessage():
            self.said.append(record.getMessage())


def printed(html: str) -> tuple[bytes, list[str]]:
    """The PDF, and the characters that could not be drawn."""
    missing, log = Missing(), logging.getLogger("weasyprint")
    log.addHandler(missing)
    try:
        return render_pdf(html), missing.said
    finally:
        log.removeHandler(missing)


def test_a_character_that_no_font_has_is_noticed() -> None:
    _pdf, missing = printed(checklist_html(facts(items=2, name="明德\U0010fffd学校")))
    assert len(missing) > 0


def test_what_is_handed_to_the_paper_is_on_it_whole(pdf: bytes, request: Any) -> None:
    case = CASES[request.node.callspec.params["pdf"]]
    text = squeezed(pdf)
    known = facts(**case)
    for words in (known["institution"]["name"], known["address"]):
        assert re.sub(r"\s", "", words) in text
    for one in known["staff"]:
        assert one["name"] in text
    for one in known["findings"]:
        assert one["text"] in text
    assert text.count(known["classes"][0]["name"] if known["classes"] else "") >= 1


def test_a_departments_head_never_stands_alone_at_the_foot_of_a_page() -> None:
    for items in range(6, 22, 3):
        pdf = render_pdf(checklist_html(facts(items=items)))
        for page in PdfReader(io.BytesIO(pdf)).pages:
            lines = [line for line in page.extract_text().splitlines() if line.strip()]
            for line, following in pairwise(lines):
                assert not (re.match(r".*（\d+ 项）$", line) and "短码" in following)


def test_a_cover_names_distances_people_and_equipment() -> None:
    route = [
        {
            "register_id": f"P00000{number}",
            "institution": LONG_NAME if number == 2 else "明德学校",
            "principal": "王某",
            "address": UNBROKEN if number == 2 else "顺城街 8 号",
            "area": "东升街道",
            "distance": {1: "", 2: "1.4", 3: ""}[number],
        }
        for number in (1, 2, 3)
    ]
    pdf = render_pdf(cover_html({**facts(), "name": "team-1", "route": route}))
    text = squeezed(pdf)
    for words in ("起点", "1.4km", "位置未标定", "执法记录仪", "川A0001", LONG_NAME, UNBROKEN):
        assert words in text
    with opened(pdf) as pages:
        found = zxingcpp.read_barcodes(picture(pages[0], dots_per_inch=100))
        code = read_page_code(found[0].text)
        assert code is not None
        assert code.place == "TEAM-1"


def test_a_blank_form_names_its_category_and_has_no_code() -> None:
    known = facts(items=12)
    html = blank_html({**known, "category": "学科类", "members": []})
    pdf = render_pdf(html)
    with opened(pdf) as pages:
        for page in pages:
            assert zxingcpp.read_barcodes(picture(page, dots_per_inch=100)) == []
    text = squeezed(pdf)
    assert "学科类，空白" in text
    assert "短码" not in text


def test_a_paper_with_more_pages_than_codes_is_not_printed() -> None:
    html = checklist_html(facts(items=8)).replace("510116-2026-001/P000001/2/1-DV", "")
    short = re.sub(r'content="([^ "]+) [^"]*"', r'content="\1"', html, count=1)
    with pytest.raises(InvariantError):
        render_pdf(short)
