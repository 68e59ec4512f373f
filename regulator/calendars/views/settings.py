"""A division's settings: what holds, how sure it is, and a change from a day on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.selectors.people import division_by_code
from regulator.accounts.views.access import page_for
from regulator.adapters.messages import open_channels
from regulator.calendars.choices.texts import (
    SETTING_EFFECTS,
    SETTING_GROUP_LABELS,
    SETTING_LABELS,
    STANDING_BADGES,
)
from regulator.calendars.core.settings import SettingSpec, SettingValue, written
from regulator.calendars.forms.settings import SettingForm
from regulator.calendars.selectors.changes import waiting_changes, waiting_for_setting
from regulator.calendars.selectors.settings import (
    division_settings,
    entries_of,
    history_of_setting,
    setting_specs,
)
from regulator.calendars.services import propose_change, setting_change
from regulator.calendars.views.answering import (
    actor_of,
    answer,
    division_asked,
    posted,
    proposed_text,
)
from regulator.calendars.views.change_rows import listed_changes
from regulator.calendars.views.rows import spoken, told_events
from regulator.kernel.actors import Actor


def shown_value(value: SettingValue) -> dict[str, Any]:
    """A setting in words."""
    return {
        "code": value.code,
        "label": SETTING_LABELS[value.code],
        "value": spoken("value", value.value),
        "badge": STANDING_BADGES[value.standing],
        "basis": value.basis,
        "starts_on": value.starts_on,
    }


@page_for(Action.CALENDAR_READ)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every setting as it holds today, group by group."""
    division = division_asked(request)
    values, specs = division_settings(division, timezone.localdate()), setting_specs(division)
    groups = [
        {
            "label": label,
            "settings": [
                shown_value(values[code]) for code, spec in specs.items() if spec.group == group
            ],
        }
        for group, label in SETTING_GROUP_LABELS.items()
    ]
    context = {
        "division": division_by_code(division),
        "groups": groups,
        "channels": open_channels(),
        "may_edit": may(actor_of(request), Action.SETTING_EDIT, Target(division=division)),
        "waiting_count": waiting_changes(division).count(),
    }
    return render(request, "desk/calendars/settings.html", context)


@page_for(Action.SETTING_EDIT)
def setting_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change or confirm one setting from a day on."""
    actor = actor_of(request)
    specs = setting_specs(actor.division)
    if code not in specs:
        raise Http404
    value = division_settings(actor.division, timezone.localdate())[code]
    form = SettingForm(posted(request), spec=specs[code], initial=_initial(value))
    return answer(
        request,
        form,
        lambda: _propose(form, code, actor),
        template="desk/calendars/setting.html",
        context=_setting_context(actor.division, specs[code], value),
        done=proposed_text(),
        back=reverse("calendars:settings"),
    )


def _propose(form: SettingForm, code: str, actor: Actor) -> None:
    data = form.cleaned_data
    draft = setting_change(
        division=actor.division,
        code=code,
        text=data["text"],
        starts_on=data["starts_on"],
        basis=data["basis"],
    )
    propose_change(draft, reason=data["reason"], actor=actor, at=timezone.now())


def _initial(value: SettingValue) -> dict[str, Any]:
    return {"text": written(value.value), "starts_on": timezone.localdate()}


def _setting_context(division: str, spec: SettingSpec, value: SettingValue) -> dict[str, Any]:
    entries = [
        {"row": row, "value": spoken("value", row.value)} for row in entries_of(division, spec.code)
    ]
    return {
        "title": SETTING_LABELS[spec.code],
        "crumbs": [
            {"label": _("本区设置"), "url": reverse("calendars:settings")},
            {"label": SETTING_LABELS[spec.code], "url": ""},
        ],
        "effect": SETTING_EFFECTS.get(spec.code) or SETTING_EFFECTS.get(spec.group, ""),
        "current": shown_value(value),
        "known": spec.allowed,
        "entries": entries,
        "waiting_changes": listed_changes(waiting_for_setting(division, spec.code)),
        "events": told_events(history_of_setting(division, spec.code)),
    }
