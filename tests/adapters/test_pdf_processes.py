"""Many PDFs at once: in their order, with the same errors, and nothing left running."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from regulator.adapters.pdf_processes import render_pdfs
from regulator.kernel.outcomes import AdapterError


def _page(number: int, *, more: str = "") -> str:
    return f"<html lang='zh'><body><p>Page {number}</p>{more}</body></html>"


def _said(pdf: bytes) -> str:
    return PdfReader(BytesIO(pdf)).pages[0].extract_text().strip()


def _children() -> set[int]:
    lists = Path("/proc/self/task").glob("*/children")
    return {int(child) for one in lists for child in one.read_text().split()}


@pytest.fixture(autouse=True)
def _two_processes(settings: Settings) -> Iterator[None]:
    settings.PDF_PROCESSES = 2
    before = _children()
    yield
    assert _children() == before


@pytest.mark.parametrize("count", [0, 1, 3, 4, 25])
def test_pages_come_back_in_their_order(count: int) -> None:
    pages = (_page(number) for number in range(count))
    assert [_said(pdf) for pdf in render_pdfs(pages, count=count)] == [
        f"Page {number}" for number in range(count)
    ]


def test_a_forbidden_address_in_one_page_is_said_as_by_one_process() -> None:
    pages = [_page(1), _page(2), _page(3, more='<img src="file:///etc/hostname">'), _page(4)]
    with pytest.raises(
        AdapterError, match="文书模板引用了不允许的地址：file:///etc/hostname"
    ) as told:
        list(render_pdfs(pages, count=4))
    assert told.value.retryable is False


def test_the_processes_find_the_static_files_of_the_product_and_no_others() -> None:
    style = '<link rel="stylesheet" href="static:{}">'
    named = [_page(number, more=style.format("inspections/checklist.css")) for number in range(4)]
    for number, pdf in enumerate(render_pdfs(named, count=4)):
        assert f"Page {number}" in _said(pdf)
        assert "第 1 页" in _said(pdf), "the sheet's foot"
    outside = "../../inspections/models/__init__.py"
    pages = [*named[:3], _page(3, more=style.format(outside))]
    with pytest.raises(AdapterError, match="文书模板引用了不允许的地址"):
        list(render_pdfs(pages, count=4))


def test_a_process_that_was_killed_is_said_and_may_be_tried_again() -> None:
    found = render_pdfs((_page(number) for number in range(50)), count=50)
    assert _said(next(found)) == "Page 0"
    for child in _children():
        os.kill(child, signal.SIGKILL)
    with pytest.raises(AdapterError, match="生成 PDF 的进程中途停了") as told:
        list(found)
    assert told.value.retryable is True


def test_a_batch_left_in_the_middle_leaves_no_process() -> None:
    before = _children()
    found = render_pdfs((_page(number) for number in range(50)), count=50)
    assert _said(next(found)) == "Page 0"
    assert len(_children() - before) == 2
    found.close()
    assert _children() == before
