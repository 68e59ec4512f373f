"""Sealed copies of a draw's key: who keeps them, and the one print of an envelope's sheet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.documents.key_sheet import key_sheet_pdf
from inspections.forms.paper import KeyCopyForm
from inspections.services.key_copies import CopyDraft, add_key_copy, print_key_sheet
from inspections.views.pages import actor_of, crumbs_to, draw_or_404, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@page_for(Action.DRAW_RUN)
def new_key_copy(request: HttpRequest, number: str) -> HttpResponse:
    """Enter who is to keep a copy of the key."""
    draw = draw_or_404(request, number)
    form = KeyCopyForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: add_key_copy(
            draw=draw,
            draft=CopyDraft(**form.cleaned_data),
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:ceremony", args=[number]),
        done=_("已登记。请打印封存页，当场装入信封封好。"),
        context={
            "title": _("登记密钥封存件"),
            "lede": _("两个人各保管一份，其中一人不在本局。系统毁坏时，凭信封里的密钥也能揭晓。"),
            "submit": _("登记"),
            "crumbs": crumbs_to(draw, _("密钥封存件")),
        },
    )


@require_POST
@page_for(Action.DRAW_RUN)
def key_sheet(request: HttpRequest, number: str, public_id: UUID) -> HttpResponse:
    """The sheet for one envelope, once."""
    draw = draw_or_404(request, number)
    copy = get_object_or_404(draw.key_copies, public_id=public_id)
    key = print_key_sheet(copy=copy, actor=actor_of(request), at=timezone.now())
    response = HttpResponse(key_sheet_pdf(draw, copy, key), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{draw.number}-key.pdf"'
    response["Cache-Control"] = "no-store"
    return response
