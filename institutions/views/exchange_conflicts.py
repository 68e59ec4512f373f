"""What another system says otherwise than we do: side by side, and a person decides."""

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
from django.views.decorators.http import require_GET

from institutions.choices.exchange import (
    CONFLICT_BADGES,
    CONFLICT_STATE_LABELS,
    FIELD_LABELS,
)
from institutions.choices.exchange_words import spoken
from institutions.forms.exchange import ConflictForm
from institutions.models import ImportConflict
from institutions.selectors.exchange import conflicts_in
from institutions.services.exchange_conflicts import keep_ours
from institutions.services.exchange_taking import take_theirs
from institutions.views.exchange_pages import crumbs
from institutions.views.register_pages import acted, actor_of, entry_url, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for

PAGE_ROWS = 50
_DECIDING = {"ours": keep_ours, "theirs": take_theirs}


@require_GET
@page_for(Action.REGISTER_EDIT)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every place where a source and our register differ; the undecided first."""
    chosen = request.GET.get("state", "open")
    chosen = chosen if chosen in CONFLICT_STATE_LABELS else "open"
    rows = conflicts_in(actor_of(request))
    page = Paginator(rows.filter(state=chosen), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [shown(one) for one in page],
        "tabs": [
            {
                "label": label,
                "url": f"?state={state}",
                "current": state == chosen,
                "count": rows.filter(state=state).count(),
            }
            for state, label in CONFLICT_STATE_LABELS.items()
        ],
        "crumbs": crumbs({"label": _("不一致")}),
    }
    return render(request, "desk/exchange/conflicts.html", context)


def shown(conflict: ImportConflict) -> dict[str, Any]:
    """A conflict in words."""
    return {
        "conflict": conflict,
        "field": FIELD_LABELS.get(conflict.field, conflict.field),
        "held": spoken(conflict.field, conflict.held),
        "stated": spoken(conflict.field, conflict.stated),
        "badge": CONFLICT_BADGES[conflict.state],
        "entry_url": entry_url(conflict.institution),
    }


@page_for(Action.REGISTER_EDIT)
def conflict(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One difference side by side, and the decision on it."""
    held = conflicts_in(actor_of(request)).filter(public_id=public_id).first()
    if held is None:
        raise Http404
    form = ConflictForm(posted(request))

    def act(values: dict[str, Any]) -> None:
        _DECIDING[values["choice"]](
            conflict=held, reason=values["reason"], actor=actor_of(request), at=timezone.now()
        )

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, _("已处理，记入留痕。"))
        return redirect("exchange:conflicts")
    way = [{"label": _("不一致"), "url": reverse("exchange:conflicts")}]
    context = {
        "line": shown(held),
        "form": form,
        "refusals": refusals,
        "crumbs": crumbs(*way, {"label": held.institution.name}),
    }
    return render(request, "desk/exchange/conflict.html", context)
