"""What the views of papers share: the paper or 404, its line in a list, its kept bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from institutions.choices.papers import PAPER_KIND_LABELS, paper_badge
from institutions.models import Paper
from institutions.selectors.papers import paper_for
from institutions.views.register_pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.adapters.storage import read_stored
from regulator.kernel.outcomes import Refusal, Refused


def paper_or_404(
    request: HttpRequest, public_id: UUID, action: Action = Action.PAPER_READ
) -> Paper:
    """A paper that the actor's desk reaches."""
    paper = paper_for(actor_of(request), public_id, action)
    if paper is None:
        raise Http404
    return paper


def paper_lines(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """Papers as a list shows them."""
    return [
        {
            "paper": paper,
            "title": PAPER_KIND_LABELS[paper.kind],
            "badge": badge_of(paper),
        }
        for paper in papers
    ]


def badge_of(paper: Paper) -> Any:
    """The state of a paper."""
    return paper_badge(
        is_void=paper.is_void,
        is_rendered=paper.is_rendered,
        is_served=paper.served_on is not None,
    )


def called(paper: Paper) -> str:
    """How a paper is called on a page: kind and number."""
    return f"{PAPER_KIND_LABELS[paper.kind]} {paper.number_text}".strip()


def crumbs_to(paper: Paper, label: Any = "") -> list[dict[str, Any]]:
    """The way from the list of papers to one, or to a page of it."""
    crumbs: list[dict[str, Any]] = [{"label": _("文书"), "url": reverse("papers:list")}]
    if not label:
        return [*crumbs, {"label": called(paper)}]
    return [*crumbs, {"label": called(paper), "url": paper_url(paper)}, {"label": label}]


def paper_url(paper: Paper) -> str:
    """A paper's page at the desk."""
    return reverse("papers:paper", args=[paper.public_id])


def kept_file(paper: Paper) -> HttpResponse:
    """The kept bytes of a paper, shown in the browser under its own name."""
    if not paper.is_rendered:
        raise Refused(Refusal("paper.not_rendered", {"paper": called(paper)}))
    name = f"{called(paper)}.pdf"
    return _private(paper.sha256, media_type="application/pdf", name=name)


def kept_scan(paper: Paper) -> HttpResponse:
    """The scan filed beside a paper; its media type was told from its bytes."""
    if not paper.scan_sha256:
        raise Http404
    return _private(paper.scan_sha256, media_type=paper.scan_media_type, name=paper.scan_name)


def _private(sha256: str, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(read_stored(sha256), content_type=media_type)
    disposition = content_disposition_header(as_attachment=False, filename=name)
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["Cache-Control"] = "private, no-store"
    return response
