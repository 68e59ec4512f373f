"""A version of a reference table moves at the desk, and takes in the rows of a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.choices.reference_problems import column_label, problem_text
from institutions.choices.reference_tables import (
    DANGEROUS_MOVES,
    DONE_TEXTS,
    KIND_LABELS,
    MOVE_LABELS,
    MOVE_LEDES,
)
from institutions.core.reference_states import MOVES, VersionState, moves_from
from institutions.core.reference_tables.columns import TABLES
from institutions.forms.reference import REPLACE, ReferenceFileForm, move_details, move_form
from institutions.models import TableVersion
from institutions.resources.reference_files import read_reference
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.reference_moves import (
    REFERENCE_DEPARTMENT,
    first_day_offered,
    moves_of_another,
)
from institutions.selectors.reference_pages import change_counts
from institutions.selectors.reference_rows import changes_of
from institutions.services.reference_import import FileLine, ImportResult, import_rows
from institutions.services.reference_moves import move_version
from institutions.views.exchange_pages import upload_bytes
from institutions.views.reference_pages import crumbs_of, may_do, version_or_404, version_title
from institutions.views.reference_returns import sealed_rows
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.accounts.views.access import page_for

_SHOWN_LINES = 200
_FIRST = ("propose", "approve", "end")
_COUNTED = ("propose", "approve", "send_back", "discard")


def offered_moves(request: HttpRequest, version: TableVersion) -> list[dict[str, Any]]:
    """The moves that the version's state knows and the actor's desk may make."""
    division, user = version.table.division_id, actor_of(request).user_id
    not_theirs = moves_of_another(version, user)
    return [
        {
            "label": MOVE_LABELS[move.name],
            "url": reverse("reference:move", args=[version.public_id, move.name]),
            "is_primary": move.name in _FIRST,
        }
        for move in moves_from(VersionState(version.state))
        if move.name not in not_theirs and may_do(request, move.action, division)
    ]


@page_for(Action.REFERENCE_READ)
def version_move(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """One move of a version: what it asks for, what follows, and every reason against it."""
    if move not in MOVES:
        raise Http404
    version = version_or_404(request, public_id)
    actor = actor_of(request)
    require(actor, MOVES[move].action, Target(version.table.division_id, REFERENCE_DEPARTMENT))
    form = move_form(move, posted(request), initial=_initial(version, move))

    def act(values: dict[str, Any]) -> None:
        details = move_details(values)
        move_version(version=version, name=move, details=details, actor=actor, at=timezone.now())

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, str(DONE_TEXTS[move]))
        return redirect("reference:version", public_id)
    return render(request, "desk/reference/form.html", _context(version, move, form, refusals))


def _initial(version: TableVersion, move: str) -> dict[str, Any]:
    if move == "propose":
        on = version.effective_from or first_day_offered(version, timezone.localdate())
        return {"on": on, "basis": version.basis, "reason": version.reason}
    if move == "ask_end":
        return {"on": first_day_offered(version, timezone.localdate())}
    return {}


def _context(version: TableVersion, move: str, form: Any, refusals: list[Any]) -> dict[str, Any]:
    back = reverse("reference:version", args=[version.public_id])
    here = {"label": version_title(version), "url": back}
    return {
        "form": form,
        "refusals": refusals,
        "title": MOVE_LABELS[move],
        "lede": MOVE_LEDES[move],
        "submit": MOVE_LABELS[move],
        "danger": move in DANGEROUS_MOVES,
        "version": version,
        "counts": change_counts(changes_of(version)) if move in _COUNTED else None,
        "table_label": KIND_LABELS[version.table.kind],
        "cancel_url": back,
        "crumbs": crumbs_of(version.table.kind, here, {"label": MOVE_LABELS[move]}),
    }


@page_for(Action.REFERENCE_EDIT)
def version_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the rows of a file into a draft: the good ones go in, the others are listed."""
    version = version_or_404(request, public_id)
    if not version.is_editable:
        return redirect("reference:version", public_id)
    form = ReferenceFileForm(posted(request), request.FILES or None)
    results: list[ImportResult] = []
    refusals = acted(request, form=form, act=lambda values: _take(request, version, form, results))
    if results and not results[0].refused:
        messages.success(request, _result_text(results[0]))
        return redirect("reference:version", public_id)
    back = reverse("reference:rows", args=[public_id])
    here = {"label": version_title(version), "url": back}
    context = {
        "version": version,
        "form": form,
        "refusals": refusals or [],
        "result": _told_result(results[0]) if results else None,
        "sealed": sealed_rows(version, results[0]) if results else "",
        "cancel_url": back,
        "crumbs": crumbs_of(version.table.kind, here, {"label": _("导入")}),
    }
    return render(request, "desk/reference/import.html", context)


def _take(
    request: HttpRequest,
    version: TableVersion,
    form: ReferenceFileForm,
    results: list[ImportResult],
) -> None:
    lines = _lines(form, version)
    if lines is None:
        return
    result = import_rows(
        version=version,
        lines=lines,
        replace_all=form.cleaned_data["mode"] == REPLACE,
        actor=actor_of(request),
        at=timezone.now(),
    )
    results.append(result)


def _lines(form: ReferenceFileForm, version: TableVersion) -> tuple[FileLine, ...] | None:
    """The file's rows; None after saying in the form why it cannot be taken."""
    data = upload_bytes(form)
    if data is None:
        return None
    name = form.cleaned_data["file"].name
    try:
        return read_reference(data, file_name=name, spec=TABLES[version.table.kind])
    except UnreadableRegister as problem:
        form.add_error("file", str(problem))
        return None


def _result_text(result: ImportResult) -> str:
    return _(
        "已导入：新增 %(added)s 行，修改 %(changed)s 行，删去 %(removed)s 行，%(kept)s 行没有变。"
    ) % {
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "kept": result.kept,
    }


def _told_result(result: ImportResult) -> dict[str, Any]:
    """The import in words, and the rows that stayed out with row, column and reason."""
    problems = [
        {
            "number": one.line.number,
            "column": column_label(problem.column),
            "text": problem_text(problem),
        }
        for one in result.refused
        for problem in one.problems
    ]
    return {
        "text": _result_text(result),
        "refused_count": len(result.refused),
        "problems": problems[:_SHOWN_LINES],
        "hidden": max(len(problems) - _SHOWN_LINES, 0),
    }
