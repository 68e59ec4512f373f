"""Premises of an entry at the desk: entered, put right, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.forms.premises import (
    NewPremisesForm,
    PremisesCloseForm,
    PremisesCorrectionForm,
    premises_initial,
)
from institutions.models import Institution, Premises
from institutions.selectors.register_entry_view import premises_for, townships_of
from institutions.services.premises import add_premises, close_premises, correct_premises
from institutions.views.register_pages import actor_of, entry_or_404, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


def premises_or_404(institution: Institution, place_id: UUID) -> Premises:
    """A place of the entry."""
    premises = premises_for(institution, place_id)
    if premises is None:
        raise Http404
    return premises


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
        act=lambda _values: add_premises(
            institution=institution, actor=actor_of(request), at=timezone.now(), **form.values()
        ),
    )


@page_for(Action.REGISTER_EDIT)
def premises_edit(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Put right what was entered of a place."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    premises = premises_or_404(institution, place_id)
    form = PremisesCorrectionForm(
        posted(request),
        initial=premises_initial(premises),
        townships=townships_of(institution.division_id),
    )
    return form_page(
        request,
        institution=institution,
        form=form,
        title=_("更正场所 %(number)s") % {"number": premises.register_id},
        submit=_("更正"),
        done=_("已更正。"),
        act=lambda _values: correct_premises(
            premises=premises, actor=actor_of(request), at=timezone.now(), **form.values()
        ),
    )


@page_for(Action.REGISTER_EDIT)
def premises_close(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """The institution no longer teaches there."""
    institution = entry_or_404(request, public_id, Action.REGISTER_EDIT)
    premises = premises_or_404(institution, place_id)

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
