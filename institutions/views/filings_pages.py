"""What the portal's pages of filings share: who asks, for which institution, the way to a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Institution
from institutions.selectors.filings import own_institution
from regulator.kernel.actors import Actor

Crumb = tuple[str, str]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return actor


def institution_or_404(request: HttpRequest) -> Institution:
    """The institution whose desk the person holds."""
    institution = own_institution(actor_of(request))
    if institution is None:
        raise Http404
    return institution


def section_tabs(current: str, *, drafts: int = 0) -> list[dict[str, Any]]:
    """The parts of what an institution keeps about its classes."""
    parts = (
        ("filings:portal", _("备案"), None),
        ("filings:drafts", _("草稿"), drafts or None),
        ("materials:portal", _("培训材料"), None),
        ("filings:mappings", _("平台表栏目对应"), None),
    )
    return [
        {"label": label, "url": reverse(name), "current": name == current, "count": count}
        for name, label, count in parts
    ]


def crumbs(*trail: Crumb) -> list[dict[str, str]]:
    """The way to a page of the portal's filings: (label, url), the page itself without url."""
    steps = ((_("课程备案"), reverse("filings:portal")), *trail)
    return [{"label": label, "url": url} for label, url in steps]
