"""Lists and records of staff, at the desk and in the portal; what an officer opens is on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from institutions.choices.staff import PLACE_BADGES, WATCH_LABELS
from institutions.models import Institution, StaffMember
from institutions.selectors.staff import (
    elsewhere,
    history_of_member,
    latest_declaration,
    lines_of,
    staff_gaps,
    staff_lines,
    staff_ratio,
)
from institutions.selectors.staff_watch import watch_counts, watched
from institutions.services.staff_lists import show_staff_list, show_watch_list
from institutions.services.staff_papers import show_staff_record
from institutions.views.register_pages import actor_of
from institutions.views.staff_showing import (
    hiring_steps,
    member_checks,
    member_facts,
    shown_gaps,
    shown_lines,
    shown_shares,
    told_history,
)
from institutions.views.staff_sides import DESK, PORTAL, Side, institution_at, member_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor

PAGE_ROWS = 50


@require_GET
@page_for(Action.STAFF_READ)
def watch(request: HttpRequest) -> HttpResponse:
    """Who of the division is overdue, uncertified, waiting, or may not work at all."""
    actor, today = actor_of(request), timezone.localdate()
    asked = request.GET.get("part", "")
    part = asked if asked in WATCH_LABELS else "recheck"
    page = Paginator(watched(actor, part, today), PAGE_ROWS).get_page(request.GET.get("page"))
    show_watch_list(
        division=actor.division,
        part=part,
        count=len(page.object_list),
        actor=actor,
        at=timezone.now(),
    )
    context = {
        "tabs": _watch_tabs(actor, part),
        "page": page,
        "lines": shown_lines(lines_of(list(page.object_list), division=actor.division, on=today)),
        "part_label": WATCH_LABELS[part],
        "may_edit": may(actor, Action.STAFF_EDIT, Target(division=actor.division)),
    }
    return render(request, "staff/watch.html", context)


def _watch_tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    counts, url = watch_counts(actor, timezone.localdate()), reverse("staff:watch")
    return [
        {
            "label": label,
            "url": f"{url}?part={part}",
            "current": part == current,
            "count": getattr(counts, part),
        }
        for part, label in WATCH_LABELS.items()
    ]


@require_GET
@page_for(Action.STAFF_READ)
def desk_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The staff of one institution, for an officer."""
    institution = institution_at(request, DESK, public_id, Action.STAFF_READ)
    return _list(request, DESK, institution)


@require_GET
@page_for(Action.STAFF_KEEP_OWN)
def portal_list(request: HttpRequest) -> HttpResponse:
    """The institution's own staff."""
    institution = institution_at(request, PORTAL, None, Action.STAFF_KEEP_OWN)
    return _list(request, PORTAL, institution)


def _list(request: HttpRequest, side: Side, institution: Institution) -> HttpResponse:
    today, lines = timezone.localdate(), staff_lines(institution, timezone.localdate())
    if side is DESK:
        show_staff_list(
            institution=institution,
            count=len(lines),
            actor=actor_of(request),
            at=timezone.now(),
        )
    ratio, side_target = staff_ratio(institution, today), Target(division=institution.division_id)
    context = {
        "side": side,
        "institution": institution,
        "lines": shown_lines(lines),
        "ratio": ratio,
        "shares": shown_shares(ratio, lines),
        "declaration": latest_declaration(institution),
        "may_edit": may(actor_of(request), side.edit, side_target),
        "new_url": side.new_url(institution),
        "crumbs": side.crumbs(institution),
    }
    return render(request, "staff/list.html", context)


@require_GET
@page_for(Action.STAFF_READ)
def desk_member(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person's record, for an officer: that it was opened is an event."""
    member = member_or_404(request, staff_id, Action.STAFF_READ)
    show_staff_record(member=member, actor=actor_of(request), at=timezone.now())
    others = elsewhere(member, timezone.localdate())
    return render(request, "staff/member.html", _record(request, DESK, member, others))


@require_GET
@page_for(Action.STAFF_KEEP_OWN)
def portal_member(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person of the institution's own list."""
    member = member_or_404(request, staff_id, Action.STAFF_KEEP_OWN)
    return render(request, "staff/member.html", _record(request, PORTAL, member, []))


def _record(
    request: HttpRequest, side: Side, member: StaffMember, others: list[StaffMember]
) -> dict[str, Any]:
    today, institution = timezone.localdate(), member.institution
    target = Target(division=institution.division_id)
    return {
        "side": side,
        "member": member,
        "institution": institution,
        "place": PLACE_BADGES[member.place_on(today)],
        "gaps": shown_gaps(staff_gaps(member, today)),
        "facts": member_facts(member),
        "checks": member_checks(member),
        "certificates": list(member.certificates.all()),
        "posts": member.posts.all(),
        "steps": hiring_steps(member),
        "others": others,
        **told_history(history_of_member(member)),
        "may_edit": member.ends_before is None and may(actor_of(request), side.edit, target),
        "may_check": may(actor_of(request), Action.STAFF_EDIT, target),
        "crumbs": side.crumbs(institution, member.name),
    }
