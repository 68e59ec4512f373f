"""The portal's pages of uploads: the template, one big upload, progress, results row by row."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.choices.filings import STATE_LABELS
from institutions.core.screening.rows import BadWorkbook
from institutions.forms.filings import UploadForm
from institutions.models import FilingUpload, Institution, UploadRow
from institutions.resources.filing_problem import DEFAULT_LIMITS
from institutions.resources.filing_reader import read_filing_rows
from institutions.resources.filing_workbooks import ReturnedRow, filing_template, returned_workbook
from institutions.selectors.filings import (
    own_filings,
    portal_figures,
    row_counts,
    rows_of,
    upload_for,
    uploads_of,
)
from institutions.selectors.filings_drafts import draft_count
from institutions.selectors.filings_findings import cell_problems, finding_views, reasons_of
from institutions.services.filings_submission import Submission, submit_rows
from institutions.services.filings_upload import export_rows, upload_filings
from institutions.views.filings_pages import actor_of, crumbs, institution_or_404, section_tabs
from institutions.views.filings_staging import take_foreign
from institutions.views.filings_to_do import filing_items
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_view
from regulator.web.refusals import refusal_message

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_ROWS = 50
PARTS = ("correct", "ready", "filed", "")


def upload_or_404(request: HttpRequest, public_id: UUID) -> FilingUpload:
    """The upload, if it is the person's own institution's."""
    upload = upload_for(actor_of(request), public_id)
    if upload is None:
        raise Http404
    return upload


@require_GET
@page_for(Action.FILING_READ_OWN)
def portal_filings(request: HttpRequest) -> HttpResponse:
    """The institution's filings by state, and its uploads."""
    actor = actor_of(request)
    institution = institution_or_404(request)
    drafts = draft_count(institution)
    state = request.GET.get("state", "")
    filings = own_filings(actor, state if state in STATE_LABELS else "")
    context = {
        "page": Paginator(filings, PAGE_ROWS).get_page(request.GET.get("page")),
        "tabs": [
            {"label": label, "url": f"?state={key}" if key else "?", "current": key == state}
            for key, label in (("", _("全部")), *STATE_LABELS.items())
            if key != "draft"
        ],
        "items": _items(institution, drafts) if not state else [],
        "parts": section_tabs("filings:portal", drafts=drafts),
        "uploads": uploads_of(institution)[:10],
    }
    return render(request, "portal/filings/list.html", context)


def _items(institution: Institution, drafts: int) -> list[dict[str, Any]]:
    """What is to be done first."""
    return filing_items(institution, portal_figures(institution), drafts=drafts)


@require_GET
@page_for(Action.FILING_FILE)
def template_file(request: HttpRequest) -> HttpResponse:
    """The blank workbook."""
    return workbook_response(filing_template(), _("备案表模板.xlsx"))


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_FILE)
def upload_form(request: HttpRequest) -> HttpResponse:
    """One big upload; a file that cannot be read is told so at once, and is not kept."""
    form = UploadForm(request.POST or None, request.FILES or None)
    may_map = False
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(DEFAULT_LIMITS.file_bytes + 1)
        problem = _problem_of(data, file.name)
        if problem is None:
            upload = upload_filings(
                institution=institution_or_404(request),
                file_name=file.name,
                data=data,
                actor=actor_of(request),
                at=timezone.now(),
            )
            return redirect("filings:upload", public_id=upload.public_id)
        answer = take_foreign(request, institution_or_404(request), file.name, data, problem.code)
        if isinstance(answer, HttpResponse):
            return answer
        may_map = answer
        form.add_error("file", str(problem))
    status = 422 if form.errors else 200
    context = {"form": form, "may_map": may_map, "crumbs": crumbs((_("上传备案表"), ""))}
    return render(request, "portal/filings/upload_form.html", context, status=status)


def _problem_of(data: bytes, file_name: str) -> BadWorkbook | None:
    try:
        read_filing_rows(BytesIO(data), file_name=file_name)
    except BadWorkbook as problem:
        return problem
    return None


@require_GET
@page_for(Action.FILING_READ_OWN)
def upload_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Progress while the job runs; afterwards the rows, those to be corrected first."""
    upload = upload_or_404(request, public_id)
    if upload.state != "screened":
        return render(request, "portal/filings/progress.html", _progress_of(request, upload))
    counts = row_counts(upload)
    part = request.GET.get("part", "correct" if counts.to_correct else "ready")
    part = part if part in PARTS else ""
    page = Paginator(rows_of(upload, part), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "counts": counts,
        "part": part,
        "page": page,
        "rows": [{"row": row, "findings": finding_views(row)} for row in page],
        "tabs": _part_tabs(counts, part),
        "crumbs": crumbs((upload.file_name, "")),
    }
    return render(request, "portal/filings/results.html", context)


def _progress_of(request: HttpRequest, upload: FilingUpload) -> dict[str, Any]:
    """The upload with its job: how far it is, why it failed, whether this person may retry it."""
    job = upload.job
    return {"upload": upload, "view": job and job_view(job, actor_of(request))}


def _part_tabs(counts: Any, part: str) -> list[dict[str, Any]]:
    labels = {
        "correct": (_("要改正"), counts.to_correct),
        "ready": (_("可以提交"), counts.ready),
        "filed": (_("已提交"), counts.filed),
        "": (_("全部"), counts.total),
    }
    return [
        {"label": label, "url": f"?part={key}", "current": key == part, "count": count}
        for key, (label, count) in labels.items()
    ]


@require_GET
@page_for(Action.FILING_READ_OWN)
def upload_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The live part of the progress page; asks for the whole page once the job has ended."""
    upload = upload_or_404(request, public_id)
    context = _progress_of(request, upload)
    response = render(request, "portal/filings/progress.html#live", context)
    if upload.state != "waiting" or upload.job is None or upload.job.is_ended:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@page_for(Action.FILING_FILE)
def submit_ready(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand in every row in which nothing stands against it."""
    upload = upload_or_404(request, public_id)
    done = submit_rows(upload=upload, row_ids=None, actor=actor_of(request), at=timezone.now())
    _say(request, done)
    return redirect(f"{reverse('filings:upload', args=[public_id])}?part=filed")


def _say(request: HttpRequest, done: Submission) -> None:
    count = len(done.filings)
    if count:
        text = ngettext(
            "已提交 %(count)d 个班，正在等主管部门审核。",
            "已提交 %(count)d 个班，正在等主管部门审核。",
            count,
        )
        messages.success(request, text % {"count": count})
    for refused in done.refused[:10]:
        said = "".join(refusal_message(refusal) for refusal in refused.refusals)
        text = _("第 %(row)d 行没有提交：%(reason)s")
        messages.warning(request, text % {"row": refused.row.row_number, "reason": said})


@require_GET
@page_for(Action.FILING_FILE)
def returned_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows to be corrected as a workbook, the reasons in the next column."""
    upload = upload_or_404(request, public_id)
    rows = list(rows_of(upload, "correct"))
    cells = export_rows(upload=upload, rows=rows, actor=actor_of(request), at=timezone.now())
    data = returned_workbook(_returned(row, whole) for row, whole in zip(rows, cells, strict=True))
    return workbook_response(data, _("要改正的班.xlsx"))


def _returned(row: UploadRow, cells: dict[str, str]) -> ReturnedRow:
    reasons = list(reasons_of(row))
    bad = set(cell_problems(row))
    if row.wrong_licence:
        reasons.append(_("机构许可证号不是本机构的号码。"))
        bad.add("机构许可证号")
    return ReturnedRow(cells, tuple(reasons), frozenset(bad))


def workbook_response(data: bytes, name: str) -> HttpResponse:
    """A workbook as an attachment."""
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = _attachment(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
