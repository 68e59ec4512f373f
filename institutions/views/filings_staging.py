"""A file that is not our template: read by a saved mapping, or kept to choose its columns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.core.exchange.filings import guess_headers
from institutions.core.register.id_numbers import without_id_numbers
from institutions.models import ColumnMapping, FilingUpload, Institution
from institutions.resources.exchange_reader import RawTable
from institutions.resources.filing_foreign import as_filing_table, read_foreign
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.filings_mappings import known_headers, recognised_mapping
from institutions.services.filings_upload import ForeignSource, upload_filings
from institutions.views.filings_pages import actor_of
from regulator.adapters.storage import read_stored, store_bytes

_STAGED = "filings_file"
_FOREIGN = frozenset(("wrong-template", "sheet-missing", "header-row-empty"))
_NEARLY_OURS = frozenset(("headers-differ", "merged-cells"))
_LEAST_COLUMNS = 6


def take_foreign(
    request: HttpRequest, institution: Institution, file_name: str, data: bytes, problem: str
) -> HttpResponse | bool:
    """What becomes of another system's file: an upload where its headers are recognised, else the
    page of its columns. True: nearly our template, that page is offered. False: no table at all.
    """
    if problem not in _FOREIGN | _NEARLY_OURS:
        return False
    name = without_id_numbers(file_name)
    try:
        table = read_foreign(data, file_name=name, wanted=known_headers(institution))
    except UnreadableRegister:
        return False
    mapping = recognised_mapping(institution, table.headers)
    if mapping is not None:
        made = upload_by(request, institution, name, table, mapping)
        return redirect("filings:upload", public_id=made.public_id)
    if len(table.headers) < _LEAST_COLUMNS:
        return False
    stage(request, name, table)
    if problem in _NEARLY_OURS or not _looks_like_classes(table):
        return True
    messages.info(request, _("这不是备案表模板。请指明每一列是什么，存下来下次自动认得。"))
    return redirect("filings:columns")


def _looks_like_classes(table: RawTable) -> bool:
    """Whether enough of its headers are known to be worth the page of columns at once."""
    return sum(bool(one) for one in guess_headers(table.headers)) >= _LEAST_COLUMNS


def upload_by(
    request: HttpRequest,
    institution: Institution,
    name: str,
    table: RawTable,
    mapping: ColumnMapping,
) -> FilingUpload:
    """Another system's table under our headers, on the way of every upload."""
    upload = upload_filings(
        institution=institution,
        file_name=name,
        data=as_filing_table(table, mapping.pairs, mapping.fixed),
        foreign=ForeignSource(mapping, store_bytes(table.stored)),
        actor=actor_of(request),
        at=timezone.now(),
    )
    text = _("已按“%(name)s”的栏目对应读入。") % {"name": mapping.name}
    messages.success(request, text)
    return upload


def stage(request: HttpRequest, name: str, table: RawTable) -> None:
    """Keep the file until its columns are chosen: without any resident ID numbers."""
    request.session[_STAGED] = {"sha256": store_bytes(table.stored), "name": name}


def staged(request: HttpRequest) -> tuple[str, RawTable] | None:
    """The file that waits for its columns, by name, read again."""
    held: Any = request.session.get(_STAGED)
    if held is None:
        return None
    name = held["name"]
    return name, read_foreign(read_stored(held["sha256"]), file_name=name)


def unstage(request: HttpRequest) -> None:
    """The file has been taken."""
    request.session.pop(_STAGED, None)
