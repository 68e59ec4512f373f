"""Checklists as PDF: one premises, and a team's papers joined behind a cover."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader, PdfWriter

from regulator.adapters.pdf import render_pdf

OUTCOMES = (
    "未发现问题",
    "未按规定公示应当公示的信息",
    "公示信息隐瞒真实情况、弄虚作假",
    "通过登记的住所无法联系",
    "发现问题待后续处理",
    "发现问题经责令已改正",
    "未发现开展本次抽查涉及的经营活动",
    "不配合检查情节严重",
    "已关闭停业或正在组织清算",
)
_LINES_PER_DEPARTMENT = 2


def checklist_html(facts: Mapping[str, Any]) -> str:
    """The paper of one premises, from its frozen facts."""
    context = {
        "facts": facts,
        "code": page_code(facts),
        "qr": qr_image(f"{page_code(facts)}/1"),
        "outcomes": OUTCOMES,
        "lines": range(_LINES_PER_DEPARTMENT),
    }
    return _render("documents/checklist.html", context)


def cover_html(facts: Mapping[str, Any]) -> str:
    """The cover sheet of a team: who goes, and where in which order."""
    context = {"facts": facts, "code": page_code(facts), "qr": qr_image(f"{page_code(facts)}/1")}
    return _render("documents/checklist_cover.html", context)


def _render(template: str, context: Mapping[str, Any]) -> str:
    """Paper is Chinese, whatever the language of the person who prints it."""
    with translation.override("zh-hans"):
        return render_to_string(template, dict(context))


def page_code(facts: Mapping[str, Any]) -> str:
    """`<draw>/<object>`, before the page's number."""
    return f"{facts['draw']}/{facts['name']}"


def qr_image(text: str) -> str:
    """A QR code as a data URI that the PDF engine embeds as a drawing."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=1)


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
