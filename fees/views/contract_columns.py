"""Another system's list of contracts: what each column is, chosen once, saved by name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fees.choices.contract_columns import COLUMN_BY_HEADER
from fees.core.contract_rows import FIXABLE, LAYOUT, PERSONAL
from fees.core.contract_tables import ContractTable
from fees.models import ContractUpload
from fees.services.contract_uploads import choose_columns, opened_table
from fees.views.contract_uploads import upload_crumbs, upload_or_404
from fees.views.desk import actor_of, posted
from institutions.core.papers.handing import masked
from institutions.forms.filing_mapping import FilingMappingForm
from institutions.services.filings_mappings import FilingMappingDraft
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_FIRST_ROWS = 3


@require_http_methods(["GET", "POST"])
@page_for(Action.ESCROW_READ_OWN)
def contract_upload_columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose what each column is; then the list goes the way of every list."""
    upload = upload_or_404(request, public_id)
    if upload.state != "columns" or upload.erased_on is not None:
        return redirect("fees:contract_upload", public_id=upload.public_id)
    table = opened_table(upload)
    form = _form(request, table)
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(upload, draft=_draft(form), actor=actor_of(request), at=timezone.now())
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            return redirect("fees:contract_upload", public_id=upload.public_id)
    context = _context(form, upload, table) | {"reasons": reasons}
    status = 422 if reasons or form.errors else 200
    return render(request, "portal/fees/contract_columns.html", context, status=status)


def _form(request: HttpRequest, table: ContractTable) -> FilingMappingForm:
    return FilingMappingForm(
        posted(request),
        headers=table.headers,
        guesses=LAYOUT.guess_headers(table.headers),
        fixed={},
        columns=COLUMN_BY_HEADER,
        fixable=FIXABLE,
    )


def _draft(form: FilingMappingForm) -> FilingMappingDraft:
    return FilingMappingDraft(
        name=form.cleaned_data["name"],
        source_name=form.cleaned_data["source_name"],
        pairs=form.pairs(),
        fixed=form.fixed(),
    )


def _context(
    form: FilingMappingForm, upload: ContractUpload, table: ContractTable
) -> dict[str, Any]:
    first = [cells for _number, cells in table.rows[:_FIRST_ROWS]]
    return {
        "form": form,
        "file_name": upload.file_name,
        "row_count": len(table.rows),
        "columns": [
            {
                "field": form[f"column_{index}"],
                "header": header,
                "samples": _samples(header, [cells[index] for cells in first]),
            }
            for index, header in enumerate(table.headers)
        ],
        "crumbs": upload_crumbs({"label": _("每一列是什么")}),
    }


def _samples(header: str, cells: list[str]) -> list[str]:
    """The first rows' cells; of a person, and of a column nobody knows, one character each."""
    shown = [cell for cell in cells if cell.strip()]
    guess = LAYOUT.guess_header(header)
    return [masked(cell) for cell in shown] if guess in PERSONAL or not guess else shown
