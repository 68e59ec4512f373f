"""The sealed lists of a draw: teams, routes, days, replacements, paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.forms.draws import ReplaceForm, TeamDaysForm
from inspections.selectors.checklists import checklist_named, latest_checklists
from inspections.selectors.directories import township_names
from inspections.selectors.draw_view import draw_steps
from inspections.selectors.draws import team_lists
from inspections.services.checklists import issue_checklists
from inspections.services.draw_field import replace_inspector, replace_object, schedule_team
from inspections.views.pages import (
    actor_of,
    crumbs_to,
    form_page,
    pdf_response,
    posted,
    sealed_draw_or_refuse,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.DRAW_READ)
def draw_lists(request: HttpRequest, number: str) -> HttpResponse:
    """Teams with their members and routes; only for those who may see them."""
    draw = sealed_draw_or_refuse(request, number)
    context = {
        "draw": draw,
        "view": draw_steps(draw, actor_of(request)),
        "teams": team_lists(draw),
        "papers": {row.name: row for row in latest_checklists(draw)},
        "checklists": latest_checklists(draw),
        "townships": township_names(draw.division_id),
        "days_form": TeamDaysForm(initial={"starts_on": timezone.localdate()}),
        "crumbs": crumbs_to(draw, _("检查组和名单")),
    }
    return render(request, "desk/inspections/lists.html", context)


@page_for(Action.DRAW_RUN)
def team_days(request: HttpRequest, number: str, team: str) -> HttpResponse:
    """Set the days on which a team is out."""
    draw = sealed_draw_or_refuse(request, number)
    form = TeamDaysForm(posted(request), initial={"starts_on": timezone.localdate()})
    return form_page(
        request,
        form=form,
        act=lambda: schedule_team(
            draw=draw, team=team, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
        ),
        back=reverse("inspections:lists", args=[number]),
        done=_("第 %(team)s 组的出动日已定。") % {"team": team},
        context={
            "title": _("第 %(team)s 组的出动日") % {"team": team},
            "lede": _("只在这几天，组员才能在现场端看到本组的名单。"),
            "submit": _("保存"),
            "crumbs": crumbs_to(draw, _("出动日")),
        },
    )


@page_for(Action.DRAW_RUN)
def replace_premises(request: HttpRequest, number: str, register_id: str) -> HttpResponse:
    """Let the next of the reserve step in for a premises."""
    draw = sealed_draw_or_refuse(request, number)
    form = ReplaceForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: replace_object(
            draw=draw,
            out=register_id,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:lists", args=[number]),
        done=_("已按候补顺序替换。"),
        context={
            "title": _("替换场所 %(register_id)s") % {"register_id": register_id},
            "lede": _(
                "替补只能按候补顺序产生，不能挑选。原场所留在名单里，另记结果。印过的清单自动出新版。"
            ),
            "submit": _("按候补顺序替换"),
            "crumbs": crumbs_to(draw, _("替换场所")),
        },
    )


@page_for(Action.DRAW_RUN)
def replace_member(request: HttpRequest, number: str, team: str, code: str) -> HttpResponse:
    """Let the next of the department's reserve take a seat."""
    draw = sealed_draw_or_refuse(request, number)
    form = ReplaceForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: replace_inspector(
            draw=draw,
            team=team,
            out=code,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:lists", args=[number]),
        done=_("已按候补顺序替换。"),
        context={
            "title": _("替换检查人员 %(code)s") % {"code": code},
            "lede": _("替补是本部门候补里第一个不须回避的人员。印过的清单自动出新版。"),
            "submit": _("按候补顺序替换"),
            "crumbs": crumbs_to(draw, _("替换人员")),
        },
    )


@require_POST
@page_for(Action.CHECKLIST_PRINT)
def print_lists(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the checklists and have them rendered."""
    draw = sealed_draw_or_refuse(request, number)
    job = issue_checklists(source=draw, actor=actor_of(request), at=timezone.now())
    if job is None:
        messages.info(request, _("清单已经印好，再印得到同样的文件。"))
        return redirect("inspections:lists", number=number)
    return redirect("jobs:job", public_id=job.public_id)


@require_GET
@page_for(Action.CHECKLIST_PRINT)
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The kept bytes of one paper."""
    draw = sealed_draw_or_refuse(request, number)
    found = checklist_named(draw, name)
    if found is None:
        raise Http404
    return pdf_response(found)
