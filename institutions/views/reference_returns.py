"""Rows of a file that stayed out of a draft come back as a workbook, the reason beside each.

Nothing of them is stored: the page that lists them carries them, sealed, to the download.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from institutions.choices.reference_problems import column_label, problem_text
from institutions.core.reference_tables.columns import TABLES
from institutions.models import TableVersion
from institutions.resources.reference_files import returned_reference
from institutions.services.reference_import import ImportResult, RefusedLine
from institutions.views.reference_pages import version_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for

_KEPT_S = 24 * 60 * 60


def sealed_rows(version: TableVersion, result: ImportResult) -> str:
    """The rows that stayed out with their reasons, compressed and signed for this version."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [[dict(one.line.texts), _reasons(one)] for one in result.refused]
    return signing.dumps(rows, salt=_salt(version), compress=True)


def _reasons(refused: RefusedLine) -> list[str]:
    return [f"{column_label(one.column)}：{problem_text(one)}" for one in refused.problems]


def _salt(version: TableVersion) -> str:
    return f"reference-returned-{version.public_id}"


@require_POST
@page_for(Action.REFERENCE_EDIT)
def version_returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The workbook of the rows that the import page has just listed."""
    version = version_or_404(request, public_id)
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=_salt(version), max_age=_KEPT_S)
    except signing.BadSignature:
        messages.error(request, _("退回的行已经过了一天，或者不完整。请再导入一次。"))
        return redirect("reference:import", public_id)
    return returned_reference(TABLES[version.table.kind], rows)
