"""The institution's lists of contracts: handed in, columns named, progress, what came back."""

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
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fees.core.contract_tables import ContractTable
from fees.forms.contract_uploads import ContractUploadForm
from fees.models import ContractUpload, ContractUploadRow, EscrowAccount
from fees.resources.contract_reader import (
    LIMITS,
    UnreadableContracts,
    contract_template,
    read_contracts,
    returned_contracts,
)
from fees.selectors.contract_uploads import (
    RETURNED_ROWS,
    SETTLED_ROWS,
    outcome_counts,
    own_contract_upload,
    own_contract_uploads,
    rows_with,
)
from fees.selectors.keeping import own_institution, sellable_classes, selling_account
from fees.services.contract_uploads import (
    KEPT_DAYS,
    hand_back_rows,
    refusals_of,
    try_again,
    upload_contracts,
)
from fees.views.desk import PAGE_ROWS, actor_of, handed, posted
from institutions.choices.exchange import CONTRACT_TARGET
from institutions.core.register.id_numbers import without_id_numbers
from institutions.models import ColumnMapping
from institutions.selectors.filings_mappings import known_headers, recognised_mapping
from institutions.views.filings_portal import workbook_response
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_view
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal, Refused
from regulator.web.refusals import refusal_message, refusal_texts

_PARTS = {"back": RETURNED_ROWS, "in": SETTLED_ROWS, "": (*RETURNED_ROWS, *SETTLED_ROWS)}


def upload_crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the contracts over handing in a list to a page of it."""
    return [
        {"label": _("培训合同"), "url": reverse("fees:own_contracts")},
        {"label": _("批量登记"), "url": reverse("fees:contract_upload_form") if last else ""},
        *last,
    ]


def upload_or_404(request: HttpRequest, public_id: UUID) -> ContractUpload:
    """A list of the person's own institution."""
    upload = own_contract_upload(actor_of(request), public_id)
    if upload is None:
        raise Http404
    return upload


def _account(request: HttpRequest) -> EscrowAccount | None:
    institution = own_institution(actor_of(request))
    if institution is None:
        raise Http404
    account = selling_account(institution)
    if account is None:
        messages.info(request, _("监管账户启用以后才能登记合同。"))
    return account


@require_http_methods(["GET", "POST"])
@page_for(Action.ESCROW_READ_OWN)
def contract_upload_form(request: HttpRequest) -> HttpResponse:
    """Hand in a list; a file that cannot be read is told so at once, and is not kept."""
    account = _account(request)
    if account is None:
        return redirect("fees:portal_account")
    form = ContractUploadForm(posted(request), handed(request))
    if request.method == "POST" and form.is_valid():
        upload = _taken(request, form, account)
        if upload is not None:
            return redirect(_page_of(upload))
    context = {
        "form": form,
        "uploads": own_contract_uploads(actor_of(request))[:10],
        "days": KEPT_DAYS,
        "crumbs": upload_crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "portal/fees/contract_upload.html", context, status=status)


def _taken(
    request: HttpRequest, form: ContractUploadForm, account: EscrowAccount
) -> ContractUpload | None:
    """The list as it is kept; None after saying in the form why it cannot be read."""
    file, institution = form.cleaned_data["file"], account.institution
    data, name = file.read(LIMITS.file_bytes + 1), without_id_numbers(file.name)
    wanted = known_headers(institution, CONTRACT_TARGET)
    try:
        table = read_contracts(data, file_name=name, wanted=wanted)
    except UnreadableContracts as problem:
        form.add_error("file", str(problem))
        return None
    upload, is_new = upload_contracts(
        escrow=account,
        file_name=name,
        file_sha256=sha256_hex(data),
        table=table,
        mapping=_mapping_for(account, table),
        actor=actor_of(request),
        at=timezone.now(),
    )
    _say(request, table, upload, is_new=is_new)
    return upload


def _mapping_for(account: EscrowAccount, table: ContractTable) -> ColumnMapping | None:
    """The saved mapping that reads another system's list; our own template needs none."""
    if table.is_ours:
        return None
    return recognised_mapping(account.institution, table.headers, CONTRACT_TARGET)


def _say(
    request: HttpRequest, table: ContractTable, upload: ContractUpload, *, is_new: bool
) -> None:
    if not is_new:
        messages.info(request, _("这份文件以前上传过，没有重复登记。下面是那一次的结果。"))
    elif upload.mapping is not None:
        text = _("已按“%(name)s”的栏目对应读入。") % {"name": upload.mapping.name}
        messages.success(request, text)
    elif not table.is_ours:
        messages.info(request, _("这不是合同表模板。请指明每一列是什么，存下来下次自动认得。"))


def _page_of(upload: ContractUpload) -> str:
    asks = upload.state == "columns" and upload.erased_on is None
    name = "contract_upload_columns" if asks else "contract_upload"
    return reverse(f"fees:{name}", args=[upload.public_id])


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def contract_upload_template(request: HttpRequest) -> HttpResponse:
    """The blank workbook, with the institution's approved classes to choose from."""
    institution = own_institution(actor_of(request))
    if institution is None:
        raise Http404
    data = contract_template(sellable_classes(institution)[: LIMITS.rows])
    return workbook_response(data, _("合同表模板.xlsx"))


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def contract_upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Progress while the job runs; afterwards the rows, those that came back first."""
    upload = upload_or_404(request, public_id)
    if upload.state == "columns" and upload.erased_on is None:
        return redirect(_page_of(upload))
    return render(request, "portal/fees/contract_uploaded.html", _shown(request, upload))


def _shown(request: HttpRequest, upload: ContractUpload) -> dict[str, Any]:
    counts = outcome_counts(upload)
    sums = {part: sum(counts.get(one, 0) for one in names) for part, names in _PARTS.items()}
    part = request.GET.get("part", "back" if sums["back"] else "in")
    part = part if part in _PARTS else ""
    page = Paginator(rows_with(upload, _PARTS[part]), PAGE_ROWS).get_page(request.GET.get("page"))
    return {
        "upload": upload,
        "job": upload.job,
        "view": upload.job and job_view(upload.job, actor_of(request)),
        "page": page,
        "rows": [_row(one) for one in page],
        "tabs": _tabs(sums, part),
        "returned_count": sums["back"],
        "stats": [
            {"label": _("共"), "value": upload.row_count, "unit": _("行")},
            {"label": _("已登记"), "value": counts.get("added", 0), "unit": _("行")},
            {"label": _("以前登记过"), "value": counts.get("kept", 0), "unit": _("行")},
            {"label": _("不一致"), "value": counts.get("conflict", 0), "unit": _("行")},
            {"label": _("不能登记"), "value": counts.get("refused", 0), "unit": _("行")},
        ],
        "crumbs": upload_crumbs({"label": upload.file_name}),
    }


def _row(row: ContractUploadRow) -> dict[str, Any]:
    return {"row": row, "reasons": refusal_texts(refusals_of(row.reasons))}


def _tabs(sums: dict[str, int], part: str) -> list[dict[str, Any]]:
    labels = {"back": _("退回的"), "in": _("已登记的"), "": _("全部")}
    return [
        {"label": label, "url": f"?part={key}", "current": key == part, "count": sums[key]}
        for key, label in labels.items()
    ]


@require_POST
@page_for(Action.ESCROW_READ_OWN)
def contract_upload_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try the rows that came back once more."""
    upload = upload_or_404(request, public_id)
    try:
        try_again(upload, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for text in refusal_texts(refused.refusals):
            messages.warning(request, text.text)
    return redirect(_page_of(upload))


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def contract_upload_returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows that came back as a workbook, the reasons in the next column; told to the chain."""
    upload = upload_or_404(request, public_id)
    try:
        table, rows = hand_back_rows(upload, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for text in refusal_texts(refused.refusals):
            messages.warning(request, text.text)
        return redirect(_page_of(upload))
    with override("zh-hans"):  # a Chinese form whoever downloads it
        told = [(cells, [_told(one) for one in reasons]) for cells, reasons in rows]
    data = returned_contracts(table, told, sellable_classes(upload.institution)[: LIMITS.rows])
    return workbook_response(data, _("退回的合同.xlsx"))


def _told(refusal: Refusal) -> str:
    return refusal_message(refusal)
