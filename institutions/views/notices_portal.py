"""An institution's notices, and where it wants to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.forms.notices import ContactForm
from institutions.models import NoticeContact
from institutions.selectors.notices import contact_of
from institutions.services.notice_contacts import change_contact
from institutions.views.filings_portal import institution_or_404
from institutions.views.notices_pages import all_read, list_context, opened_notice
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.messages import open_channels


@require_GET
@page_for(Action.NOTICE_READ_OWN)
def notice_list(request: HttpRequest) -> HttpResponse:
    """What the institution was told, unread first."""
    institution = institution_or_404(request)
    context = {**list_context(request), "contact": contact_of(institution)}
    return render(request, "portal/notices/list.html", context)


@require_GET
@page_for(Action.NOTICE_READ_OWN)
def notice_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One notice, read by being opened."""
    return opened_notice(
        request, public_id, template="portal/notices/notice.html", list_name="notices:portal"
    )


@require_POST
@page_for(Action.NOTICE_READ_OWN)
def read_every(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    return all_read(request, list_name="notices:portal")


@require_http_methods(["GET", "POST"])
@page_for(Action.CONTACT_EDIT)
def contact_page(request: HttpRequest) -> HttpResponse:
    """Where and how the institution wants to be told beside the system itself."""
    institution = institution_or_404(request)
    contact = contact_of(institution)
    form = ContactForm(posted(request), contact=contact)

    def change(_data: dict[str, Any]) -> NoticeContact:
        draft, actor, at = form.draft(), actor_of(request), timezone.now()
        return change_contact(institution=institution, draft=draft, actor=actor, at=at)

    refusals = acted(request, form=form, act=change)
    if refusals is None:
        messages.success(request, _("通知联系方式已保存。"))
        return redirect("notices:portal")
    context = {"form": form, "refusals": refusals, "contact": contact, **_around()}
    return render(request, "portal/notices/contact.html", context)


def _around() -> dict[str, Any]:
    """What stands around the form: the channels that are connected, and the way back."""
    back = reverse("notices:portal")
    return {
        "channels": open_channels(),
        "cancel_url": back,
        "crumbs": [{"label": _("通知"), "url": back}, {"label": _("通知联系方式")}],
    }
