"""A credit tier proposed by hand: the points it departs from come from every room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.forms.credit import ByHandForm
from inspections.views.pages import actor_of, form_page, posted
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.processes.credit_points import propose_other_tier


@page_for(Action.TIER_HANDLE)
def propose_tier_by_hand(request: HttpRequest) -> HttpResponse:
    """Propose another tier than the points give, with a reason; a second person lets it out."""
    actor = actor_of(request)
    form = ByHandForm(posted(request), institutions=institutions_in(actor))
    return form_page(
        request,
        form=form,
        act=lambda: propose_other_tier(**form.cleaned_data, actor=actor, at=timezone.now()),
        back=reverse("inspections:tiers"),
        done=_("已拟定，请另一名人员复核。"),
        context={
            "title": _("不按记分拟定等级"),
            "lede": _("平时由系统按记分拟定。要写明原因，另一名人员复核，机构照样可以提出异议。"),
            "submit": _("拟定"),
            "crumbs": [
                {"label": _("信用等级"), "url": reverse("inspections:tiers")},
                {"label": _("不按记分拟定等级")},
            ],
        },
    )
