"""A paper as PDF, from nothing but what was frozen when it was issued."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader

from institutions.choices.papers import PAPER_KIND_LABELS
from institutions.choices.register import DOCUMENT_TYPE_LABELS
from institutions.core.papers.kinds import LICENCE_KINDS
from institutions.core.papers.offices import TYPEFACES
from institutions.core.papers.wording import head_size_mm, licence_step
from institutions.models import Paper
from regulator.adapters.pdf import render_pdf

_CHECK_ROWS = 8
_LICENCE_FACTS = (
    "name", "address", "principal", "sponsors", "school_type", "content",
    "competent_department", "issuing_authority", "remarks",
)  # fmt: skip


def paper_pdf(paper: Paper) -> bytes:
    """The PDF of an issued paper."""
    return render_pdf(paper_html(paper))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def paper_html(paper: Paper) -> str:
    """A paper before it is set; Chinese, whatever the language of the person who issued it."""
    facts = paper.facts
    office = facts.get("office", {})
    with translation.override("zh-hans"):
        context = {
            "paper": paper,
            "facts": facts,
            "office": office,
            "title": str(PAPER_KIND_LABELS[paper.kind]),
            "typefaces": css_families(office.get("typefaces") or {}),
            "head_size_mm": head_size_mm(str(office.get("name", ""))),
            "qr": qr_image(str(facts.get("verify_url", ""))),
            "site": _shown_site(str(facts.get("verify_url", ""))),
        }
        if paper.kind in LICENCE_KINDS:
            context |= _licence_context(facts)
        return render_to_string(f"documents/papers/{paper.kind}.html", context)


def qr_image(text: str) -> str:
    """A QR code as a data URI that the PDF engine embeds as a drawing."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2)


def css_families(typefaces: Mapping[str, Any]) -> dict[str, str]:
    """The families of each role of type as CSS writes them, best first."""
    chosen = {role: typefaces.get(role) or families for role, families in TYPEFACES.items()}
    return {
        role: ", ".join(f'"{family}"' for family in families) for role, families in chosen.items()
    }


def _licence_context(facts: Mapping[str, Any]) -> dict[str, Any]:
    checks = list(facts.get("checks") or [])
    texts = [str(facts.get(name) or "") for name in _LICENCE_FACTS]
    return {
        "step": licence_step(texts),
        "document": str(
            DOCUMENT_TYPE_LABELS.get(str(facts.get("document_type", "")), "办学许可证")
        ),
        "checks": checks,
        "empty_checks": range(max(_CHECK_ROWS - len(checks), 0)),
    }


def _shown_site(url: str) -> str:
    """Where a paper is verified by hand: the address without the paper's own part."""
    return url.split("/verify/")[0] + "/verify/" if "/verify/" in url else url
