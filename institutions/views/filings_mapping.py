"""Another system's list of classes: what each column is, chosen once, saved by name, used again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from institutions.core.exchange.filings import guess_header, guess_headers
from institutions.core.filing_cells import CERTIFICATE, LICENCE_NUMBER, mask_certificate
from institutions.core.register.id_numbers import without_id_numbers
from institutions.forms.filing_mapping import FilingMappingForm, SampleForm
from institutions.models import ColumnMapping, Institution
from institutions.resources.exchange_reader import RawTable
from institutions.resources.filing_foreign import read_foreign
from institutions.resources.filing_problem import DEFAULT_LIMITS
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.filings_drafts import own_number
from institutions.selectors.filings_mappings import bureau_mappings, filing_mappings
from institutions.services.filings_mappings import FilingMappingDraft, save_filing_mapping
from institutions.views.filings_pages import actor_of, crumbs, institution_or_404, section_tabs
from institutions.views.filings_staging import stage, staged, unstage, upload_by
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_FIRST_ROWS = 3


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def columns(request: HttpRequest) -> HttpResponse:
    """The institution's file: choose what each column is; then it goes the way of every upload."""
    held = staged(request)
    if held is None:
        return redirect("filings:upload_form")
    name, table = held
    institution = institution_or_404(request)
    form = _form(request, table, {LICENCE_NUMBER: own_number(institution)})
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            mapping = _save(request, form, institution.division_id, institution)
        except Refused as refused:
            reasons = refusal_texts(refused.refusals)
        else:
            upload = upload_by(request, institution, name, table, mapping)
            unstage(request)
            return redirect("filings:upload", public_id=upload.public_id)
    context = _context(form, name, table, reasons)
    context["crumbs"] = crumbs((_("每一列是什么"), ""))
    return render(request, "portal/filings/columns.html", context, status=_status(form, reasons))


@require_GET
@page_for(Action.FILING_READ_OWN)
def mappings(request: HttpRequest) -> HttpResponse:
    """The mappings that this institution's files are recognised by."""
    institution = institution_or_404(request)
    context = {
        "mappings": [_row(one) for one in filing_mappings(institution)],
        "parts": section_tabs("filings:mappings"),
        "crumbs": crumbs((_("平台导出表的栏目对应"), "")),
    }
    return render(request, "portal/filings/mappings.html", context)


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_REVIEW)
def desk_mappings(request: HttpRequest) -> HttpResponse:
    """The bureau's mappings for every institution; a sample file begins a new one."""
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name = without_id_numbers(file.name)
        try:
            data = file.read(DEFAULT_LIMITS.file_bytes + 1)
            stage(request, name, read_foreign(data, file_name=name))
        except UnreadableRegister as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("filings:desk_columns")
    context = {
        "form": form,
        "mappings": [_row(one) for one in bureau_mappings(actor_of(request).division)],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/filings/mappings.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_REVIEW)
def desk_columns(request: HttpRequest) -> HttpResponse:
    """The bureau's sample: choose what each column is, once for every institution."""
    held = staged(request)
    if held is None:
        return redirect("filings:desk_mappings")
    name, table = held
    form = _form(request, table, {})
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, actor_of(request).division, None)
        except Refused as refused:
            reasons = refusal_texts(refused.refusals)
        else:
            unstage(request)
            return redirect("filings:desk_mappings")
    context = _context(form, name, table, reasons)
    context["crumbs"] = [
        {"label": _("平台导出表的栏目对应"), "url": reverse("filings:desk_mappings")},
        {"label": _("每一列是什么"), "url": ""},
    ]
    return render(request, "desk/filings/columns.html", context, status=_status(form, reasons))


def _form(request: HttpRequest, table: RawTable, fixed: dict[str, str]) -> FilingMappingForm:
    guesses = guess_headers(table.headers)
    kept = {header: text for header, text in fixed.items() if header not in guesses}
    data = request.POST if request.method == "POST" else None
    return FilingMappingForm(data, headers=table.headers, guesses=guesses, fixed=kept)


def _save(
    request: HttpRequest, form: FilingMappingForm, division: str, institution: Institution | None
) -> ColumnMapping:
    cleaned = form.cleaned_data
    draft = FilingMappingDraft(
        name=cleaned["name"],
        source_name=cleaned["source_name"],
        pairs=form.pairs(),
        fixed=form.fixed(),
    )
    return save_filing_mapping(
        division=division,
        institution=institution,
        draft=draft,
        actor=actor_of(request),
        at=timezone.now(),
    )


def _status(form: FilingMappingForm, reasons: list[Any]) -> int:
    return 422 if reasons or form.errors else 200


def _context(
    form: FilingMappingForm, name: str, table: RawTable, reasons: list[Any]
) -> dict[str, Any]:
    first = table.rows[:_FIRST_ROWS]
    return {
        "form": form,
        "file_name": name,
        "row_count": len(table.rows),
        "dropped_count": table.dropped_count,
        "reasons": reasons,
        "columns": [
            {
                "field": form[f"column_{index}"],
                "header": header,
                "samples": _samples(header, [cells[index] for _n, cells in first]),
            }
            for index, header in enumerate(table.headers)
        ],
    }


def _samples(header: str, cells: list[str]) -> list[str]:
    """The first rows' cells; a certificate number is shown as every page shows one."""
    shown = [cell for cell in cells if cell.strip()]
    if guess_header(header) == CERTIFICATE:
        return [mask_certificate(cell) for cell in shown]
    return shown


def _row(mapping: ColumnMapping) -> dict[str, Any]:
    read = [(header, field) for header, field in mapping.pairs if field]
    return {
        "mapping": mapping,
        "count": len(read),
        "pairs": read,
        "fixed": list(mapping.fixed.items()),
        "is_bureaus": mapping.institution_id is None,
    }
