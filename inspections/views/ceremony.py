"""The ceremony: a page for a projector, with nothing on it that is sealed."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.forms.draws import ReadingForm
from inspections.models import Draw
from inspections.selectors.draw_view import draw_steps, state_bar
from inspections.selectors.draws import frame_strata, readings_of
from inspections.services.draw_ceremony import record_reading, run_draw
from inspections.views.pages import actor_of, attempt, draw_or_404, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@page_for(Action.DRAW_READ)
def ceremony(request: HttpRequest, number: str) -> HttpResponse:
    """Commitment, countdown, readings typed twice, and that the draw was made."""
    draw = draw_or_404(request, number)
    form = ReadingForm(posted(request))
    refusals = attempt(form, lambda: _record(request, draw, form)) if form.is_bound else None
    if refusals == []:
        return redirect("inspections:ceremony", number=number)
    return render(
        request, "desk/inspections/ceremony.html", _context(request, draw, form, refusals)
    )


def _record(request: HttpRequest, draw: Draw, form: ReadingForm) -> None:
    row = record_reading(
        draw=draw,
        reading=form.cleaned_data["reading"],
        again=form.cleaned_data["again"],
        witnesses=form.names(),
        actor=actor_of(request),
        at=timezone.now(),
    )
    draw.refresh_from_db()
    if draw.randomness:
        messages.success(request, _("读数 %(text)s 符合约定的格式。") % {"text": row.text})
    else:
        text = _("读数 %(text)s 已记录，但不符合约定的格式，请按约定再读一次。")
        messages.warning(request, text % {"text": row.text})


def _context(
    request: HttpRequest, draw: Draw, form: ReadingForm, refusals: list[Any] | None
) -> dict[str, Any]:
    frame, strata = draw.frame, frame_strata(draw)
    readings = readings_of(draw)
    return {
        "draw": draw,
        "frame": frame,
        "strata": strata,
        "quota": sum(one.quota for one in strata),
        "objects": len(frame["objects"]),
        "inspectors": len(frame["inspectors"]),
        "readings": readings,
        "witnesses": list(dict.fromkeys(name for row in readings for name in row.witnesses)),
        "view": draw_steps(draw, actor_of(request)),
        "bar": state_bar(draw),
        "commitment_groups": wrap(draw.commitment, 8),
        "told_city": draw.division.parent if draw.committed_at else None,
        "now": timezone.now(),
        "is_due": timezone.now() >= draw.due_at,
        "form": form,
        "reasons": refusals,
    }


@require_POST
@page_for(Action.DRAW_APPROVE)
def draw_now(request: HttpRequest, number: str) -> HttpResponse:
    """Draw, once the randomness is known, with the approval of a second officer."""
    draw = draw_or_404(request, number)
    run_draw(draw=draw, actor=actor_of(request), at=timezone.now())
    return redirect("inspections:ceremony", number=number)
