"""Checklists as PDF: one premises, a team's papers joined behind a cover, and blank forms."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader, PdfWriter

from inspections.choices.visits import CATEGORY_LABELS
from inspections.core.paper.page_codes import LAST_PAGE, PageCode, ShortCode
from regulator.adapters.pdf import render_pdf

# What a team can see on the spot; the rest of the categories the register knows.
OUTCOMES = (
    *("no_problem", "not_published", "falsely_published", "unreachable", "pending", "corrected"),
    *("no_activity", "uncooperative", "closed"),
)
EQUIPMENT = (
    *(
        "执法证（每人随身）",
        "检查通知书和本组清单",
        "执法记录仪（已充电、已校时）",
        "手机（已登录现场端）",
    ),
    *("卷尺或测距仪", "照相设备", "黑色签字笔、垫板", "现场笔录用纸", "回避和保密告知"),
)
_LINES_PER_DEPARTMENT = 2


def checklist_html(facts: Mapping[str, Any]) -> str:
    """The paper of one premises, from its frozen facts."""
    context = {
        "facts": facts,
        "code": page_code(facts),
        "codes": page_codes(facts),
        "outcomes": [CATEGORY_LABELS[one] for one in OUTCOMES],
        "lines": range(_LINES_PER_DEPARTMENT),
    }
    return _render("documents/checklist.html", context)


def cover_html(facts: Mapping[str, Any]) -> str:
    """The cover sheet of a team: who goes, where, in which order, and what they carry."""
    context = {
        "facts": facts,
        "code": page_code(facts),
        "codes": page_codes(facts),
        "equipment": EQUIPMENT,
    }
    return _render("documents/checklist_cover.html", context)


def blank_html(facts: Mapping[str, Any]) -> str:
    """A form for a category, with the published items and room for everything else."""
    context = {
        "facts": facts,
        "code": f"{facts['division']} {facts['category']}",
        "outcomes": [CATEGORY_LABELS[one] for one in OUTCOMES],
        "lines": range(_LINES_PER_DEPARTMENT),
    }
    return _render("documents/checklist_blank.html", context)


def _render(template: str, context: Mapping[str, Any]) -> str:
    """Paper is Chinese, whatever the language of the person who prints it."""
    with translation.override("zh-hans"):
        return render_to_string(template, dict(context))


def page_code(facts: Mapping[str, Any]) -> str:
    """`<draw>/<object>`, before the page's number."""
    return f"{facts['draw']}/{facts['name']}"


def page_codes(facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """The codes of the paper's pages in order: `long` for the QR, `short` for people.

    Empty for a paper that was issued before papers had a serial.
    """
    serial = facts.get("serial", "")
    if not serial:
        return {}
    place, version = str(facts["name"]).upper(), facts["version"]
    pages = range(1, LAST_PAGE + 1)
    return {
        "long": [PageCode(facts["draw"], place, page, version).text for page in pages],
        "short": [ShortCode(serial, page).text for page in pages],
    }


def team_pdf(facts: Mapping[str, Any], parts: Sequence[bytes]) -> bytes:
    """A team's cover and the papers of its premises, joined in route order."""
    writer = PdfWriter()
    for part in (render_pdf(cover_html(facts)), *parts):
        writer.append(io.BytesIO(part))
    joined = io.BytesIO()
    writer.write(joined)
    return joined.getvalue()


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
