"""What the portal's and the desk's pages of notices share: the list, one notice, mark all read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.selectors.notices import notice_counts, notice_for, notices_for
from institutions.services.notice_reading import read_all, read_notice
from institutions.views.register_pages import actor_of

PAGE_ROWS = 50
STATES = ("", "unread", "read")


def list_context(request: HttpRequest) -> dict[str, Any]:
    """A page of the desk's notices, unread first, and the tabs with their counts."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    counts = notice_counts(actor)
    labels = (
        ("", _("全部"), counts.total),
        ("unread", _("未读"), counts.unread),
        ("read", _("已读"), counts.read),
    )
    return {
        "page": Paginator(notices_for(actor, state), PAGE_ROWS).get_page(request.GET.get("page")),
        "counts": counts,
        "state": state,
        "tabs": [
            {
                "label": label,
                "url": f"?state={key}" if key else "?",
                "current": key == state,
                "count": count,
            }
            for key, label, count in labels
        ],
    }


def opened_notice(
    request: HttpRequest, public_id: UUID, *, template: str, list_name: str
) -> HttpResponse:
    """One notice; opening it is reading it, and says who did."""
    actor = actor_of(request)
    notice = notice_for(actor, public_id)
    if notice is None:
        raise Http404
    read = read_notice(notice=notice, actor=actor, at=timezone.now())
    crumbs = [{"label": _("通知"), "url": reverse(list_name)}, {"label": _("这一条")}]
    context = {"notice": read, "institution": notice.institution, "crumbs": crumbs}
    return render(request, template, context)


def all_read(request: HttpRequest, *, list_name: str) -> HttpResponse:
    """Every notice of the desk is read."""
    count = read_all(actor=actor_of(request), at=timezone.now())
    if count:
        text = ngettext("%(count)d 条通知已标为已读。", "%(count)d 条通知已标为已读。", count)
        messages.success(request, text % {"count": count})
    return redirect(list_name)
