"""checklists.pdf: a round's two-page papers as the task renders them, against WeasyPrint alone.

Both get the same HTML; WeasyPrint renders it one after another in one process, with nothing of
ours but the fetcher that knows `static:` addresses. Processor seconds a page tell more than the
clock where others work on the machine as well.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

from django.contrib.staticfiles import finders

from benchmarks.measuring import RUNS, Entry, Goal, medians_of_long_runs
from inspections.documents.checklists import checklist_html, page_count
from regulator.adapters.pdf import render_pdf
from regulator.adapters.pdf_processes import render_pdfs
from regulator.kernel.outcomes import InvariantError
from tests.inspections.documents.papers import facts

PAPERS, PAGES = 200, 2
ITEMS = 6


def entries() -> list[Entry]:
    papers = [facts(items=ITEMS, name=f"第{n}培训学校") for n in range(PAPERS)]
    pages = [checklist_html(paper) for paper in papers]
    counted = page_count(render_pdf(pages[0]))
    if counted != PAGES:
        raise InvariantError(f"清单有 {counted} 页，应当是 {PAGES} 页。")
    spent = {"ours": 0.0, "theirs": 0.0}

    def ours() -> None:
        before = _processor_seconds()
        for _pdf in render_pdfs(map(checklist_html, papers), count=PAPERS):
            pass
        spent["ours"] += _processor_seconds() - before

    def theirs() -> None:
        before = time.process_time()
        for page in pages:
            _weasyprint_alone(page)
        spent["theirs"] += time.process_time() - before

    clock, peer_clock = medians_of_long_runs(ours, theirs)
    printed = PAPERS * PAGES * RUNS
    peer = "WeasyPrint, one process"
    return [
        Entry(
            "checklists.pdf",
            clock,
            f"s for {PAPERS} checklists of {PAGES} pages",
            peer,
            peer_clock,
            Goal("ratio", "<=", 0.55),
        ),
        Entry(
            "checklists.pdf.page",
            spent["ours"] / printed,
            "processor s a page",
            peer,
            spent["theirs"] / printed,
        ),
        Entry(
            "checklists.pdf.memory",
            _peak_mib(resource.RUSAGE_CHILDREN),
            "MiB at most, a process",
            peer,
            _peak_mib(resource.RUSAGE_SELF),
        ),
    ]


def _weasyprint_alone(page: str) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Static(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            with open(str(finders.find(url.removeprefix("static:"))), "rb") as file:  # noqa: PTH123
                return URLFetcherResponse(url, file.read(), {"Content-Type": "text/css"})

    pdf: bytes = HTML(string=page, url_fetcher=Static()).write_pdf()
    return pdf


def _processor_seconds() -> float:
    """Of this process and of the processes that it started and that have ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_mib(who: int) -> float:
    peak = resource.getrusage(who).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024 / 1024
