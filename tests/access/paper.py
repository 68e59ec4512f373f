"""Who may open the pages of checklists, key copies and returned paper, and what they name."""

from __future__ import annotations

from typing import Any

from inspections.models import Draw, Visit

COORDINATOR = frozenset({"inspection_coordinator"})

PAPER_WHO: dict[str, frozenset[str]] = dict.fromkeys(
    (
        "inspections:new_key_copy",
        "inspections:key_sheet",
        "inspections:checklists",
        "inspections:blank_form",
        "inspections:source_papers",
        "inspections:print_source",
        "inspections:source_paper",
        "inspections:reissue_paper",
        "inspections:returns",
        "inspections:upload_scan",
        "inspections:upload_results",
        "inspections:result_template",
        "inspections:returns_tray",
        "inspections:returned_file",
        "inspections:returned_original",
        "inspections:returned_picture",
        "inspections:file_returned_page",
        "inspections:file_page_by_visit",
        "inspections:typed_visit",
    ),
    COORDINATOR,
)


def paper_kwargs() -> dict[str, dict[str, Any]]:
    """The round that is out, whose papers nobody has printed; nothing has come back yet."""
    draw = Draw.objects.filter(state="drawn").first()
    visit = Visit.objects.filter(state__in=("arrived", "ended")).first()
    assert draw
    assert visit
    number = {"number": draw.number}
    nothing = {"public_id": draw.public_id}
    paper = {**number, "name": "none"}
    return {
        "inspections:new_key_copy": number,
        "inspections:key_sheet": {**number, **nothing},
        "inspections:blank_form": {"category": "subject"},
        "inspections:source_papers": number,
        "inspections:print_source": number,
        "inspections:source_paper": paper,
        "inspections:reissue_paper": paper,
        "inspections:result_template": number,
        "inspections:returned_file": nothing,
        "inspections:returned_original": nothing,
        "inspections:returned_picture": nothing,
        "inspections:file_returned_page": nothing,
        "inspections:file_page_by_visit": {**nothing, "visit_id": visit.public_id},
        "inspections:typed_visit": {"public_id": visit.public_id},
    }
