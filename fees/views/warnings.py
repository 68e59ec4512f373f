"""Warnings: the list by urgency, one with its readings, and what is done about it."""

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

from fees.choices.warnings import (
    INDICATOR_LABELS,
    INDICATOR_TEXTS,
    NOT_KNOWN_TEXTS,
    PROVIDER_EVENT_LABELS,
    TIER_BADGES,
    WARNING_ANSWER_BADGES,
)
from fees.forms.closures import ProviderEventForm, WarningAnswerForm, WarningFilterForm
from fees.forms.refunds import RefundReasonForm
from fees.models import RiskWarning
from fees.selectors.warnings import (
    answers_to,
    event_for,
    events_of,
    tier_counts,
    warning_for,
    warnings_in,
    warnings_of,
)
from fees.services.warnings import (
    answer_warning,
    record_provider_event,
    withdraw_provider_event,
)
from fees.views.desk import PAGE_ROWS, actor_of, posted
from institutions.models import Institution
from institutions.selectors.register import institution_for
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_STEP = "desk/fees/refund_step.html"
_TIERS = ("red", "orange", "yellow")


def _warning_or_404(request: HttpRequest, public_id: UUID) -> RiskWarning:
    warning = warning_for(actor_of(request), public_id)
    if warning is None:
        raise Http404
    return warning


@require_GET
@page_for(Action.WARNING_READ)
def warning_list(request: HttpRequest) -> HttpResponse:
    """The warning that holds for each institution, the most urgent first."""
    actor, form = actor_of(request), WarningFilterForm(request.GET)
    filters = form.filters()
    page = Paginator(warnings_in(actor, filters), PAGE_ROWS).get_page(request.GET.get("page"))
    counts = tier_counts(actor)
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "rows": [(row, _spoken(row), WARNING_ANSWER_BADGES[row.answer or ""]) for row in page],
        "stats": [
            {
                "label": TIER_BADGES[tier].label,
                "value": counts.get(tier, 0),
                "url": f"{reverse('fees:warnings')}?tier={tier}",
            }
            for tier in _TIERS
        ],
    }
    return render(request, "desk/fees/warnings.html", context)


def _spoken(warning: RiskWarning) -> list[str]:
    """The names of the indicators that speak."""
    return [str(INDICATOR_LABELS[one["code"]]) for one in warning.readings if one["tier"] != "none"]


@require_GET
@page_for(Action.WARNING_READ)
def warning(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every reading with figure, limit and source; what was known before; what was done."""
    row, actor = _warning_or_404(request, public_id), actor_of(request)
    institution = row.institution
    target = Target(division=institution.division_id)
    answers = answers_to(row)
    is_ended = bool(answers) and answers[-1].kind in ("false_alarm", "closed")
    may_handle = may(actor, Action.WARNING_HANDLE, target)
    context = {
        "row": row,
        "institution": institution,
        "crumbs": _crumbs(row),
        "readings": [_reading(one) for one in row.readings],
        "answers": answers,
        "earlier": warnings_of(institution)[:PAGE_ROWS],
        "entered": [(one, PROVIDER_EVENT_LABELS[one.kind]) for one in events_of(institution)],
        "may_handle": may_handle,
        "may_answer": may_handle and not is_ended and row.tier != "none",
    }
    return render(request, "desk/fees/warning.html", context)


def _reading(one: dict[str, Any]) -> dict[str, Any]:
    """A reading in words; what nobody can say is said so."""
    texts = NOT_KNOWN_TEXTS if one["figure"] is None else INDICATOR_TEXTS
    return {
        "label": INDICATOR_LABELS[one["code"]],
        "text": str(texts[one["code"]]) % {"figure": one["figure"], "limit": one["limit"]},
        "badge": TIER_BADGES[one["tier"]],
        "known": one["figure"] is not None,
        "basis": one["basis"],
        "version": _version(one),
    }


def _version(one: dict[str, Any]) -> str:
    """Which limits were used: of the division since a day, or shipped; readings before say none."""
    if "limits" not in one:
        return ""
    params = {"tiers": "/".join(str(limit) for limit in one["limits"]), "day": one["limits_from"]}
    if one["limits_from"]:
        return _("界限 %(tiers)s，本区 %(day)s 起的设置") % params
    return _("界限 %(tiers)s，系统默认") % params


def _crumbs(row: RiskWarning, label: str = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"label": _("风险预警"), "url": reverse("fees:warnings")}]
    name = row.institution.name
    if not label:
        return [*way, {"label": name}]
    url = reverse("fees:warning", args=[row.public_id])
    return [*way, {"label": name, "url": url}, {"label": label}]


def _way_of(institution: Institution, label: str) -> tuple[list[dict[str, Any]], str]:
    """The way to a page about an institution, and the page to go back to: its latest warning."""
    row = warnings_of(institution).first()
    if row is None:
        listed = reverse("fees:warnings")
        return [{"label": _("风险预警"), "url": listed}, {"label": label}], listed
    return _crumbs(row, label), reverse("fees:warning", args=[row.public_id])


@page_for(Action.WARNING_HANDLE)
def warning_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Acknowledge, act, or end it with a reason."""
    row, title = _warning_or_404(request, public_id), _("处置预警")
    form = WarningAnswerForm(posted(request))
    back = reverse("fees:warning", args=[row.public_id])
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data, actor = form.cleaned_data, actor_of(request)
        try:
            answer_warning(
                row, kind=data["kind"], text=data["text"], actor=actor, at=timezone.now()
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已登记。"))
            return redirect(back)
    context = {"title": title, "form": form, "reasons": reasons, "cancel_url": back}
    context |= {"crumbs": _crumbs(row, title), "data": row.institution.name}
    return render(request, _STEP, context, status=422 if reasons else 200)


@page_for(Action.WARNING_HANDLE)
def event_new(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Enter an event that no table of the system shows."""
    actor, form = actor_of(request), ProviderEventForm(posted(request))
    institution = institution_for(actor, institution_id, Action.WARNING_HANDLE)
    if institution is None:
        raise Http404
    title, reasons = _("登记机构风险事件"), []
    crumbs, back = _way_of(institution, title)
    if request.method == "POST" and form.is_valid():
        try:
            record_provider_event(
                institution=institution, draft=form.draft(), actor=actor, at=timezone.now()
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已登记，夜间计算预警时算在内。"))
            return redirect(back)
    context = {"title": title, "crumbs": crumbs, "form": form, "reasons": reasons}
    context |= {"cancel_url": back, "data": institution.name}
    return render(request, _STEP, context, status=422 if reasons else 200)


@page_for(Action.WARNING_HANDLE)
def event_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back what was entered by mistake."""
    actor, form = actor_of(request), RefundReasonForm(posted(request))
    event = event_for(actor, public_id)
    if event is None:
        raise Http404
    form.fields["reason"].help_text = ""
    title, reasons = _("撤销机构风险事件"), []
    crumbs, back = _way_of(event.institution, title)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_provider_event(
                event, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已撤销，原来的登记仍然留着。"))
            return redirect(back)
    context = {"title": title, "crumbs": crumbs, "form": form, "reasons": reasons}
    context |= {"cancel_url": back, "data": event.institution.name}
    return render(request, _STEP, context, status=422 if reasons else 200)
