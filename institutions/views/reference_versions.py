"""A version of a reference table at the desk: what it changes, its rows, how they are edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.reference_tables import KIND_LABELS
from institutions.core.reference_states import OPEN_STATES
from institutions.core.reference_tables.columns import TABLES
from institutions.core.reference_tables.rows import row_label
from institutions.forms.reference import ReferenceFilterForm, ReferenceRowForm
from institutions.models import TableRow, TableVersion
from institutions.selectors.reference_pages import (
    change_counts,
    chosen_changes,
    row_for,
    standing,
    told_changes,
    versions_in,
)
from institutions.selectors.reference_rows import changes_of
from institutions.selectors.reference_tables import edition_cautions
from institutions.services.reference_rows import remove_row, restore_shipped, set_row
from institutions.views.reference_moves import offered_moves
from institutions.views.reference_pages import (
    PAGE_ROWS,
    crumbs_of,
    exported,
    may_do,
    row_context,
    version_or_404,
    version_title,
)
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.web.templatetags.web import chinese_runs

_FORM = "desk/reference/form.html"


@require_GET
@page_for(Action.REFERENCE_READ)
def version_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a version is, what it changes row by row, and what may be done with it."""
    version = version_or_404(request, public_id)
    kind, today = version.table.kind, timezone.localdate()
    own = versions_in(actor_of(request)).filter(table=version.table)
    changes = changes_of(version)
    form = ReferenceFilterForm(request.GET)
    change, text = form.values()
    shown = chosen_changes(kind, changes, change=change, text=text)
    page = Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    context = _version_context(request, version) | {
        "badge": standing(version, own, today),
        "counts": change_counts(changes),
        "change_count": len(changes),
        "form": form,
        "page": page,
        "changes": told_changes(kind, page.object_list),
        "cautions": [chinese_runs(one) for one in edition_cautions(version)],
        "moves": offered_moves(request, version),
        "may_try": version.state in OPEN_STATES
        and may(actor_of(request), Action.FILING_TRY, Target(version.table.division_id)),
        "crumbs": crumbs_of(kind, {"label": version_title(version)}),
    }
    return render(request, "desk/reference/version.html", context)


@require_GET
@page_for(Action.REFERENCE_READ)
def version_rows_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every row of a version, searched, paged, given out, and edited while it is a draft."""
    version = version_or_404(request, public_id)
    kind = version.table.kind
    file = exported(request, version, kind)
    if file is not None:
        return file
    context = _version_context(request, version) | row_context(request, version, kind)
    context |= {
        "is_shipped": bool(TABLES[kind].shipped),
        "crumbs": version_crumbs(version, _("全部行")),
    }
    return render(request, "desk/reference/rows.html", context)


@page_for(Action.REFERENCE_EDIT)
def row_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a row to a draft."""
    version = version_or_404(request, public_id)
    if not version.is_editable:
        return redirect("reference:version", public_id)
    form = ReferenceRowForm(posted(request), spec=TABLES[version.table.kind])

    def act(_values: dict[str, Any]) -> None:
        _set(request, version, form, key="")

    return _row_form(request, version, form, act, title=_("增加一行"), submit=_("增加"))


@page_for(Action.REFERENCE_EDIT)
def row_edit(request: HttpRequest, public_id: UUID, row_id: int) -> HttpResponse:
    """Change a row of a draft."""
    version = version_or_404(request, public_id)
    if not version.is_editable:
        return redirect("reference:version", public_id)
    row = row_or_404(version, row_id)
    spec = TABLES[version.table.kind]
    form = ReferenceRowForm(posted(request), initial=row.cells, spec=spec)

    def act(_values: dict[str, Any]) -> None:
        _set(request, version, form, key=row.key)

    return _row_form(request, version, form, act, title=_("修改一行"), submit=_("保存"), row=row)


@page_for(Action.REFERENCE_EDIT)
def row_remove(request: HttpRequest, public_id: UUID, row_id: int) -> HttpResponse:
    """Take a row out of a draft, after asking once."""
    version = version_or_404(request, public_id)
    if not version.is_editable:
        return redirect("reference:version", public_id)
    row = row_or_404(version, row_id)

    def act(_values: dict[str, Any]) -> None:
        remove_row(version=version, key=row.key, actor=actor_of(request), at=timezone.now())

    words: dict[str, Any] = {"title": _("删去一行"), "submit": _("删去"), "danger": True}
    return _row_form(request, version, Form(posted(request)), act, row=row, **words)


@page_for(Action.REFERENCE_EDIT)
def version_restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a draft hold the shipped rows again."""
    version = version_or_404(request, public_id)
    if not version.is_editable:
        return redirect("reference:version", public_id)

    def act(_values: dict[str, Any]) -> None:
        restore_shipped(version=version, actor=actor_of(request), at=timezone.now())

    words: dict[str, Any] = {"title": _("恢复为系统自带的表"), "submit": _("恢复"), "danger": True}
    words["lede"] = _("草稿里本区自己的改动都会去掉。批准并生效以前，现行的表不变。")
    return _row_form(request, version, Form(posted(request)), act, **words)


def row_or_404(version: TableVersion, row_id: int) -> TableRow:
    """A row of the version."""
    row = row_for(version, row_id)
    if row is None:
        raise Http404
    return row


def version_crumbs(version: TableVersion, label: str) -> list[dict[str, Any]]:
    """The way from the list of tables to a page of a version."""
    url = reverse("reference:version", args=[version.public_id])
    here = {"label": version_title(version), "url": url}
    return crumbs_of(version.table.kind, here, {"label": label})


def _version_context(request: HttpRequest, version: TableVersion) -> dict[str, Any]:
    division = version.table.division_id
    may_edit = may_do(request, Action.REFERENCE_EDIT, division)
    return {
        "version": version,
        "kind": version.table.kind,
        "label": KIND_LABELS[version.table.kind],
        "is_editable": version.is_editable and may_edit,
    }


def _set(request: HttpRequest, version: TableVersion, form: ReferenceRowForm, *, key: str) -> None:
    set_row(
        version=version, key=key, texts=form.texts(), actor=actor_of(request), at=timezone.now()
    )


def _row_form(
    request: HttpRequest,
    version: TableVersion,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    row: TableRow | None = None,
    **words: Any,
) -> HttpResponse:
    refusals = acted(request, form=form, act=act)
    back = reverse("reference:rows", args=[version.public_id])
    if refusals is None:
        messages.success(request, _("已办理：%(what)s。") % {"what": words["title"]})
        return redirect(back)
    context = {
        **words,
        "form": form,
        "refusals": refusals,
        "row_label": row_label(TABLES[version.table.kind], row.cells) if row else "",
        "cancel_url": back,
        "crumbs": version_crumbs(version, words["title"]),
    }
    return render(request, _FORM, context)
