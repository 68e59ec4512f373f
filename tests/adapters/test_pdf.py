"""The PDF engine prints from the product's own files and refuses every other address."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.template import engines
from pypdf import PdfReader

from regulator.adapters.pdf import render_pdf
from regulator.kernel.outcomes import AdapterError

LETTER = """{% extends "documents/base.html" %}
{% block title %}通知{% endblock %}
{% block content %}<p class="number">某教〔2026〕12号</p><h1>通知</h1><p>TEXT</p>{% endblock %}"""


def _pages(html: str) -> list[list[str]]:
    reader = PdfReader(BytesIO(render_pdf(html)))
    return [page.extract_text().splitlines() for page in reader.pages]


def test_a_page_of_an_official_document_has_22_lines_of_28_characters() -> None:
    html = engines["django"].from_string(LETTER.replace("TEXT", "培训机构" * 400)).render()
    pages = _pages(html)
    body = [line for line in pages[1] if "—" not in line]
    assert len(body) == 22
    assert {len(line.strip()) for line in body} == {28}
    assert [line.strip() for line in pages[1] if "—" in line] == ["— 2 —"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/hostname",
        "static:nothing/there.png",
        "static:../../etc/hostname",
    ],
)
def test_an_address_outside_the_product_stops_the_document(address: str) -> None:
    with pytest.raises(AdapterError):
        render_pdf(f'<p>字</p><img src="{address}">')


def test_pictures_inside_the_document_are_printed() -> None:
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    assert _pages(f'<p>图</p><img src="{pixel}">') == [["图"]]
