"""Paper that comes back: uploads, the tray, and answers typed by item code."""

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

from inspections.forms.paper import FilePageForm, ScanForm, TypedAnswerForm, WorkbookForm
from inspections.models import ReturnedFile, ReturnedPage, Visit
from inspections.resources.result_workbook import read_results, result_template
from inspections.selectors.returns import (
    answerable_visits,
    fileable_visits,
    page_after,
    pages_of,
    returned_file,
    returned_files,
    returned_page,
    tray,
    tray_page,
    typed_lines,
)
from inspections.selectors.visits import visit_for
from inspections.services.returns import (
    Upload,
    file_page,
    file_page_to_visit,
    receive_scan,
)
from inspections.services.returns_typed import TypedAnswer, type_answer
from inspections.services.returns_workbook import XLSX, WorkbookProblem, receive_workbook
from inspections.views.pages import actor_of, attempt, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored
from regulator.kernel.outcomes import Refused

_PAGE_ROWS, _SHOWN_VISITS, _SHOWN_CHOICES = 25, 50, 20


@require_GET
@page_for(Action.VISIT_KEEP)
def returns_home(request: HttpRequest) -> HttpResponse:
    """Upload, what was uploaded, and the visits whose paper may be typed."""
    return _home(request, ScanForm(), WorkbookForm(), None)


def _home(
    request: HttpRequest, scan: ScanForm, workbook: WorkbookForm, reasons: list[Any] | None
) -> HttpResponse:
    actor = actor_of(request)
    words, number = request.GET.get("q", "").strip(), request.GET.get("number", "").strip()
    visits = answerable_visits(actor, number=number, words=words)
    context = {
        "scan_form": scan,
        "workbook_form": workbook,
        "reasons": reasons,
        "page": Paginator(returned_files(actor), _PAGE_ROWS).get_page(request.GET.get("page")),
        "waiting": tray(actor).count(),
        "visits": visits[:_SHOWN_VISITS],
        "words": words,
        "number": number,
    }
    return render(request, "desk/inspections/returns.html", context)


@require_POST
@page_for(Action.VISIT_KEEP)
def upload_scan(request: HttpRequest) -> HttpResponse:
    """Take a scan and have its pages read."""
    form = ScanForm(request.POST, request.FILES)
    found: dict[str, str] = {}
    reasons = attempt(form, lambda: found.update(page=_receive(request, form).page))
    if reasons == []:
        messages.success(request, _("原件已保存，正在识别页码。可以离开本页。"))
        return redirect(found["page"])
    return _home(request, form, WorkbookForm(), reasons)


def _receive(request: HttpRequest, form: ScanForm) -> Any:
    return receive_scan(
        division=actor_of(request).division,
        upload=_upload(form),
        actor=actor_of(request),
        at=timezone.now(),
    )


def _upload(form: ScanForm | WorkbookForm) -> Upload:
    file = form.cleaned_data["file"]
    return Upload(file.name, file.read(), form.cleaned_data["expected"].strip())


@require_POST
@page_for(Action.VISIT_KEEP)
def upload_workbook(request: HttpRequest) -> HttpResponse:
    """Take a workbook of results and have its rows recorded."""
    form = WorkbookForm(request.POST, request.FILES)
    found: dict[str, str] = {}
    reasons = attempt(form, lambda: found.update(page=_receive_workbook(request, form).page))
    if reasons == []:
        messages.success(request, _("工作簿已保存，正在逐行记录。可以离开本页。"))
        return redirect(found["page"])
    return _home(request, ScanForm(), form, reasons)


def _receive_workbook(request: HttpRequest, form: WorkbookForm) -> Any:
    upload = _upload(form)
    try:
        rows = read_results(upload.data, file_name=upload.name)
    except WorkbookProblem as problem:
        raise Refused(problem.refusal) from problem
    return receive_workbook(
        division=actor_of(request).division,
        upload=upload,
        rows=rows,
        actor=actor_of(request),
        at=timezone.now(),
    )


@require_GET
@page_for(Action.VISIT_KEEP)
def workbook_template(request: HttpRequest, number: str) -> HttpResponse:
    """The visits of a draw or an order whose team was there, as a workbook to fill in."""
    visits = list(answerable_visits(actor_of(request), number=number))
    if not visits:
        raise Http404
    response = HttpResponse(result_template(visits), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{number}.xlsx"'
    return response


def _file_or_404(request: HttpRequest, public_id: UUID) -> ReturnedFile:
    file = returned_file(actor_of(request), public_id)
    if file is None:
        raise Http404
    return file


def _crumbs(label: Any) -> list[dict[str, Any]]:
    return [{"label": _("纸质回录"), "url": reverse("inspections:returns")}, {"label": label}]


@require_GET
@page_for(Action.VISIT_KEEP)
def file_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of each page of a file."""
    file = _file_or_404(request, public_id)
    context = {"file": file, "pages": pages_of(file), "crumbs": _crumbs(file.name)}
    return render(request, "desk/inspections/returned_file.html", context)


@require_GET
@page_for(Action.VISIT_KEEP)
def file_original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file exactly as it was handed in."""
    file = _file_or_404(request, public_id)
    response = HttpResponse(read_stored(file.sha256), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.sha256[:12]}"'
    return response


def _page_or_404(request: HttpRequest, public_id: UUID) -> ReturnedPage:
    page = returned_page(actor_of(request), public_id)
    if page is None:
        raise Http404
    return page


@require_GET
@page_for(Action.VISIT_KEEP)
def page_picture(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A page as a picture to look at."""
    page = _page_or_404(request, public_id)
    if not page.picture_sha256:
        raise Http404
    return HttpResponse(read_stored(page.picture_sha256), content_type="image/jpeg")


@require_GET
@page_for(Action.VISIT_KEEP)
def returns_tray(request: HttpRequest) -> HttpResponse:
    """The pages that nobody could read but a person, one after the other."""
    return _tray(request, FilePageForm(), None)


def _tray(request: HttpRequest, form: FilePageForm, reasons: list[Any] | None) -> HttpResponse:
    actor, words = actor_of(request), request.GET.get("q", "").strip()
    row = tray_page(actor, request.GET.get("page", ""))
    context = {
        "row": row,
        "left": tray(actor).count(),
        "next": page_after(actor, row) if row else None,
        "words": words,
        "visits": fileable_visits(actor, words=words)[:_SHOWN_CHOICES],
        "form": form,
        "reasons": reasons,
        "crumbs": _crumbs(_("待人工归档")),
    }
    return render(request, "desk/inspections/returns_tray.html", context)


@require_POST
@page_for(Action.VISIT_KEEP)
def file_returned_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """File a page by the code that a person typed."""
    page, form = _page_or_404(request, public_id), FilePageForm(posted(request))
    reasons = attempt(
        form,
        lambda: file_page(
            page=page,
            typed=form.cleaned_data["code"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
    )
    if reasons == []:
        messages.success(request, _("已归档。"))
        return redirect("inspections:returns_tray")
    return _tray(request, form, reasons)


@require_POST
@page_for(Action.VISIT_KEEP)
def file_page_by_visit(request: HttpRequest, public_id: UUID, visit_id: UUID) -> HttpResponse:
    """File a page without a code to the visit that a person chose."""
    page, actor = _page_or_404(request, public_id), actor_of(request)
    visit = visit_for(actor, visit_id)
    if visit is None:
        raise Http404
    file_page_to_visit(page=page, visit=visit, actor=actor, at=timezone.now())
    messages.success(request, _("已归到 %(place)s。") % {"place": visit.register_id})
    return redirect("inspections:returns_tray")


def _visit_or_404(request: HttpRequest, public_id: UUID) -> Visit:
    visit = answerable_visits(actor_of(request)).filter(public_id=public_id).first()
    if visit is None:
        raise Http404
    return visit


@page_for(Action.VISIT_KEEP)
def typed_visit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answers typed one by one: code, answer, Enter."""
    visit = _visit_or_404(request, public_id)
    form = TypedAnswerForm(posted(request))
    reasons = attempt(form, lambda: _type(request, visit, form)) if form.is_bound else None
    if reasons == []:
        return redirect("inspections:typed_visit", public_id=public_id)
    lines = typed_lines(visit)
    context = {
        "visit": visit,
        "form": form,
        "reasons": reasons,
        "lines": lines,
        "missing": sum(line.answer is None for line in lines),
        "scans": visit.returned_pages.filter(state="filed").order_by("page_number"),
        "crumbs": _crumbs(visit.register_id),
    }
    return render(request, "desk/inspections/typed_visit.html", context)


def _type(request: HttpRequest, visit: Visit, form: TypedAnswerForm) -> None:
    typed = TypedAnswer(**form.cleaned_data)
    row = type_answer(visit=visit, typed=typed, actor=actor_of(request), at=timezone.now())
    if row is None:
        messages.info(request, _("同样的结果已经记录，没有重复。"))
    else:
        said = {"code": row.item.code, "answer": row.get_answer_display()}
        messages.success(request, _("%(code)s：%(answer)s") % said)
