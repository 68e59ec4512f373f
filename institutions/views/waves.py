"""Waves at the desk: the list, a new one, its preview and opening, its progress and members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.wave_texts import CONSEQUENCE_LABELS, WAY_OUT_LABELS
from institutions.core.journeys.waves import WAYS_OUT
from institutions.forms.waves import (
    AddMemberForm,
    ExcuseForm,
    MemberFilterForm,
    WaveForm,
    template_initial,
)
from institutions.models import Institution, Wave
from institutions.resources.exchange_files import KIND_LABELS, KINDS
from institutions.resources.wave_export import wave_export
from institutions.selectors.register import institution_for, institutions_in
from institutions.selectors.wave_progress import (
    decision_counts,
    figures,
    figures_by_township,
    is_listed,
    reason_lines,
    standing_badge,
)
from institutions.selectors.waves import (
    candidates,
    member_lines,
    wave_for,
    wave_templates,
    waves_in,
)
from institutions.services.waves import (
    add_member,
    create_wave,
    excuse_member,
    open_wave,
)
from institutions.views.register_pages import acted, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for

PAGE_ROWS = 50
PREVIEW_ROWS = 200
_FORM = "desk/waves/form.html"


def wave_or_404(
    request: HttpRequest, public_id: UUID, action: Action = Action.JOURNEY_READ
) -> Wave:
    """A wave that the actor's desk reaches."""
    wave = wave_for(actor_of(request), public_id, action)
    if wave is None:
        raise Http404
    return wave


def wave_url(wave: Wave) -> str:
    """The wave's own page."""
    return reverse("waves:wave", args=[wave.public_id])


def wave_crumbs(wave: Wave | None, label: Any = "") -> list[dict[str, Any]]:
    """The way from the list of waves to a page of one."""
    trail: list[dict[str, Any]] = [{"label": _("批次"), "url": reverse("waves:list")}]
    if wave is not None:
        trail.append({"label": wave.name, "url": wave_url(wave) if label else ""})
    return [*trail, {"label": label}] if label else trail


@require_GET
@page_for(Action.JOURNEY_READ)
def wave_list(request: HttpRequest) -> HttpResponse:
    """The waves of the desk's division, each with how far it is."""
    actor, today = actor_of(request), timezone.localdate()
    rows = [
        {
            "wave": wave,
            "figures": figures("", member_lines(wave)) if wave.opened_at else None,
            "is_over": wave.deadline_on < today,
        }
        for wave in waves_in(actor)
    ]
    context = {
        "rows": rows,
        "templates": wave_templates(),
        "may_manage": may(actor, Action.WAVE_MANAGE),
    }
    return render(request, "desk/waves/list.html", context)


@page_for(Action.WAVE_MANAGE)
def wave_new(request: HttpRequest) -> HttpResponse:
    """Create a wave, from a shipped one where that is asked for; nothing begins by it."""
    actor = actor_of(request)
    form = WaveForm(posted(request), initial=_initial(request.GET.get("template", "")))
    made: list[Wave] = []
    refusals = acted(
        request,
        form=form,
        act=lambda values: made.append(
            create_wave(division=actor.division, draft=form.draft(), actor=actor, at=timezone.now())
        ),
    )
    if refusals is None:
        return redirect("waves:open", made[0].public_id)
    context = {
        "form": form,
        "refusals": refusals,
        "title": _("新建批次"),
        "submit": _("保存，看有哪些机构"),
        "lede": _("保存后先看名单，确认了才开始。"),
        "crumbs": wave_crumbs(None, _("新建批次")),
        "cancel_url": reverse("waves:list"),
    }
    return render(request, _FORM, context)


def _initial(code: str) -> dict[str, Any]:
    """What a shipped template fills in; nothing where there is no such one."""
    found = next((one for one in wave_templates() if one.code == code), None)
    return {} if found is None else template_initial(found)


@page_for(Action.WAVE_MANAGE)
def wave_open(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who would be in it now, as a list; opening fixes them and tells them."""
    wave = wave_or_404(request, public_id, Action.WAVE_MANAGE)
    refusals = acted(
        request,
        form=Form(posted(request)),
        act=lambda values: open_wave(wave=wave, actor=actor_of(request), at=timezone.now()),
    )
    if refusals is None:
        messages.success(request, _("批次已经开始，正在通知名单里的机构。"))
        return redirect(wave_url(wave))
    chosen = candidates(wave.division_id, wave.criteria)
    context = {
        "wave": wave,
        "chosen": chosen[:PREVIEW_ROWS],
        "total": len(chosen),
        "hidden": max(len(chosen) - PREVIEW_ROWS, 0),
        "refusals": refusals,
        "crumbs": wave_crumbs(wave, _("核对名单")),
    }
    return render(request, "desk/waves/open.html", context)


@require_GET
@page_for(Action.JOURNEY_READ)
def wave_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the wave is, and its members by standing."""
    wave = wave_or_404(request, public_id)
    lines = member_lines(wave)
    form = MemberFilterForm(request.GET)
    shown = [line for line in lines if is_listed(line, *form.values())]
    if request.GET.get("export") in KINDS:
        return wave_export(wave, shown, request.GET["export"])
    page = Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    context = _wave_context(request, wave) | {
        "form": form,
        "page": page,
        "lines": [_shown(wave, line) for line in page.object_list],
        "whole": figures("", lines),
        "table": figures_by_township(wave, lines),
        "exports": _exports(request),
    }
    return render(request, "desk/waves/wave.html", context)


def _wave_context(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    actor = actor_of(request)
    own = Target(division=wave.division_id)
    counts = decision_counts(wave)
    return {
        "wave": wave,
        "is_over": wave.deadline_on < timezone.localdate(),
        "ways": [WAY_OUT_LABELS[way] for way in WAYS_OUT],
        "own_ways": [WAY_OUT_LABELS[way] for way in wave.ways_out],
        "consequence": CONSEQUENCE_LABELS.get(wave.consequence, wave.consequence),
        "decisions": sum(counts.values()),
        "may_manage": may(actor, Action.WAVE_MANAGE, own),
        "may_handle": may(actor, Action.JOURNEY_HANDLE),
        "may_countersign": may(actor, Action.JOURNEY_COUNTERSIGN, own),
        "crumbs": wave_crumbs(wave),
    }


def _shown(wave: Wave, line: Any) -> dict[str, Any]:
    is_over = wave.deadline_on < timezone.localdate()
    way = line.judged.way
    return {
        "line": line,
        "badge": standing_badge(line, is_over=is_over),
        "way": WAY_OUT_LABELS.get(way, ""),
        "because": line.judged.because or line.member.spared_because,
        "reasons": reason_lines(line) if is_over else (),
        "may_excuse": line.member.standing not in ("excused", "proposed"),
    }


def _exports(request: HttpRequest) -> list[dict[str, Any]]:
    query = request.GET.copy()
    query.pop("page", None)
    return [
        {"label": label, "url": f"?{query.urlencode()}&export={kind}"}
        for kind, label in KIND_LABELS.items()
    ]


@page_for(Action.WAVE_MANAGE)
def member_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one more institution in, with the reason."""
    wave = wave_or_404(request, public_id, Action.WAVE_MANAGE)
    rows = institutions_in(actor_of(request)).filter(place="", division=wave.division_id)
    others = list(rows.exclude(wave_memberships__wave=wave).exclude(status="closed"))
    form = AddMemberForm(posted(request), institutions=others)

    def act(values: dict[str, Any]) -> None:
        chosen = institution_for(actor_of(request), values["institution"])
        if chosen is None:
            raise Http404
        add_member(
            wave=wave,
            institution=chosen,
            reason=values["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return _member_form(request, wave, form, act, title=_("补充机构"), submit=_("列入批次"))


@page_for(Action.WAVE_MANAGE)
def member_excuse(request: HttpRequest, public_id: UUID, institution_id: UUID) -> HttpResponse:
    """Take one out of the consequence, with the reason."""
    wave = wave_or_404(request, public_id, Action.WAVE_MANAGE)
    members = wave.members.select_related("institution", "wave")
    member = members.filter(institution__public_id=institution_id).first()
    if member is None:
        raise Http404
    return _member_form(
        request,
        wave,
        ExcuseForm(posted(request)),
        lambda values: excuse_member(
            member=member, actor=actor_of(request), at=timezone.now(), **values
        ),
        title=_("从批次里除外"),
        submit=_("除外"),
        institution=member.institution,
    )


def _member_form(
    request: HttpRequest,
    wave: Wave,
    form: Any,
    act: Any,
    *,
    title: str,
    submit: str,
    institution: Institution | None = None,
) -> HttpResponse:
    refusals = acted(request, form=form, act=act)
    if refusals is None:
        messages.success(request, _("已办理：%(what)s。") % {"what": title})
        return redirect(wave_url(wave))
    context = {
        "form": form,
        "refusals": refusals,
        "title": title,
        "submit": submit,
        "institution": institution,
        "crumbs": wave_crumbs(wave, title),
        "cancel_url": wave_url(wave),
    }
    return render(request, _FORM, context)
