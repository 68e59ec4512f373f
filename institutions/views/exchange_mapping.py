"""Another system's files: choose what each column is, save it under a name, use it again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.exchange import FIELD_LABELS, KEPT_AS_PRINTED, NOT_READ, TARGET_LABELS
from institutions.core.exchange.fields import KEEP, guess_fields
from institutions.core.register.id_numbers import without_id_numbers
from institutions.forms.exchange import MappedUploadForm, MappingForm
from institutions.models import ColumnMapping, TableImport
from institutions.resources.exchange_reader import RawTable, read_raw
from institutions.resources.exchange_targets import read_table
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.exchange import current_mapping, mappings_in
from institutions.services.exchange import record_table_file
from institutions.services.exchange_mappings import save_mapping
from institutions.views.exchange_pages import crumbs, upload_bytes
from institutions.views.register_pages import actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored, store_bytes
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_STAGED = "exchange_file"
_FIRST_ROWS = 5


@page_for(Action.REGISTER_EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    """Upload another system's file, with a saved mapping or to make one."""
    current = list(mappings_in(actor_of(request)).filter(is_current=True))
    form = MappedUploadForm(
        posted(request),
        request.FILES or None,
        mappings=current,
        initial={"source_on": timezone.localdate(), "mapping": request.GET.get("mapping", "")},
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(
            (one for one in current if str(one.public_id) == form.cleaned_data["mapping"]), None
        )
        answer = _staged(request, form) if chosen is None else _recorded(request, form, chosen)
        if answer is not None:
            return answer
    context = {"form": form, "crumbs": crumbs({"label": _("导入平台数据")})}
    return render(request, "desk/exchange/mapped_upload.html", context)


def _staged(request: HttpRequest, form: MappedUploadForm) -> HttpResponse | None:
    """Keep the file until its columns are chosen; None after saying why it cannot be read."""
    data, name = upload_bytes(form), without_id_numbers(form.cleaned_data["file"].name)
    if data is None:
        return None
    try:
        raw = read_raw(data, file_name=name)
    except UnreadableRegister as problem:
        form.add_error("file", str(problem))
        return None
    request.session[_STAGED] = {
        "sha256": store_bytes(raw.stored),
        "name": name,
        "target": form.cleaned_data["target"],
        "source_on": form.cleaned_data["source_on"].isoformat(),
    }
    return redirect("exchange:columns")


def _recorded(
    request: HttpRequest, form: MappedUploadForm, mapping: ColumnMapping
) -> HttpResponse | None:
    """Read the file by a saved mapping; None after saying why it cannot be."""
    data, name = upload_bytes(form), without_id_numbers(form.cleaned_data["file"].name)
    if data is None:
        return None
    try:
        read = _import(request, data, name, mapping, form.cleaned_data["source_on"])
    except UnreadableRegister as problem:
        form.add_error("file", str(problem))
        return None
    return redirect("exchange:detail", public_id=read.public_id)


def _import(
    request: HttpRequest, data: bytes, name: str, mapping: ColumnMapping, source_on: Any
) -> TableImport:
    table = read_table(data, file_name=name, target=mapping.target, mapping=mapping)
    return record_table_file(
        division=actor_of(request).division,
        target=mapping.target,
        mapping=mapping,
        source_on=source_on,
        file_name=name,
        file_sha256=store_bytes(table.raw.stored),
        row_count=len(table.lines),
        actor=actor_of(request),
        at=timezone.now(),
    )


@page_for(Action.REGISTER_EDIT)
def columns(request: HttpRequest) -> HttpResponse:
    """The uploaded file's headers and first rows; what each column is."""
    staged = request.session.get(_STAGED)
    if staged is None:
        return redirect("exchange:mapped_upload")
    raw = read_raw(read_stored(staged["sha256"]), file_name=staged["name"])
    guesses = guess_fields(raw.headers, staged["target"])
    form = MappingForm(
        posted(request), headers=raw.headers, guesses=guesses, target=staged["target"]
    )
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            read = _saved_and_read(request, form, staged)
        except Refused as refused:
            refusals = list(refusal_texts(refused.refusals))
        else:
            del request.session[_STAGED]
            return redirect("exchange:detail", public_id=read.public_id)
    context = {"form": form, "refusals": refusals, **_column_words(form, raw, staged)}
    return render(request, "desk/exchange/columns.html", context)


def _column_words(form: MappingForm, raw: RawTable, staged: dict[str, str]) -> dict[str, Any]:
    return {
        "file_name": staged["name"],
        "target_label": TARGET_LABELS[staged["target"]],
        "columns": _columns(form, raw),
        "dropped_count": raw.dropped_count,
        "crumbs": crumbs({"label": _("导入平台数据")}),
    }


def _saved_and_read(request: HttpRequest, form: MappingForm, staged: dict[str, str]) -> TableImport:
    """Save the mapping, or use the same one that is saved already; then read the file by it."""
    actor, cleaned = actor_of(request), form.cleaned_data
    try:
        mapping = save_mapping(
            division=actor.division,
            target=staged["target"],
            name=cleaned["name"],
            source_name=cleaned["source_name"],
            pairs=form.pairs(),
            actor=actor,
            at=timezone.now(),
        )
    except Refused as refused:
        held = current_mapping(actor.division, target=staged["target"], name=cleaned["name"])
        unchanged = [one.code for one in refused.refusals] == ["exchange.mapping_unchanged"]
        if held is None or not unchanged:
            raise
        mapping = held
    data = read_stored(staged["sha256"])
    source_on = date.fromisoformat(staged["source_on"])
    return _import(request, data, staged["name"], mapping, source_on)


def _columns(form: MappingForm, raw: RawTable) -> list[dict[str, Any]]:
    return [
        {
            "field": form[f"column_{index}"],
            "header": header,
            "samples": [
                cells[index] for _number, cells in raw.rows[:_FIRST_ROWS] if cells[index].strip()
            ],
        }
        for index, header in enumerate(raw.headers)
    ]


@require_GET
@page_for(Action.REGISTER_EDIT)
def mappings(request: HttpRequest) -> HttpResponse:
    """Every saved mapping, the version in use of each."""
    context = {
        "mappings": [
            {"mapping": one, "target": TARGET_LABELS[one.target], "count": _read_count(one)}
            for one in mappings_in(actor_of(request)).filter(is_current=True)
        ],
        "crumbs": crumbs({"label": _("栏目对应")}),
    }
    return render(request, "desk/exchange/mappings.html", context)


def _read_count(mapping: ColumnMapping) -> int:
    return sum(bool(field) for _header, field in mapping.pairs)


@require_GET
@page_for(Action.REGISTER_EDIT)
def mapping(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One mapping: what each column is, and its versions."""
    rows = mappings_in(actor_of(request))
    held = rows.filter(public_id=public_id).first()
    if held is None:
        raise Http404
    labels = {"": NOT_READ, KEEP: KEPT_AS_PRINTED}
    context = {
        "mapping": held,
        "target": TARGET_LABELS[held.target],
        "pairs": [
            (header, labels.get(field) or FIELD_LABELS.get(field, field))
            for header, field in held.pairs
        ],
        "versions": rows.filter(target=held.target, name=held.name),
        "use_url": f"{reverse('exchange:mapped_upload')}?mapping={held.public_id}",
        "crumbs": crumbs(
            {"label": _("栏目对应"), "url": reverse("exchange:mappings")}, {"label": held.name}
        ),
    }
    return render(request, "desk/exchange/mapping.html", context)
