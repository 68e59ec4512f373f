"""The desk's pages of training material: what waits, one material, review and return."""

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

from institutions.forms.materials import ChecklistForm, MaterialPartForm, ReturnMaterialForm
from institutions.models import TrainingMaterial
from institutions.selectors.materials import (
    MATERIAL_SUBJECT,
    awaits_external,
    material_queue,
    visible_material,
    waiting_material_count,
)
from institutions.services.material_reviews import checks, record_desk_review, return_material
from institutions.services.materials import record_opening, reveal_certificate
from institutions.views.filings_pages import actor_of
from institutions.views.material_pages import file_response, material_context
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.audit.selectors.chain import history_of
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
_RETURNABLE = ("internal_passed", "external_passed", "filed")


def _material_or_404(request: HttpRequest, public_id: UUID) -> TrainingMaterial:
    material = visible_material(actor_of(request), public_id)
    if material is None:
        raise Http404
    return material


@require_GET
@page_for(Action.MATERIAL_READ)
def material_list(request: HttpRequest) -> HttpResponse:
    """The district's materials; at first those that wait for the outside review."""
    actor = actor_of(request)
    waiting = waiting_material_count(actor)
    part = request.GET.get("part", "waiting" if waiting else "")
    form = MaterialPartForm({"part": part})
    rows = material_queue(actor, part if form.is_valid() else "")
    context = {
        "form": form,
        "waiting": waiting,
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "desk/materials/list.html", context)


@require_GET
@page_for(Action.MATERIAL_READ)
def material_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One material with its files, authors and reviews."""
    return _page(request, _material_or_404(request, public_id))


def _page(
    request: HttpRequest,
    material: TrainingMaterial,
    *,
    checklist: ChecklistForm | None = None,
    reasons: list[Any] | None = None,
    numbers: dict[str, str] | None = None,
) -> HttpResponse:
    context = material_context(material) | {
        **_may(request, material),
        "checklist": checklist or ChecklistForm(),
        "return_form": ReturnMaterialForm(auto_id="id_return_%s"),
        "numbers": numbers or {},
        "history": history_of(kind=MATERIAL_SUBJECT, key=str(material.public_id))[:20],
        "reasons": reasons or [],
        "crumbs": [
            {"label": _("培训材料"), "url": reverse("materials:list")},
            {"label": material.title, "url": ""},
        ],
    }
    status = 422 if reasons else 200
    return render(request, "desk/materials/material.html", context, status=status)


def _may(request: HttpRequest, material: TrainingMaterial) -> dict[str, bool]:
    """What this officer may do with it now."""
    may_check = checks(actor_of(request), material)
    is_reviewed_here = awaits_external(material) or material.state == "filed"
    return {
        "may_check": may_check,
        "may_review": may_check and is_reviewed_here,
        "may_return": may_check and material.state in _RETURNABLE,
    }


@require_GET
@page_for(Action.MATERIAL_READ)
def desk_file(request: HttpRequest, public_id: UUID, part_id: UUID) -> HttpResponse:
    """One file; that an officer opened it is an event."""
    material = _material_or_404(request, public_id)
    file = material.files.filter(public_id=part_id).first()
    if file is None:
        raise Http404
    record_opening(file=file, actor=actor_of(request), at=timezone.now())
    return file_response(file)


@require_POST
@page_for(Action.MATERIAL_CHECK)
def reveal(request: HttpRequest, public_id: UUID, part_id: UUID) -> HttpResponse:
    """An author's whole certificate number, for checking it."""
    material = _material_or_404(request, public_id)
    author = material.authors.filter(public_id=part_id, removed_at__isnull=True).first()
    if author is None:
        raise Http404
    number = reveal_certificate(author=author, actor=actor_of(request), at=timezone.now())
    return _page(request, material, numbers={str(author.public_id): number})


@require_POST
@page_for(Action.MATERIAL_CHECK)
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The outside review, or a check of a filed material: twelve items."""
    material = _material_or_404(request, public_id)
    form = ChecklistForm(request.POST)
    form.is_valid()
    try:
        done = record_desk_review(
            material=material, draft=form.draft(), actor=actor_of(request), at=timezone.now()
        )
    except Refused as refused:
        return _page(request, material, checklist=form, reasons=refusal_texts(refused.refusals))
    passed = done.result == "passed"
    messages.success(request, _("已记审核通过。") if passed else _("已退回机构。"))
    return redirect("materials:material", public_id=public_id)


@require_POST
@page_for(Action.MATERIAL_CHECK)
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return a material with reasons."""
    material = _material_or_404(request, public_id)
    reason = request.POST.get("reason", "")[:1000]
    try:
        return_material(
            material=material, reason=reason, actor=actor_of(request), at=timezone.now()
        )
    except Refused as refused:
        return _page(request, material, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("已退回机构。"))
    return redirect("materials:material", public_id=public_id)
