"""Where places lie: the desk's list and map, moving a pin, townships' centres."""

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

from institutions.choices.places import SOURCE_LABELS
from institutions.forms.places import CentreForm, PlacesFilterForm, PointForm
from institutions.models import Premises
from institutions.selectors.places import (
    answers_of,
    centres_of,
    located_counts,
    point_of,
    points_of,
    premises_reached,
    township_in,
    unlocated,
)
from institutions.selectors.places_page import (
    confidence_badge,
    division_map,
    place_lines,
    place_rows,
)
from institutions.services.geocoding import locate_later
from institutions.services.places import move_point, record_centre
from institutions.views.register_pages import acted, actor_of, entry_url, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.models import Township
from regulator.accounts.views.access import page_for
from regulator.adapters.geocoding.asking import geocoder_source
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


@require_GET
@page_for(Action.REGISTER_READ)
def places_map(request: HttpRequest) -> HttpResponse:
    """The division's places with their points, on a map and as a list."""
    actor = actor_of(request)
    form = PlacesFilterForm(request.GET)
    rows = place_rows(actor.division, form.chosen())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": place_lines(page.object_list),
        "counts": located_counts(actor.division),
        "picture": division_map(
            points_of(actor.division), division=actor.division, title=_("本区办学场所的位置")
        ),
        "waiting": unlocated(actor.division, geocoder_source()).count(),
        "source": SOURCE_LABELS.get(geocoder_source(), geocoder_source()),
        "may_edit": may(actor, Action.REGISTER_EDIT, Target(division=actor.division)),
    }
    return render(request, "desk/places/map.html", context)


@require_POST
@page_for(Action.REGISTER_EDIT)
def locate(request: HttpRequest) -> HttpResponse:
    """Have what has no point looked up."""
    actor = actor_of(request)
    try:
        job = locate_later(division=actor.division, actor=actor, at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.warning(request, reason.text)
        return redirect("places:map")
    return redirect("jobs:desk_job", public_id=job.public_id)


@page_for(Action.REGISTER_EDIT)
def point_page(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Move a place's pin, seeing what is known of it."""
    actor = actor_of(request)
    premises = premises_reached(actor, place_id, Action.REGISTER_EDIT)
    if premises is None:
        raise Http404
    form = PointForm(posted(request), initial=_point_initial(premises))

    def act(values: dict[str, Any]) -> None:
        move_point(
            premises=premises,
            position=form.position(),
            reason=values["reason"],
            actor=actor,
            at=timezone.now(),
        )

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, _("位置已标定。"))
        return redirect(entry_url(premises.institution))
    return render(request, "desk/places/point.html", _point_context(premises, form, refusals))


def _point_initial(premises: Premises) -> dict[str, Any]:
    point = point_of(premises)
    if point is None:
        return {}
    names = ("longitude", "latitude", "system")
    return {name: getattr(point, name) for name in names}


def _point_context(premises: Premises, form: PointForm, refusals: list[Any]) -> dict[str, Any]:
    point = point_of(premises)
    title = _("标定场所 %(number)s 的位置") % {"number": premises.register_id}
    division = premises.institution.division_id
    return {
        "title": title,
        "premises": premises,
        "institution": premises.institution,
        "form": form,
        "refusals": refusals,
        "point": point,
        "point_badge": None if point is None else confidence_badge(point),
        "answers": answers_of(premises)[:10],
        "picture": "" if point is None else division_map([point], division=division, title=title),
        "cancel_url": entry_url(premises.institution),
        "crumbs": [
            {"label": _("场所位置"), "url": reverse("places:map")},
            {"label": premises.institution.name, "url": entry_url(premises.institution)},
            {"label": title},
        ],
    }


@require_GET
@page_for(Action.REGISTER_READ)
def centres_page(request: HttpRequest) -> HttpResponse:
    """The townships of the division and about where each lies."""
    actor = actor_of(request)
    centres = centres_of(actor.division)
    known = {each.name for each in centres}
    context = {
        "centres": centres,
        "missing": [each for each in township_in(actor.division) if each.name not in known],
        "may_edit": may(actor, Action.SETTING_EDIT, Target(division=actor.division)),
        "crumbs": [
            {"label": _("场所位置"), "url": reverse("places:map")},
            {"label": _("镇街中心点")},
        ],
    }
    return render(request, "desk/places/centres.html", context)


@page_for(Action.SETTING_EDIT)
def centre_page(request: HttpRequest, code: str) -> HttpResponse:
    """Enter about where a township lies."""
    actor = actor_of(request)
    township = next((each for each in township_in(actor.division) if each.code == code), None)
    if township is None:
        raise Http404
    centre = next((each for each in centres_of(actor.division) if each.code == code), None)
    initial = {} if centre is None else _centre_initial(centre)
    form = CentreForm(posted(request), initial=initial)

    def act(values: dict[str, Any]) -> None:
        record_centre(
            township=township,
            position=form.position(),
            source=values["source"],
            actor=actor,
            at=timezone.now(),
        )

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, _("已登记。以后查到的位置按它；已有的位置不变。"))
        return redirect("places:centres")
    context = _centre_words(township) | {"form": form, "refusals": refusals}
    return render(request, "desk/register/form.html", context)


def _centre_words(township: Township) -> dict[str, Any]:
    back = reverse("places:centres")
    return {
        "title": _("%(name)s的中心点") % {"name": township.name},
        "lede": _("约略的中心就够了：内置镇街表查场所位置时用它，家长按镇街找机构时也用它。"),
        "submit": _("登记"),
        "cancel_url": back,
        "crumbs": [{"label": _("镇街中心点"), "url": back}, {"label": township.name}],
    }


def _centre_initial(centre: Any) -> dict[str, Any]:
    position = centre.position
    return {
        "longitude": position.longitude,
        "latitude": position.latitude,
        "system": position.system.value,
        "source": centre.source if centre.is_entered else "",
    }
