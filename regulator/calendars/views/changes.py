"""Changes of calendars and settings that wait for a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT, ChangeState
from regulator.calendars.forms.calendars import ReasonForm
from regulator.calendars.models import CalendarChange
from regulator.calendars.selectors.changes import change_in, changes_in
from regulator.calendars.services import send_back_change, withdraw_change
from regulator.calendars.views.answering import (
    actor_of,
    answer,
    division_asked,
    division_query,
    posted,
    trail,
)
from regulator.calendars.views.change_rows import listed_changes, told_change
from regulator.kernel.actors import Actor

PAGE_ROWS = 50


@page_for(Action.CALENDAR_READ)
def change_list(request: HttpRequest) -> HttpResponse:
    """What waits for a signature, then everything that was ever proposed."""
    division = division_asked(request)
    changes = changes_in(division)
    waiting = changes.filter(state=ChangeState.PROPOSED.value)
    decided = changes.exclude(state=ChangeState.PROPOSED.value)
    page = Paginator(decided, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "query": division_query(request),
        "waiting_changes": listed_changes(waiting),
        "decided_changes": listed_changes(page),
        "page": page,
        "crumbs": trail((_("改动"), "")),
    }
    return render(request, "desk/calendars/changes.html", context)


@page_for(Action.CALENDAR_READ)
def change_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One change: what it says now, what it would say, and who may decide."""
    division, actor = division_asked(request), actor_of(request)
    change = change_or_404(division, public_id)
    is_open, is_own = change.state == ChangeState.PROPOSED, is_proposer(change, actor)
    may_sign = may(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    context = told_change(change) | {
        "may_sign": is_open and may_sign and not is_own,
        "may_send_back": is_open and may_sign and not is_own,
        "may_withdraw": is_open and is_own,
        "may_try": is_open
        and change.can_be_tried
        and may(actor, Action.FILING_TRY, Target(division)),
        "crumbs": change_trail(request, (_("改动"), "")),
    }
    return render(request, "desk/calendars/change.html", context)


@page_for(Action.CALENDAR_APPROVE)
def change_send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a change back with a reason; nothing changes by it."""
    actor, form = actor_of(request), ReasonForm(posted(request))
    change = change_or_404(actor.division, public_id)
    return answer(
        request,
        form,
        lambda: send_back_change(
            change, because=form.cleaned_data["reason"], actor=actor, at=timezone.now()
        ),
        template="desk/calendars/confirm.html",
        context=asked(
            request, change, _("退回改动"), [_("校历和设置都不变，提出的人可以重新提出。")]
        ),
        done=_("已退回，什么都没有改。"),
        back=change_address(change),
    )


@page_for(Action.CALENDAR_EDIT)
def change_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    actor, form = actor_of(request), Form(posted(request))
    change = change_or_404(actor.division, public_id)
    return answer(
        request,
        form,
        lambda: withdraw_change(change, actor=actor, at=timezone.now()),
        template="desk/calendars/confirm.html",
        context=asked(request, change, _("撤回改动"), [_("校历和设置都不变。")]),
        done=_("已撤回，什么都没有改。"),
        back=change_address(change),
    )


def change_or_404(division: str, public_id: UUID) -> CalendarChange:
    """A change of the division, or a page that says there is none."""
    change = change_in(division, public_id)
    if change is None:
        raise Http404
    return change


def is_proposer(change: CalendarChange, actor: Actor) -> bool:
    """Whether it is this person's own proposal."""
    return actor.user_id is not None and change.proposed_by_user == actor.user_id


def change_address(change: CalendarChange) -> str:
    """The page of a change."""
    return reverse("calendars:change", kwargs={"public_id": change.public_id})


def change_trail(request: HttpRequest, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """Breadcrumbs from the list of changes."""
    address = reverse("calendars:changes") + division_query(request)
    return trail((_("等签字的改动"), address), *steps)


def asked(
    request: HttpRequest, change: CalendarChange, title: str, consequences: list[str]
) -> dict[str, Any]:
    """What a page of confirmation shows of a change."""
    return {
        "title": title,
        "submit": title,
        "what_data": True,
        "what": f"{told_change(change)['kind']} {change.title}",
        "consequences": consequences,
        "crumbs": change_trail(request, (title, "")),
    }
