"""Licences and premises of an entry at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.choices.register import LICENCE_MOVE_LABELS, LICENCE_MOVE_LEDES
from institutions.core.licence_states import TRANSITIONS
from institutions.forms.licences import (
    LicenceCorrectionForm,
    LicenceForm,
    LicenceMoveForm,
    NewPremisesForm,
    PremisesCloseForm,
    PremisesCorrectionForm,
    licence_initial,
)
from institutions.models import Institution, Licence, Premises
from institutions.selectors.register_entry_view import (
    licence_for,
    premises_for,
    townships_of,
)
from institutions.services.register import (
    add_premises,
    close_premises,
    correct_licence,
    correct_premises,
    move_licence,
    record_licence,
)
from institutions.views.register_pages import actor_of, entry_or_404, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


def _licence_or_404(institution: Institution, paper_id: UUID) -> Licence:
    licence = licence_for(institution, paper_id)
    if licence is None:
        raise Http404
    return licence


def _premises_or_404(institution: Institution, place_id: UUID) -> Premises:
    premises = premises_for(institution, place_id)
    if premises is None:
        raise Http404
    return premises


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
    """Take one of the transitions, after saying what it means."""
    if move not in TRANSITIONS:
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
        danger=move in ("revoke", "cancel", "suspend"),
        act=lambda values: move_licence(
            licence=licence, move=move, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


@page_for(Action.REGISTER_EDIT)
def premises_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter a place; it gets a register id of its own."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    form = NewPremisesForm(
        posted(request),
        initial={"on": timezone.localdate(), "is_licensed": True},
        townships=townships_of(institution.division_id),
    )
    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("登记办学场所"),
        lede=_("每处场所有一个永久的登记编号，停用后也不会再给别处。"),
        submit=_("登记"),
        done=_("场所已登记。"),
        act=lambda values: add_premises(
            institution=institution, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


@page_for(Action.REGISTER_EDIT)
def premises_edit(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Put right what was entered of a place."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    premises = _premises_or_404(institution, place_id)
    names = ("address", "area", "floor_area_m2", "is_licensed")
    form = PremisesCorrectionForm(
        posted(request),
        initial={name: getattr(premises, name) for name in names},
        townships=townships_of(institution.division_id),
    )
    return _premises_form(request, institution, premises, form)


def _premises_form(
    request: HttpRequest,
    institution: Institution,
    premises: Premises,
    form: PremisesCorrectionForm,
) -> HttpResponse:
    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("更正场所 %(number)s") % {"number": premises.register_id},
        submit=_("更正"),
        done=_("已更正。"),
        act=lambda values: correct_premises(
            premises=premises, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


@page_for(Action.REGISTER_EDIT)
def premises_close(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """The institution no longer teaches there."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    premises = _premises_or_404(institution, place_id)

    def act(values: dict[str, Any]) -> None:
        close_premises(premises=premises, actor=actor_of(request), at=timezone.now(), **values)

    return form_page(
        request,
        institution=institution,
        form=PremisesCloseForm(posted(request), initial={"on": timezone.localdate()}),
        title=_("停用场所 %(number)s") % {"number": premises.register_id},
        lede=_("停用后不再列入检查对象名录；登记编号保留，不会再用。"),
        submit=_("停用"),
        done=_("场所已停用。"),
        danger=True,
        act=act,
    )
