"""An officer's notices, and what was sent to one institution."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.models import Institution
from institutions.selectors.notices import contact_of, sent_to
from institutions.services.notice_contacts import reveal_contact
from institutions.views.notices_pages import PAGE_ROWS, all_read, list_context, opened_notice
from institutions.views.register_pages import actor_of, crumbs_to, entry_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.NOTICE_READ)
def notice_list(request: HttpRequest) -> HttpResponse:
    """What this desk was told, unread first."""
    return render(request, "desk/notices/list.html", list_context(request))


@require_GET
@page_for(Action.NOTICE_READ)
def notice_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One notice, read by being opened."""
    return opened_notice(
        request, public_id, template="desk/notices/notice.html", list_name="notices:desk"
    )


@require_POST
@page_for(Action.NOTICE_READ)
def read_every(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    return all_read(request, list_name="notices:desk")


@require_GET
@page_for(Action.REGISTER_READ)
def sent_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every notice to one institution: how it travelled, and who read it when."""
    institution = entry_or_404(request, public_id)
    return render(request, "desk/notices/sent.html", _sent_context(request, institution))


@require_http_methods(["GET", "POST"])
@page_for(Action.CONTACT_REVEAL)
def reveal_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask first; on a post the addresses in full, and an event that says who saw them."""
    institution = entry_or_404(request, public_id, Action.CONTACT_REVEAL)
    context: dict[str, Any] = {
        "institution": institution,
        "contact": contact_of(institution),
        "crumbs": crumbs_to(institution, _("通知联系方式")),
    }
    if request.method == "POST":
        context["revealed"] = reveal_contact(
            institution=institution, actor=actor_of(request), at=timezone.now()
        )
    answer = render(request, "desk/notices/reveal.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _sent_context(request: HttpRequest, institution: Institution) -> dict[str, Any]:
    target = Target(division=institution.division_id)
    return {
        "institution": institution,
        "contact": contact_of(institution),
        "may_reveal": may(actor_of(request), Action.CONTACT_REVEAL, target),
        "page": Paginator(sent_to(institution), PAGE_ROWS).get_page(request.GET.get("page")),
        "crumbs": crumbs_to(institution, _("发出的通知")),
    }
