"""The register at the desk: the list, one entry now or on a past date, and entering a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.register_texts import GAP_TEXTS
from institutions.forms.register import NewInstitutionForm, RegisterFilterForm
from institutions.models import Institution
from institutions.resources.exchange_files import KIND_LABELS, KINDS
from institutions.resources.register_export import register_export
from institutions.selectors.annual_checks import annual_results
from institutions.selectors.notices import sent_to
from institutions.selectors.premises_standing import standing_page
from institutions.selectors.register import institutions_in
from institutions.selectors.register_entry_view import (
    earliest_day,
    entry_as_of,
    entry_history,
    printed_rows,
)
from institutions.selectors.register_list import (
    filtered_register,
    kind_words,
    register_lines,
)
from institutions.services.register import (
    InstitutionDraft,
    register_institution,
    verify_institution,
)
from institutions.views.journey_entry import entry_journeys
from institutions.views.register_history import history_lines
from institutions.views.register_pages import (
    acted,
    actor_of,
    entry_or_404,
    entry_url,
    posted,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
RECENT_NOTICES = 5


@require_GET
@page_for(Action.REGISTER_READ)
def register_list(request: HttpRequest) -> HttpResponse:
    """The register of the actor's division: filtered as a sentence, searched, exported."""
    actor = actor_of(request)
    form = RegisterFilterForm(request.GET)
    filters = form.filters(sort=request.GET.get("sort", ""))
    rows = filtered_register(institutions_in(actor), filters)
    if request.GET.get("export") in KINDS:
        return register_export(rows, request.GET["export"])
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "lines": register_lines(page.object_list, on=timezone.localdate()),
        "exports": [
            {"label": label, "url": f"?{query.urlencode()}&export={kind}"}
            for kind, label in KIND_LABELS.items()
        ],
        "may_edit": may(actor, Action.REGISTER_EDIT),
        "may_import": may(actor, Action.REGISTER_IMPORT),
        "actions": [{"label": _("核实所选"), "value": "verify", "tone": "primary"}],
    }
    return render(request, "desk/register/list.html", context)


@require_POST
@page_for(Action.REGISTER_EDIT)
def verify_selected(request: HttpRequest) -> HttpResponse:
    """Verify the chosen entries, each by itself; what is refused is said with its name."""
    chosen = institutions_in(actor_of(request), Action.REGISTER_EDIT).filter(
        public_id__in=_uuids(request.POST.getlist("selected"))
    )
    done = 0
    for institution in chosen:
        try:
            verify_institution(institution=institution, actor=actor_of(request), at=timezone.now())
        except Refused as refused:
            reasons = "".join(reason.text for reason in refusal_texts(refused.refusals))
            messages.warning(request, f"{institution.name}：{reasons}")
        else:
            done += 1
    if done:
        text = ngettext("已核实 %(count)d 家机构。", "已核实 %(count)d 家机构。", done)
        messages.success(request, text % {"count": done})
    return redirect("register:list")


@require_GET
@page_for(Action.REGISTER_READ)
def register_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry with everything known of it, now or as of a past date."""
    actor, institution = actor_of(request), entry_or_404(request, public_id)
    today = timezone.localdate()
    on = _past_day(request.GET.get("on", ""), today=today)
    context: dict[str, Any] = {
        "institution": institution,
        "line": register_lines([institution], on=today)[0],
        "kind": kind_words(institution),
        "entry": entry_as_of(institution, on),
        "on": on,
        "today": today,
        "earliest": earliest_day(institution),
        "held": _held(institution),
        "standing": standing_page(institution, on),
        "annual_results": annual_results(institution),
        "history": history_lines(entry_history(institution)),
        **_offered(actor, institution),
        **(entry_journeys(institution, today) if on == today else {}),
        "crumbs": [
            {"label": _("机构名册"), "url": reverse("register:list")},
            {"label": institution.name},
        ],
    }
    return render(request, "desk/register/detail.html", context)


def _offered(actor: Actor, institution: Institution) -> dict[str, bool]:
    """What this desk may do here; licence moves are the competent department's."""
    target = Target(division=institution.division_id)
    competent = replace(target, department=institution.competent_department_id or "")
    return {
        "may_edit": may(actor, Action.REGISTER_EDIT, target),
        "may_read_journeys": may(actor, Action.JOURNEY_READ, target),
        "may_start": may(actor, Action.JOURNEY_HANDLE) or may(actor, Action.PENALTY_HANDLE),
        "may_read_staff": may(actor, Action.STAFF_READ, target),
        "may_read_papers": may(actor, Action.PAPER_READ, target),
        "may_decide": may(actor, Action.LICENCE_DECIDE, competent),
    }


def _held(institution: Institution) -> dict[str, Any]:
    """What stands beside the entry: notices, gaps, former names and codes, rows of lists."""
    return {
        "sent": list(sent_to(institution)[:RECENT_NOTICES]),
        "gaps": [
            {"text": GAP_TEXTS[gap.code], "printed": gap.printed} for gap in institution.gaps.all()
        ],
        "names": institution.names.all(),
        "codes": institution.credit_codes.all(),
        "departments": institution.competent_departments.select_related("department"),
        "sources": printed_rows(institution),
    }


@page_for(Action.REGISTER_EDIT)
def register_new(request: HttpRequest) -> HttpResponse:
    """Enter an institution by hand."""
    form = NewInstitutionForm(posted(request), initial={"on": timezone.localdate()})
    entered: list[Institution] = []
    refusals = acted(
        request, form=form, act=lambda values: entered.append(_registered(request, values))
    )
    if refusals is None:
        messages.success(request, _("已登记。接着补上许可证和办学场所。"))
        return redirect(entry_url(entered[0]))
    register = {"label": _("机构名册"), "url": reverse("register:list")}
    context = {
        "form": form,
        "refusals": refusals,
        "title": _("登记机构"),
        "submit": _("登记"),
        "cancel_url": register["url"],
        "crumbs": [register, {"label": _("登记机构")}],
    }
    return render(request, "desk/register/form.html", context)


def _registered(request: HttpRequest, values: dict[str, Any]) -> Institution:
    actor = actor_of(request)
    drafted = {
        name: value for name, value in values.items() if name not in ("competent_department", "on")
    }
    return register_institution(
        division=actor.division,
        draft=InstitutionDraft(**drafted),
        competent_department=values["competent_department"],
        on=values["on"],
        actor=actor,
        at=timezone.now(),
    )


def _past_day(text: str, *, today: date) -> date:
    """The asked day, or today where it is none or lies ahead."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
