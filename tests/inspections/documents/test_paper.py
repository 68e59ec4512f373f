"""Paper: every page has its code, nothing is clipped, printing again gives the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from inspections.documents.checklists import checklist_html, page_count, team_pdf
from inspections.models import Checklist, Draw
from inspections.selectors.checklists import latest_checklists
from inspections.services.checklists import issue_checklists
from inspections.services.items import load_items
from regulator.adapters.pdf import render_pdf
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.inspections.documents.papers import LONG_NAME, UNBROKEN, facts
from tests.inspections.town import AT, DRAWN_AT, Town, committed, drawn


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("items", [0, 1, 8, 90])
def test_every_page_carries_its_code_and_its_number_of_all(items: int) -> None:
    pages = texts(render_pdf(checklist_html(facts(items=items))))
    for number, text in enumerate(pages, start=1):
        assert f"510116-2026-001/P000001/{number}" in text
        assert f"第{number}页共{len(pages)}页" in squeezed(text)
    assert "机构留存联" in pages[-1]
    assert all("检查组联" in text for text in pages[:-1])


def test_every_item_is_on_the_paper_once() -> None:
    text = squeezed("".join(texts(render_pdf(checklist_html(facts(items=90))))))
    for number in range(1, 91):
        assert text.count(f"第{number}项：") == 1


@pytest.mark.parametrize("name", [LONG_NAME, UNBROKEN])
def test_a_long_name_stands_whole_and_inside_the_page(name: str, tmp_path: Path) -> None:
    pdf = render_pdf(checklist_html(facts(name=name, address=UNBROKEN)))
    assert name in squeezed(texts(pdf)[0])
    for picture in pictures(pdf, tmp_path):
        assert margins_are_white(picture)


def pictures(pdf: bytes, folder: Path) -> list[Image.Image]:
    """Every page as a grey picture, 2 pixels a millimetre."""
    (folder / "paper.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-gray", "-r", "50.8", "-png", "paper.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page*.png"))]


def margins_are_white(picture: Image.Image) -> bool:
    """Whether the outer 8 mm hold no ink: whatever overflows its cell lands there."""
    edge = 16
    width, height = picture.size
    left = picture.crop((0, 0, edge, height)).getextrema()
    right = picture.crop((width - edge, 0, width, height)).getextrema()
    return (left[0], right[0]) == (255, 255)


def test_every_glyph_has_its_font_inside_the_file() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(checklist_html(facts()))))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described)


def test_a_team_file_is_its_cover_and_its_papers_in_route_order() -> None:
    parts = [render_pdf(checklist_html(facts(name=f"第{n}学校"))) for n in (1, 2)]
    route = [
        {
            "register_id": f"P{n}",
            "institution": f"第{n}学校",
            "address": "某街",
            "area": "某镇",
            "principal": "王某",
            "distance": "1.2",
        }
        for n in (1, 2)
    ]
    joined = team_pdf({**facts(), "name": "team-1", "route": route}, parts)
    assert page_count(joined) == 1 + sum(page_count(part) for part in parts)
    assert "510116-2026-001/team-1/1" in texts(joined)[0]


@pytest.fixture
def listed(town: Town) -> Town:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)
    return town


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


def printed(town: Town, draw: Draw) -> list[Checklist]:
    job = issue_checklists(source=draw, actor=town.coordinator, at=DRAWN_AT)
    assert job is not None
    done = run_here(job)
    assert (done.state, done.done_count) == ("done", done.total)
    return latest_checklists(draw)


def test_nothing_is_printed_before_the_draw(listed: Town) -> None:
    draw = committed(listed)
    call = lambda: issue_checklists(source=draw, actor=listed.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(call) == ["draw.wrong_state", "checklist.none_assigned"]
    assert not Checklist.objects.exists()


def test_the_facts_are_frozen_with_published_items_of_the_teams_departments(listed: Town) -> None:
    draw = drawn(listed)
    issue_checklists(source=draw, actor=listed.coordinator, at=DRAWN_AT)
    row = Checklist.objects.filter(kind="premises").first()
    assert row is not None
    departments = {one["department"]: one["items"] for one in row.facts["departments"]}
    assert len(departments) == 2
    codes = {item["code"] for items in departments.values() for item in items}
    assert {"A01", "D01", "B01"} <= codes
    assert codes.isdisjoint({"G02", "F04", "C01", "D02"})  # unpublished, fire, subject only
    assert row.facts["institution"]["name"] == row.facts["institution"]["name"].strip()
    assert len(row.facts["members"]) == 4


def test_a_picture_of_ink_in_the_margin_would_be_noticed() -> None:
    picture = Image.new("L", (420, 594), 255)
    assert margins_are_white(picture)
    picture.putpixel((410, 300), 0)
    assert not margins_are_white(picture)
