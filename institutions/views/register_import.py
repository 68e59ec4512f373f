"""Taking a list in at the desk: upload, progress, what came back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.core.register.id_numbers import without_id_numbers
from institutions.forms.licences import RegisterUploadForm
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import read_register, storable_register
from institutions.resources.register_workbooks import register_template
from institutions.selectors.register_import import imports_in
from institutions.services.register_import import start_import
from institutions.views.register_pages import actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import store_bytes
from regulator.jobs.selectors.jobs import job_for, job_view

PAGE_ROWS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page_for(Action.REGISTER_IMPORT)
def import_page(request: HttpRequest) -> HttpResponse:
    """Choose a list; the lists that were taken in before."""
    form = RegisterUploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = _started(request, form)
        if job is not None:
            return redirect("register:import_detail", public_id=job)
    imports = imports_in(actor_of(request))
    context = {
        "form": form,
        "may_edit": may(actor_of(request), Action.REGISTER_EDIT),
        "page": Paginator(imports, PAGE_ROWS).get_page(request.GET.get("page")),
        "crumbs": [
            {"label": _("机构名册"), "url": reverse("register:list")},
            {"label": _("导入名册")},
        ],
    }
    return render(request, "desk/register/import.html", context)


def _started(request: HttpRequest, form: RegisterUploadForm) -> UUID | None:
    """The import's public id; None after saying in the form why the file cannot be taken."""
    upload = form.cleaned_data["file"]
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        limit_mb = settings.UPLOAD_LIMIT_BYTES >> 20
        form.add_error("file", _("文件超过 %(limit)d MB。请分成几个文件。") % {"limit": limit_mb})
        return None
    data = upload.read()
    try:
        read_register(data, file_name=upload.name)
    except UnreadableRegister as problem:
        form.add_error("file", str(problem))
        return None
    asked, _job = start_import(
        division=actor_of(request).division,
        file_name=without_id_numbers(upload.name),
        file_sha256=store_bytes(storable_register(data, file_name=upload.name)),
        places="anywhere" if form.cleaned_data["anywhere"] else "own_division",
        actor=actor_of(request),
        at=timezone.now(),
    )
    return asked.public_id


@require_GET
@page_for(Action.REGISTER_IMPORT)
def import_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of one list: progress while it runs, then counts and the rows that came back."""
    asked = imports_in(actor_of(request)).filter(public_id=public_id).first()
    if asked is None or asked.job is None:
        raise Http404
    job = job_for(actor_of(request), asked.job)
    if job is None:
        raise Http404
    context: dict[str, Any] = {
        "asked": asked,
        "job": job,
        "view": job_view(job, actor_of(request)),
        "stats": [
            {"label": _("新登记"), "value": asked.added_count, "unit": _("家")},
            {"label": _("补充或更改"), "value": asked.changed_count, "unit": _("行")},
            {"label": _("没有变化"), "value": asked.kept_count, "unit": _("行")},
            {"label": _("退回"), "value": asked.refused_count, "unit": _("行")},
        ],
        "crumbs": [
            {"label": _("机构名册"), "url": reverse("register:list")},
            {"label": _("导入名册"), "url": reverse("register:import")},
            {"label": asked.file_name},
        ],
    }
    return render(request, "desk/register/import_detail.html", context)


@require_GET
@page_for(Action.REGISTER_IMPORT)
def import_template(request: HttpRequest) -> HttpResponse:
    """The empty list to fill in."""
    response = HttpResponse(register_template(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="register-template.xlsx"'
    return response
