"""附近的机构: licensed places near a township or a position, for anyone, without JavaScript."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.forms.places import NearbyForm
from institutions.selectors.places import Centre, centres_of
from institutions.selectors.places_page import NEAREST_SHOWN, Nearby
from institutions.selectors.places_page import nearby as nearby_places
from regulator.kernel.coordinates import Position


@require_GET
def nearby(request: HttpRequest) -> HttpResponse:
    """The nearest licensed places, and a plain map; a position is used once and kept nowhere."""
    centres = {each.name: each for each in centres_of(settings.DIVISION)}
    form = NearbyForm(request.GET or None, townships=[(name, name) for name in centres])
    found: Nearby | None = None
    asked: dict[str, Any] = {}
    if form.is_valid():
        position, place = _asked_for(form, centres)
        if position is not None:
            asked = {"place": place, "radius_km": form.radius_m() // 1000}
            found = _found(form, position)
        elif request.GET:
            form.add_error("township", _("请选一个镇街，或者填写经纬度。"))
    context = {
        "form": form,
        "found": found,
        "limit": NEAREST_SHOWN,
        "has_position": form.is_bound and bool(request.GET.get("longitude")),
        **asked,
    }
    return render(request, "public/nearby.html", context)


def _found(form: NearbyForm, position: Position) -> Nearby:
    return nearby_places(
        position,
        radius_m=form.radius_m(),
        division=settings.DIVISION,
        on=timezone.localdate(),
        title=_("附近有许可的机构"),
    )


def _asked_for(form: NearbyForm, centres: dict[str, Centre]) -> tuple[Position | None, str]:
    """The position and its name; a position counts before a township."""
    position = form.position()
    if position is not None:
        return position, ""
    centre = centres.get(form.cleaned_data["township"])
    return (None, "") if centre is None else (centre.position, centre.name)
