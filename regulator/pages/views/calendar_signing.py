"""The second person's signature under a change of a calendar or a setting."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.calendars.views.answering import actor_of, answer, posted
from regulator.calendars.views.changes import asked, change_address, change_or_404
from regulator.processes.calendar_signing import sign_calendar_change


@page_for(Action.CALENDAR_APPROVE)
def sign_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign: the change takes effect, and the classes that it touches are looked at again."""
    actor, form = actor_of(request), Form(posted(request))
    change = change_or_404(actor.division, public_id)
    consequences = [_("马上生效，历史里写明谁提出、谁签字。")]
    if change.deadlines:
        consequences.append(_("没有办结的期限按新的工作日重新计算。"))
    if change.touches_classes:
        consequences.append(_("涉及的已通过的班重新核对；系统只开复核，不撤销任何一个。"))
    return answer(
        request,
        form,
        lambda: sign_calendar_change(change, actor=actor, at=timezone.now()),
        template="desk/calendars/confirm.html",
        context=asked(request, change, _("签字"), consequences),
        done=_("已签字，已经生效。"),
        back=change_address(change),
    )
