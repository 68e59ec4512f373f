"""How each department signs its papers, and in which typefaces they are set."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.papers import PAPER_KIND_LABELS, TYPEFACE_LABELS
from institutions.core.papers.numbers import SHIPPED_WORDS, number_text
from institutions.core.papers.offices import STAND_INS, Office
from institutions.forms.papers import OfficeForm
from institutions.selectors.papers import office_entries, office_on, signing_departments
from institutions.services.papers_offices import set_office
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.choices.texts import DEPARTMENT_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for
from regulator.adapters.typefaces import installed_families


@require_GET
@page_for(Action.PAPER_READ)
def offices(request: HttpRequest) -> HttpResponse:
    """Every department that may issue papers, as it signs today."""
    actor, today = actor_of(request), timezone.localdate()
    held = {
        code: office_on(division=actor.division, department=code, day=today)
        for code in signing_departments()
    }
    context = {
        "rows": [
            {
                "department": code,
                "label": DEPARTMENT_LABELS[code],
                "office": one,
                "sample": _sample(one),
            }
            for code, one in held.items()
        ],
        "typefaces": _typefaces(held[signing_departments()[0]]),
        "may_edit": may(actor, Action.SETTING_EDIT),
    }
    return render(request, "desk/papers/offices.html", context)


@page_for(Action.SETTING_EDIT)
def office(request: HttpRequest, department: str) -> HttpResponse:
    """Change how one department signs, from a day on."""
    if department not in signing_departments():
        raise Http404
    actor, today = actor_of(request), timezone.localdate()
    held = office_on(division=actor.division, department=department, day=today)
    form = OfficeForm(posted(request), office=held, initial=_initial(held))
    refusals = acted(
        request,
        form=form,
        act=lambda values: set_office(
            division=actor.division,
            department=department,
            office=form.office(),
            starts_on=values["starts_on"],
            reason=values["reason"],
            actor=actor,
            at=timezone.now(),
        ),
    )
    if refusals is None:
        messages.success(request, _("已保存。今后的文书按新的设置制发。"))
        return redirect("papers:offices")
    context = _page(actor.division, department, held) | {"form": form, "refusals": refusals}
    return render(request, "desk/papers/office.html", context)


def _page(division: str, department: str, held: Office) -> dict[str, Any]:
    label = DEPARTMENT_LABELS[department]
    return {
        "title": _("%(department)s部门的发文机关") % {"department": label},
        "crumbs": [
            {"label": _("发文机关和文号"), "url": reverse("papers:offices")},
            {"label": label},
        ],
        "held": held,
        "typefaces": _typefaces(held),
        "entries": office_entries(division=division, department=department),
    }


def _initial(held: Office) -> dict[str, Any]:
    return {
        "name": held.name,
        "abbreviation": held.abbreviation,
        "has_red_head": held.has_red_head,
        "review_body": held.review_body,
        "court": held.court,
        "address": held.address,
        "phone": held.phone,
        "basis": held.basis,
        "starts_on": timezone.localdate(),
    }


def _sample(held: Office) -> list[dict[str, Any]]:
    """The next paper's number of each kind, in the bureau's own form."""
    year = timezone.localdate().year
    return [
        {
            "label": PAPER_KIND_LABELS[kind],
            "number": number_text(held.series_of(kind), year=year, serial=1),
        }
        for kind in SHIPPED_WORDS
    ]


def _typefaces(held: Office) -> list[dict[str, Any]]:
    """What each role of type is set in on this machine, and whether that only stands in."""
    installed = installed_families()
    rows = []
    for role, families in held.families().items():
        used = next((family for family in families if family in installed), "")
        rows.append(
            {
                "label": TYPEFACE_LABELS[role],
                "used": used,
                "wanted": families[0],
                "stands_in": used == STAND_INS[role],
            }
        )
    return rows
