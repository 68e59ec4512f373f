"""Setting standards at the desk: what binds, entering a figure, ending one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.standards import ELSEWHERE_CONFIDENCE
from institutions.forms.standards import StandardEndForm, StandardForm
from institutions.selectors.standards import (
    standard_elsewhere,
    standard_for,
    standards_elsewhere,
    standards_history,
)
from institutions.selectors.standards_page import (
    elsewhere_words,
    standard_lines,
    told_changes,
    waiting_standards,
)
from institutions.services.standard_changes import (
    STANDARD_CARRIERS,
    standard_ending,
    standard_entry,
)
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.calendars.services import propose_change
from regulator.calendars.services.change_drafts import ChangeDraft

_COPIED = ("standard", "value", "kind", "stage", "room_use", "is_soft")


@require_GET
@page_for(Action.CALENDAR_READ)
def standards_page(request: HttpRequest) -> HttpResponse:
    """What binds today, whose word it is, what is missing, and what other places have."""
    actor = actor_of(request)
    lines = standard_lines(actor.division, timezone.localdate())
    elsewhere = [
        elsewhere_words(row) | {"confidence": ELSEWHERE_CONFIDENCE[row.confidence]}
        for row in standards_elsewhere()
    ]
    context = {
        "lines": lines,
        "blank_count": sum(1 for line in lines if not line.value),
        "elsewhere": elsewhere,
        "waiting_changes": waiting_standards(actor.division),
        "events": told_changes(standards_history(actor.division)),
        "may_edit": may(actor, Action.SETTING_EDIT, Target(division=actor.division)),
        "today": timezone.localdate(),
    }
    return render(request, "desk/standards/list.html", context)


@page_for(Action.SETTING_EDIT)
def standard_new(request: HttpRequest) -> HttpResponse:
    """Enter a figure, perhaps beginning from another place's."""
    form = StandardForm(posted(request), initial=_initial(request))

    def act(values: dict[str, Any]) -> None:
        draft = standard_entry(division=actor_of(request).division, draft=form.draft())
        _propose(request, draft, values["reason"])

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        return redirect("standards:list")
    words = {
        "title": _("录入设置标准"),
        "lede": _("写明依据的文件。由第二个人签字以后才生效；过去的日子仍按当时的数核对。"),
        "submit": _("提出录入"),
    }
    return _form_page(request, form, refusals, words)


@page_for(Action.SETTING_EDIT)
def standard_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an entered figure."""
    standard = standard_for(actor_of(request).division, public_id)
    if standard is None:
        raise Http404
    form = StandardEndForm(posted(request), initial={"on": timezone.localdate()})

    def act(values: dict[str, Any]) -> None:
        _propose(request, standard_ending(standard, on=values["on"]), values["reason"])

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        return redirect("standards:list")
    words = {
        "title": _("终止“%(label)s”") % {"label": standard.get_standard_display()},
        "lede": _("由第二个人签字以后才终止。终止以后按公开文件的数核对；没有的，结果是无法判断。"),
        "submit": _("提出终止"),
        "danger": True,
    }
    return _form_page(request, form, refusals, words)


def _propose(request: HttpRequest, draft: ChangeDraft, reason: str) -> None:
    actor, at = actor_of(request), timezone.now()
    propose_change(draft, reason=reason, actor=actor, at=at, carriers=STANDARD_CARRIERS)
    messages.success(request, _("已提出。由第二个人签字以后才生效。"))


def _initial(request: HttpRequest) -> dict[str, Any]:
    initial: dict[str, Any] = {"starts_on": timezone.localdate()}
    row = standard_elsewhere(request.GET.get("like", ""))
    if row is not None:
        initial |= {name: getattr(row, name) for name in _COPIED}
        if row.standard == "buildings_banned":
            initial |= {"value": "", "buildings": row.value.split("|")}
    return initial


def _form_page(
    request: HttpRequest, form: Any, refusals: list[Any], words: dict[str, Any]
) -> HttpResponse:
    back = reverse("standards:list")
    context = {
        **words,
        "form": form,
        "refusals": refusals,
        "cancel_url": back,
        "crumbs": [{"label": _("设置标准"), "url": back}, {"label": words["title"]}],
    }
    return render(request, "desk/register/form.html", context)
