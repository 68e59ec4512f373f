"""Licences of an entry at the desk."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.choices.register import LICENCE_MOVE_LABELS, LICENCE_MOVE_LEDES
from institutions.core.licence_states import DESK_MOVES
from institutions.forms.licences import (
    LicenceCorrectionForm,
    LicenceForm,
    LicenceMoveForm,
    licence_initial,
)
from institutions.models import Institution, Licence
from institutions.selectors.register_entry_view import (
    licence_for,
)
from institutions.services.register import (
    correct_licence,
    record_licence,
    take_licence_move,
)
from institutions.views.register_pages import actor_of, entry_or_404, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


def _licence_or_404(institution: Institution, paper_id: UUID) -> Licence:
    licence = licence_for(institution, paper_id)
    if licence is None:
        raise Http404
    return licence


@page_for(Action.REGISTER_EDIT)
def licence_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter a licence; it is pending until it is granted."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    initial = {
        "name": institution.name,
        "category": institution.category,
        "activity": institution.activity,
        "issuing_department": actor_of(request).department,
    }
    form = LicenceForm(posted(request), initial=initial)
    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("录入许可证"),
        lede=_("照证件抄写。录入后是“待核发”，核发后才生效。"),
        submit=_("录入"),
        done=_("许可证已录入，还要核发才生效。"),
        act=lambda values: record_licence(
            institution=institution,
            draft=form.draft(),
            actor=actor_of(request),
            at=timezone.now(),
        ),
    )


@page_for(Action.REGISTER_EDIT)
def licence_edit(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Put right what was entered of a licence."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    licence = _licence_or_404(institution, paper_id)
    form = LicenceCorrectionForm(posted(request), initial=licence_initial(licence))
    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("更正许可证内容"),
        lede=_("更正写错的内容，许可证的状态不变。"),
        submit=_("更正"),
        done=_("已更正。"),
        act=lambda values: correct_licence(
            licence=licence,
            draft=form.draft(),
            reason=values["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
    )


@page_for(Action.LICENCE_DECIDE)
def licence_move(request: HttpRequest, public_id: UUID, paper_id: UUID, move: str) -> HttpResponse:
    """Take a transition that needs no journey, after saying what it means."""
    if move not in DESK_MOVES:
        raise Http404
    institution = entry_or_404(request, public_id, Action.LICENCE_DECIDE)
    licence = _licence_or_404(institution, paper_id)
    label = LICENCE_MOVE_LABELS[move]
    return form_page(
        request,
        institution=institution,
        form=LicenceMoveForm(posted(request)),
        title=_("%(move)s许可证 %(number)s") % {"move": label, "number": licence},
        lede=LICENCE_MOVE_LEDES[move],
        submit=label,
        done=_("已办理：%(move)s。") % {"move": label},
        danger=move == "expire",
        act=lambda values: take_licence_move(
            licence=licence, move=move, actor=actor_of(request), at=timezone.now(), **values
        ),
    )
