"""Reference tables at the desk: the list, what binds today in one, its versions and history."""

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
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.reference_tables import KIND_LABELS, KIND_TEXTS
from institutions.core.reference_tables.columns import TABLES
from institutions.models import TableVersion
from institutions.resources.exchange_files import KIND_LABELS as FILE_KIND_LABELS
from institutions.resources.exchange_files import KINDS
from institutions.resources.reference_files import reference_export
from institutions.selectors.reference_moves import REFERENCE_DEPARTMENT
from institutions.selectors.reference_pages import (
    listed,
    listed_columns,
    searched_rows,
    table_events,
    table_line,
    table_lines,
    told_events,
    version_for,
    version_lines,
    versions_in,
)
from institutions.selectors.reference_rows import version_rows
from institutions.services.reference_rows import open_draft
from institutions.views.register_pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
HISTORY_ROWS = 30


def kind_or_404(kind: str) -> str:
    """A table's code."""
    if kind not in TABLES:
        raise Http404
    return kind


def version_or_404(request: HttpRequest, public_id: UUID) -> TableVersion:
    """A version that the actor's desk may read."""
    version = version_for(actor_of(request), public_id)
    if version is None:
        raise Http404
    return version


def may_do(request: HttpRequest, action: Action, division: str = "") -> bool:
    """Whether the desk may edit or approve tables of a division; its own without one named."""
    actor = actor_of(request)
    return may(actor, action, Target(division or actor.division, REFERENCE_DEPARTMENT))


def crumbs_of(kind: str = "", *last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the list of tables over one to a page of it."""
    trail: list[dict[str, Any]] = [{"label": _("参照表"), "url": reverse("reference:list")}]
    if kind:
        url = reverse("reference:table", args=[kind]) if last else ""
        trail.append({"label": KIND_LABELS[kind], "url": url})
    return [*trail, *last]


def version_title(version: TableVersion) -> str:
    """`第 3 版`."""
    return _("第 %(number)s 版") % {"number": version.number}


def export_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Where the rows as they are searched can be had as files."""
    query = request.GET.copy()
    query.pop("page", None)
    return [
        {"label": label, "url": f"?{query.urlencode()}&export={kind}"}
        for kind, label in FILE_KIND_LABELS.items()
    ]


def exported(request: HttpRequest, version: TableVersion | None, kind: str) -> HttpResponse | None:
    """The rows as a file, if one was asked for: all of them, or those that hold the text."""
    wanted = request.GET.get("export", "")
    if wanted not in KINDS:
        return None
    text = request.GET.get("q", "").strip()
    if not text:
        return reference_export(TABLES[kind], version_rows(version, kind=kind).values(), wanted)
    found = searched_rows(version, kind, text)
    rows = [getattr(row, "cells", row) for row in found]
    return reference_export(TABLES[kind], rows, wanted)


def row_context(request: HttpRequest, version: TableVersion | None, kind: str) -> dict[str, Any]:
    """A page of the rows of a version, or of the shipped table, that hold the text asked for."""
    text = request.GET.get("q", "").strip()[:60]
    page = Paginator(searched_rows(version, kind, text), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    return {
        "page": page,
        "rows": listed(kind, page.object_list),
        "columns": listed_columns(kind),
        "q": text,
        "exports": export_links(request),
    }


@require_GET
@page_for(Action.REFERENCE_READ)
def table_list(request: HttpRequest) -> HttpResponse:
    """Every table: what binds today, what is coming, what waits for somebody."""
    context = {
        "lines": table_lines(actor_of(request).division, timezone.localdate()),
        "may_edit": may_do(request, Action.REFERENCE_EDIT),
        "crumbs": crumbs_of(),
    }
    return render(request, "desk/reference/list.html", context)


@require_GET
@page_for(Action.REFERENCE_READ)
def table_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One table: the rows that bind classes starting today, and its versions."""
    actor, today = actor_of(request), timezone.localdate()
    line = table_line(actor.division, kind_or_404(kind), today)
    file = exported(request, line.current, kind)
    if file is not None:
        return file
    own = versions_in(actor).filter(table__kind=kind, table__division=actor.division)
    context = row_context(request, line.current, kind) | {
        "line": line,
        "versions": version_lines(list(own), today),
        "may_edit": may_do(request, Action.REFERENCE_EDIT),
        "crumbs": crumbs_of(kind),
    }
    return render(request, "desk/reference/table.html", context)


@require_GET
@page_for(Action.REFERENCE_READ)
def table_history(request: HttpRequest, kind: str) -> HttpResponse:
    """Who did what to a table, when and why, cell by cell."""
    events = table_events(actor_of(request), kind_or_404(kind))
    page = Paginator(events, HISTORY_ROWS).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "label": KIND_LABELS[kind],
        "text": KIND_TEXTS[kind],
        "page": page,
        "events": told_events(kind, page.object_list),
        "crumbs": crumbs_of(kind, {"label": _("修改历史")}),
    }
    return render(request, "desk/reference/history.html", context)


@require_POST
@page_for(Action.REFERENCE_EDIT)
def draft_open(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft from what binds."""
    actor = actor_of(request)
    try:
        version = open_draft(
            division=actor.division, kind=kind_or_404(kind), actor=actor, at=timezone.now()
        )
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, reason.text)
        return redirect("reference:table", kind)
    messages.success(request, _("已新建草稿。改好以后提请批准；在那以前现行的表不变。"))
    return redirect("reference:rows", version.public_id)
