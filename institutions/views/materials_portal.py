"""The portal's pages of training material: what there is, its files, authors and reviews."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.choices.materials import STATE_LABELS
from institutions.forms.materials import (
    AuthorForm,
    InternalReviewForm,
    MaterialFileForm,
    MaterialForm,
    ReturnMaterialForm,
)
from institutions.models import TrainingMaterial
from institutions.selectors.materials import own_material, own_materials
from institutions.services.material_reviews import (
    file_material,
    record_internal_review,
    revise_material,
    withdraw_material,
)
from institutions.services.materials import (
    add_author,
    add_file,
    change_material,
    enter_material,
    remove_author,
    remove_file,
)
from institutions.views.filings_pages import actor_of, institution_or_404, section_tabs
from institutions.views.material_pages import file_response, material_context, material_crumbs
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


def _material_or_404(request: HttpRequest, public_id: UUID) -> TrainingMaterial:
    material = own_material(actor_of(request), public_id)
    if material is None:
        raise Http404
    return material


@require_GET
@page_for(Action.MATERIAL_KEEP)
def material_list(request: HttpRequest) -> HttpResponse:
    """The institution's materials by state."""
    state = request.GET.get("state", "")
    rows = own_materials(actor_of(request), state if state in STATE_LABELS else "")
    context = {
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "parts": section_tabs("materials:portal"),
        "tabs": [
            {"label": label, "url": f"?state={key}" if key else "?", "current": key == state}
            for key, label in (("", _("全部")), *STATE_LABELS.items())
        ],
    }
    return render(request, "portal/materials/list.html", context)


@require_http_methods(["GET", "POST"])
@page_for(Action.MATERIAL_KEEP)
def new_material(request: HttpRequest) -> HttpResponse:
    """Enter a material."""
    form = MaterialForm(request.POST or None)

    def enter() -> TrainingMaterial:
        return enter_material(
            institution=institution_or_404(request),
            draft=form.draft(),
            actor=actor_of(request),
            at=timezone.now(),
        )

    return _form_page(request, form, enter, _("登记一份培训材料"), reverse("materials:portal"))


@require_http_methods(["GET", "POST"])
@page_for(Action.MATERIAL_KEEP)
def edit_material(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what is stated of a material."""
    material = _material_or_404(request, public_id)
    initial = {name: getattr(material, name) for name in MaterialForm.base_fields}
    form = MaterialForm(request.POST or None, initial=initial)

    def change() -> TrainingMaterial:
        return change_material(
            material=material, draft=form.draft(), actor=actor_of(request), at=timezone.now()
        )

    page = reverse("materials:own", args=[public_id])
    return _form_page(request, form, change, _("改正材料的信息"), page)


def _form_page(
    request: HttpRequest,
    form: Form,
    write: Callable[[], TrainingMaterial],
    title: str,
    cancel_url: str,
) -> HttpResponse:
    """One form; written, it leads to the material's page."""
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            material = write()
        except Refused as refused:
            reasons = refusal_texts(refused.refusals)
        else:
            return redirect("materials:own", public_id=material.public_id)
    context = {
        "form": form,
        "title": title,
        "reasons": reasons,
        "cancel_url": cancel_url,
        "crumbs": material_crumbs((title, "")),
    }
    status = 422 if reasons or form.errors else 200
    return render(request, "portal/materials/form.html", context, status=status)


@require_GET
@page_for(Action.MATERIAL_KEEP)
def own_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One material: where it stands, what is missing, who must act."""
    return _page(request, _material_or_404(request, public_id))


def _page(
    request: HttpRequest, material: TrainingMaterial, *, reasons: list[Any] | None = None
) -> HttpResponse:
    context = {
        **material_context(material),
        "file_form": MaterialFileForm(),
        "author_form": AuthorForm(),
        "stop_form": ReturnMaterialForm(auto_id="id_stop_%s"),
        "reasons": reasons or [],
        "crumbs": material_crumbs((material.title, "")),
    }
    status = 422 if reasons else 200
    return render(request, "portal/materials/material.html", context, status=status)


def _done(
    request: HttpRequest, material: TrainingMaterial, write: Callable[[], object], text: str
) -> HttpResponse:
    """One write on the material's page: said, or refused with every reason in place."""
    try:
        write()
    except Refused as refused:
        reasons = refusal_texts(refused.refusals)
        return _page(request, _material_or_404(request, material.public_id), reasons=reasons)
    messages.success(request, text)
    return redirect("materials:own", public_id=material.public_id)


@require_POST
@page_for(Action.MATERIAL_KEEP)
def upload_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep one more file."""
    material = _material_or_404(request, public_id)
    form = MaterialFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.warning(request, _("请先选择文件。"))
        return redirect("materials:own", public_id=public_id)
    file = form.cleaned_data["file"]
    write = partial(
        add_file,
        material=material,
        file_name=file.name,
        data=file.read(),
        actor=actor_of(request),
        at=timezone.now(),
    )
    return _done(request, material, write, _("文件已收下。"))


@require_POST
@page_for(Action.MATERIAL_KEEP)
def drop_file(request: HttpRequest, public_id: UUID, part_id: UUID) -> HttpResponse:
    """Take a file away."""
    material = _material_or_404(request, public_id)
    file = material.files.filter(public_id=part_id, removed_at__isnull=True).first()
    if file is None:
        raise Http404
    actor, at = actor_of(request), timezone.now()
    said = _("文件已移去。")
    return _done(request, material, partial(remove_file, file=file, actor=actor, at=at), said)


@require_GET
@page_for(Action.MATERIAL_KEEP)
def own_file(request: HttpRequest, public_id: UUID, part_id: UUID) -> HttpResponse:
    """The institution's own file as it came."""
    material = _material_or_404(request, public_id)
    file = material.files.filter(public_id=part_id).first()
    if file is None:
        raise Http404
    return file_response(file)


@require_POST
@page_for(Action.MATERIAL_KEEP)
def new_author(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter an author."""
    material = _material_or_404(request, public_id)
    form = AuthorForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请写编写人员的姓名；年数填整数。"))
        return redirect("materials:own", public_id=public_id)
    actor, at = actor_of(request), timezone.now()
    write = partial(add_author, material=material, draft=form.draft(), actor=actor, at=at)
    return _done(request, material, write, _("编写人员已登记。"))


@require_POST
@page_for(Action.MATERIAL_KEEP)
def drop_author(request: HttpRequest, public_id: UUID, part_id: UUID) -> HttpResponse:
    """Take an author away."""
    material = _material_or_404(request, public_id)
    author = material.authors.filter(public_id=part_id, removed_at__isnull=True).first()
    if author is None:
        raise Http404
    actor, at = actor_of(request), timezone.now()
    said = _("编写人员已移去。")
    return _done(request, material, partial(remove_author, author=author, actor=actor, at=at), said)


@require_http_methods(["GET", "POST"])
@page_for(Action.MATERIAL_KEEP)
def internal_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The institution's own review: twelve items, one by one."""
    material = _material_or_404(request, public_id)
    form = InternalReviewForm(request.POST or None)

    def write() -> TrainingMaterial:
        review = record_internal_review(
            material=material, draft=form.draft(), actor=actor_of(request), at=timezone.now()
        )
        passed = review.result == "passed"
        said = _("已记内部审核通过。") if passed else _("已记内部审核不通过，改好后再审。")
        messages.success(request, said)
        return material

    page = reverse("materials:own", args=[public_id])
    return _form_page(request, form, write, _("记录内部审核"), page)


@require_POST
@page_for(Action.MATERIAL_KEEP)
def file_it(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """备案."""
    material = _material_or_404(request, public_id)
    actor, at = actor_of(request), timezone.now()
    write = partial(file_material, material=material, actor=actor, at=at)
    return _done(request, material, write, _("已备案。"))


@require_POST
@page_for(Action.MATERIAL_KEEP)
def revise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it up again; its reviews no longer hold."""
    material = _material_or_404(request, public_id)
    actor, at = actor_of(request), timezone.now()
    write = partial(revise_material, material=material, actor=actor, at=at)
    return _done(request, material, write, _("可以修改了。改好后重新审核。"))


@require_POST
@page_for(Action.MATERIAL_KEEP)
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """停用."""
    material = _material_or_404(request, public_id)
    reason = request.POST.get("reason", "")[:1000]
    actor, at = actor_of(request), timezone.now()
    write = partial(withdraw_material, material=material, reason=reason, actor=actor, at=at)
    return _done(request, material, write, _("已停用，不再用于任何班。"))
