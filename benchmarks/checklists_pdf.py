"""checklists.pdf: a round's papers as the task renders them, against WeasyPrint alone."""

from __future__ import annotations

from benchmarks.measuring import Entry, Goal, medians_of_long_runs
from inspections.documents.checklists import checklist_html
from regulator.adapters.pdf import render_pdf
from regulator.adapters.pdf_processes import render_pdfs
from tests.inspections.documents.papers import facts

PAPERS = 200


def entries() -> list[Entry]:
    papers = [facts(items=24, name=f"第{n}培训学校") for n in range(PAPERS)]
    pages = [checklist_html(paper) for paper in papers]
    ours, theirs = medians_of_long_runs(
        lambda: list(render_pdfs(map(checklist_html, papers), count=PAPERS)),
        lambda: [render_pdf(page) for page in pages],
    )
    return [
        Entry(
            "checklists.pdf",
            ours,
            f"s for {PAPERS} checklists",
            "WeasyPrint, one process",
            theirs,
            Goal("ratio", "<=", 0.55),
        )
    ]
