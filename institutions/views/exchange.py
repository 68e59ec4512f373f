"""Tables at the desk: upload, what each row would do, have it written; templates, exports."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.exchange import OUTCOME_BADGES, TARGET_LABELS
from institutions.core.register.id_numbers import without_id_numbers
from institutions.forms.exchange import TableUploadForm
from institutions.models import TableImport
from institutions.resources.exchange_files import KIND_LABELS, KINDS, XLSX, attachment
from institutions.resources.exchange_lines import LineResult
from institutions.resources.exchange_reader import FieldTable
from institutions.resources.exchange_staff import staff_table
from institutions.resources.exchange_tables import premises_table
from institutions.resources.exchange_targets import (
    preview_table,
    read_table,
    stored_table,
    template,
)
from institutions.resources.register_export import register_tables
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.exchange import conflicts_in, mappings_in, table_imports_in
from institutions.selectors.register import institutions_in
from institutions.services.exchange import (
    record_given_out,
    record_table_file,
    start_table_import,
)
from institutions.services.exchange_rows import RowContext
from institutions.views.exchange_pages import crumbs, shown_line, upload_bytes
from institutions.views.register_pages import actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import store_bytes
from regulator.jobs.selectors.jobs import job_for, job_view
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
OWN_TARGETS = ("premises", "staff")


@require_GET
@page_for(Action.REGISTER_EDIT)
def home(request: HttpRequest) -> HttpResponse:
    """What can be taken in and given out, and what was."""
    actor = actor_of(request)
    kinds = [{"kind": kind, "label": label} for kind, label in KIND_LABELS.items()]
    context = {
        "targets": [
            {"code": code, "label": label, "own": code in OWN_TARGETS, "kinds": kinds}
            for code, label in TARGET_LABELS.items()
        ],
        "mappings_count": mappings_in(actor).filter(is_current=True).count(),
        "open_count": conflicts_in(actor).filter(state="open").count(),
        "page": Paginator(table_imports_in(actor), 20).get_page(request.GET.get("page")),
        "crumbs": [*crumbs()[:1], {"label": _("导入和导出")}],
    }
    return render(request, "desk/exchange/home.html", context)


@page_for(Action.REGISTER_EDIT)
def upload(request: HttpRequest, target: str) -> HttpResponse:
    """Upload a table in our own template; nothing is written yet."""
    if target not in OWN_TARGETS:
        raise Http404
    form = TableUploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        read = _recorded(request, form, target)
        if read is not None:
            return redirect("exchange:detail", public_id=read.public_id)
    label = TARGET_LABELS[target]
    context = {
        "form": form,
        "target": target,
        "title": _("导入%(target)s") % {"target": label},
        "crumbs": crumbs({"label": label}),
    }
    return render(request, "desk/exchange/upload.html", context)


def _recorded(request: HttpRequest, form: TableUploadForm, target: str) -> TableImport | None:
    """The import of a readable file; None after saying in the form why it cannot be taken."""
    data = upload_bytes(form)
    if data is None:
        return None
    name = without_id_numbers(form.cleaned_data["file"].name)
    try:
        table = read_table(data, file_name=name, target=target, mapping=None)
    except UnreadableRegister as problem:
        form.add_error("file", str(problem))
        return None
    return record_table_file(
        division=actor_of(request).division,
        target=target,
        mapping=None,
        source_on=None,
        file_name=name,
        file_sha256=store_bytes(table.raw.stored),
        row_count=len(table.lines),
        actor=actor_of(request),
        at=timezone.now(),
    )


def import_or_404(request: HttpRequest, public_id: UUID) -> TableImport:
    """A table import of the actor's division."""
    found = table_imports_in(actor_of(request)).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
@page_for(Action.REGISTER_EDIT)
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Before it is confirmed, what each row would do; afterwards, what became of them."""
    asked = import_or_404(request, public_id)
    context: dict[str, Any] = {
        "asked": asked,
        "target_label": TARGET_LABELS[asked.target],
        "crumbs": crumbs({"label": asked.file_name}),
    }
    if asked.job is None:
        return _preview_page(request, asked, context)
    job = job_for(actor_of(request), asked.job)
    if job is None:
        raise Http404
    counts = {name: getattr(asked, f"{name}_count") for name in OUTCOME_BADGES}
    context |= {
        "job": job,
        "view": job_view(job, actor_of(request)),
        "stats": _stats(counts),
        "open_conflicts": asked.conflicts.filter(state="open").count(),
    }
    return render(request, "desk/exchange/done.html", context)


def _preview_page(
    request: HttpRequest, asked: TableImport, context: dict[str, Any]
) -> HttpResponse:
    table = stored_table(asked)
    results = preview_table(RowContext(asked, actor_of(request), timezone.now()), table)
    chosen = request.GET.get("outcome", "")
    shown = [one for one in results if not chosen or one.outcome.value == chosen]
    page = Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    counts = Counter(one.outcome.value for one in results)
    context |= {
        "page": page,
        "lines": [shown_line(one) for one in page],
        "tabs": _tabs(counts, chosen),
        "to_write": _to_write(asked, results),
        "conflict_rows": sum(bool(one.conflicts) for one in results),
        **_read_notes(table),
    }
    return render(request, "desk/exchange/preview.html", context)


def _to_write(asked: TableImport, results: list[LineResult]) -> int:
    """Rows that leave something behind; of another system's file each is kept with its source."""
    without = ("refused",) if asked.mapping_id else ("refused", "kept")
    return sum(one.outcome.value not in without for one in results)


def _read_notes(table: FieldTable) -> dict[str, Any]:
    return {"unread": table.unread, "dropped_count": table.raw.dropped_count}


def _tabs(counts: Counter[str], chosen: str) -> list[dict[str, Any]]:
    tabs = [{"label": _("全部"), "url": "?", "current": not chosen, "count": counts.total()}]
    for outcome, badge in OUTCOME_BADGES.items():
        if counts[outcome]:
            tabs.append(
                {
                    "label": badge.label,
                    "url": f"?outcome={outcome}",
                    "current": chosen == outcome,
                    "count": counts[outcome],
                }
            )
    return tabs


def _stats(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": badge.label, "value": counts[outcome], "unit": _("行")}
        for outcome, badge in OUTCOME_BADGES.items()
    ]


@require_POST
@page_for(Action.REGISTER_EDIT)
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the good rows written, in the background."""
    asked = import_or_404(request, public_id)
    try:
        start_table_import(table_import=asked, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, reason.text)
    return redirect("exchange:detail", public_id=public_id)


@require_GET
@page_for(Action.REGISTER_EDIT)
def empty_table(request: HttpRequest, target: str) -> HttpResponse:
    """The empty table to fill in."""
    if target not in OWN_TARGETS:
        raise Http404
    response = HttpResponse(template(target), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{target}-template.xlsx"'
    return response


@require_GET
@page_for(Action.REGISTER_EDIT)
def give_out(request: HttpRequest, target: str) -> HttpResponse:
    """Everything of one kind in the division, as a file that can be taken in again."""
    kind = request.GET.get("kind", "xlsx")
    if target not in TARGET_LABELS or kind not in KINDS:
        raise Http404
    actor = actor_of(request)
    rows = institutions_in(actor, Action.REGISTER_EDIT).order_by("sort_key", "pk")
    tables = {"register": register_tables, "premises": _premises, "staff": _staff}[target](rows)
    if target == "staff":
        record_given_out(
            division=actor.division,
            target=target,
            row_count=len(tables[0].rows),
            actor=actor,
            at=timezone.now(),
        )
    return attachment(tables, kind, name=target)


def _premises(rows: Any) -> list[Any]:
    return [premises_table(rows)]


def _staff(rows: Any) -> list[Any]:
    return [staff_table(rows)]
