"""The institution's attendance: classes, a sheet, an upload; and what it took in by day."""

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
from django.views.decorators.http import require_GET, require_POST

from fees.forms.attendance import AttendanceForm, AttendanceUploadForm
from fees.models import AttendanceMark, AttendanceSheet
from fees.resources.attendance_reader import attendance_template
from fees.selectors.attendance import (
    class_for,
    marks_of,
    own_classes,
    own_sheets,
    own_uploads,
    seats_of,
    sheet_for,
)
from fees.services.attendance import SheetDone, record_attendance, reserve_waiting
from fees.services.attendance_upload import upload_attendance
from fees.views.desk import PAGE_ROWS, actor_of, posted
from institutions.models import Filing
from institutions.resources.exchange_files import XLSX
from institutions.selectors.register import institutions_in
from institutions.views.exchange_pages import upload_bytes
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_for, job_view
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.web.refusals import refusal_message, refusal_texts


def _crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": _("消课"), "url": reverse("fees:attendance")}, *last]


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def attendance(request: HttpRequest) -> HttpResponse:
    """The classes that meet, and the latest attendance."""
    actor = actor_of(request)
    context = {
        "classes": own_classes(actor, timezone.localdate())[:PAGE_ROWS],
        "page": Paginator(own_sheets(actor), 20).get_page(request.GET.get("page")),
        "uploads": own_uploads(actor)[:5],
    }
    return render(request, "portal/fees/attendance.html", context)


@page_for(Action.ESCROW_READ_OWN)
def attendance_class(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One class's list: who was there on a day."""
    actor, filing = actor_of(request), class_for(actor_of(request), public_id)
    if filing is None:
        raise Http404
    initial = {"taught_on": timezone.localdate()}
    form = AttendanceForm(posted(request), seats=seats_of(filing), initial=initial)
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = _recorded(form, filing, actor)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            return _after(request, done, filing.public_id)
    context = {"form": form, "filing": filing, "reasons": reasons}
    context["crumbs"] = _crumbs({"label": filing.class_name})
    return render(request, "portal/fees/attendance_class.html", context)


def _recorded(form: AttendanceForm, filing: Filing, actor: Actor) -> SheetDone:
    data = form.cleaned_data
    return record_attendance(
        filing=filing,
        taught_on=data["taught_on"],
        session=data["session"],
        marks=form.marks(),
        actor=actor,
        at=timezone.now(),
    )


def _after(request: HttpRequest, done: SheetDone, filing_id: UUID) -> HttpResponse:
    """Say what became of a sheet, and show it."""
    for each in done.rejected:
        messages.warning(request, " ".join(refusal_message(one) for one in each.refusals))
    if done.reserved:
        said = _("已消课 %(count)d 人，等家长确认。") % {"count": done.reserved}
        messages.success(request, said)
    if done.sheet is None:
        return redirect("fees:attendance_class", public_id=filing_id)
    return redirect("fees:attendance_sheet", public_id=done.sheet.public_id)


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def attendance_sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One sheet: each mark, the lesson it became, or why it did not."""
    sheet = _sheet_or_404(request, public_id)
    context = {
        "sheet": sheet,
        "marks": [_told(one) for one in marks_of(sheet)],
        "crumbs": _crumbs({"label": sheet.filing.class_name}),
    }
    return render(request, "portal/fees/attendance_sheet.html", context)


@require_POST
@page_for(Action.ESCROW_READ_OWN)
def attendance_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try again for those whose lesson nobody had paid for."""
    sheet, now = _sheet_or_404(request, public_id), timezone.now()
    key = f"again:{sheet.pk}:{now:%Y%m%d%H%M%S%f}"
    done = reserve_waiting(sheet=sheet, key=key, actor=actor_of(request), at=now)
    if done.waiting:
        said = _("还有 %(count)d 人不能消课，原因见下。") % {"count": done.waiting}
        messages.warning(request, said)
    return _after(request, done, sheet.filing.public_id)


def _sheet_or_404(request: HttpRequest, public_id: UUID) -> AttendanceSheet:
    sheet = sheet_for(actor_of(request), public_id)
    if sheet is None:
        raise Http404
    return sheet


def _told(mark: AttendanceMark) -> dict[str, Any]:
    reasons = [refusal_message(Refusal(one["code"], one["params"])) for one in mark.problems]
    return {"mark": mark, "reasons": reasons}


@page_for(Action.ESCROW_READ_OWN)
def attendance_upload(request: HttpRequest) -> HttpResponse:
    """Hand in a list of attendance."""
    actor = actor_of(request)
    institution = institutions_in(actor, Action.CONTRACT_KEEP).first()
    if not actor.institution or institution is None:
        raise Http404
    form = AttendanceUploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = upload_bytes(form)
        if data is not None:
            upload = upload_attendance(
                institution=institution,
                file_name=form.cleaned_data["file"].name,
                data=data,
                actor=actor,
                at=timezone.now(),
            )
            return redirect("fees:attendance_uploaded", public_id=upload.public_id)
    context = {"form": form, "crumbs": _crumbs({"label": _("上传考勤表")})}
    return render(request, "portal/fees/attendance_upload.html", context)


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def attendance_template_file(request: HttpRequest) -> HttpResponse:
    """Our template, with the pupils of every class that meets now."""
    rows = [
        [filing.number, "", "1", seat.contract.number, ""]
        for filing in own_classes(actor_of(request), timezone.localdate())[:PAGE_ROWS]
        for seat in seats_of(filing)
    ]
    response = HttpResponse(attendance_template(rows), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="attendance.xlsx"'
    return response


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def attendance_uploaded(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the reading of a list is, and which rows come back."""
    upload = own_uploads(actor_of(request)).filter(public_id=public_id).first()
    job = job_for(actor_of(request), upload.job.public_id) if upload and upload.job else None
    if upload is None or job is None:
        raise Http404
    context = {
        "upload": upload,
        "job": job,
        "view": job_view(job, actor_of(request)),
        "crumbs": _crumbs({"label": upload.file_name}),
        "stats": [
            {"label": _("已读"), "value": job.done_count, "unit": _("行")},
            {"label": _("退回"), "value": job.error_count, "unit": _("行")},
        ],
    }
    return render(request, "portal/fees/attendance_uploaded.html", context)
