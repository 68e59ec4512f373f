"""The institution's side after a visit: orders, proofs, results, ratings, the safety ledger."""

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
from django.views.decorators.http import require_GET, require_POST

from inspections.choices.results import SAFETY_KIND_LABELS
from inspections.forms.findings import ObjectionForm, ProofForm, RatingForm, SafetyForm
from inspections.models import RectificationOrder, SafetyEntry, Visit
from inspections.selectors.after_view import rectification_view
from inspections.selectors.findings import own_rectification, own_rectifications
from inspections.selectors.published import (
    own_visits_to_rate,
    published_results,
    result_for,
    results_of_institution,
)
from inspections.selectors.safety import (
    entries_of,
    hazard_rows,
    own_entry,
    places_of,
    safety_facts,
)
from inspections.services.ratings import rate_visit
from inspections.services.rectification_proofs import ProofFile, submit_proof
from inspections.services.rectifications import receive_rectification
from inspections.services.results import object_to_result
from inspections.services.safety import SafetyDraft, enter_safety
from inspections.views.pages import actor_of, attempt, crumbs_from, posted
from inspections.views.rectifications import kept_proof
from institutions.models import Institution
from institutions.selectors.filings import own_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 30


def _crumbs(*more: tuple[Any, str]) -> list[dict[str, Any]]:
    return crumbs_from(_("检查和整改"), "inspections:own_rectifications", *more)


def _institution(request: HttpRequest) -> Institution:
    institution = own_institution(actor_of(request))
    if institution is None:
        raise Http404
    return institution


@require_GET
@page_for(Action.RECTIFICATION_ANSWER)
def own_list(request: HttpRequest) -> HttpResponse:
    """Orders first, then visits to rate, then what was published."""
    actor, institution = actor_of(request), _institution(request)
    page = Paginator(own_rectifications(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "to_rate": own_visits_to_rate(actor),
        "results": published_results(results_of_institution(institution)),
    }
    return render(request, "portal/after/list.html", context)


def _own_or_404(request: HttpRequest, public_id: UUID) -> RectificationOrder:
    order = own_rectification(actor_of(request), public_id)
    if order is None:
        raise Http404
    return order


@page_for(Action.RECTIFICATION_ANSWER)
def own_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One order: what to do, by when, and the proof that it is done."""
    order, actor = _own_or_404(request, public_id), actor_of(request)
    form = ProofForm(posted(request), request.FILES or None)

    def hand_in() -> object:
        files = [ProofFile(one.name or "", one.read()) for one in form.cleaned_data["proofs"]]
        words = form.cleaned_data["words"]
        return submit_proof(order=order, text=words, files=files, actor=actor, at=timezone.now())

    reasons = attempt(form, hand_in) if request.method == "POST" else None
    if reasons == []:
        messages.success(request, _("已报送。部门核对以后，会在这里看到结果。"))
        return redirect("inspections:own_rectification", public_id=public_id)
    context = {
        "order": order,
        "view": rectification_view(order, actor, timezone.localdate()),
        "form": form,
        "reasons": reasons,
        "crumbs": _crumbs((str(order), "")),
    }
    return render(request, "portal/after/rectification.html", context)


@require_POST
@page_for(Action.RECTIFICATION_ANSWER)
def receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm that the order has arrived."""
    order = _own_or_404(request, public_id)
    try:
        receive_rectification(order=order, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.warning(request, reason.text)
    else:
        messages.success(request, _("已确认收到，改正的期限从次日起算。"))
    return redirect("inspections:own_rectification", public_id=public_id)


@require_GET
@page_for(Action.RECTIFICATION_ANSWER)
def own_proof(request: HttpRequest, public_id: UUID, proof_id: UUID, place: int) -> HttpResponse:
    """A file of one's own proof."""
    return kept_proof(_own_or_404(request, public_id), proof_id, place)


@page_for(Action.RECTIFICATION_ANSWER)
def object_to(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what is wrong with a published result of one's own."""
    result = result_for(actor_of(request), public_id)
    if result is None:
        raise Http404
    form = ObjectionForm(posted(request))
    return _portal_form(
        request,
        form,
        lambda: object_to_result(
            result=result,
            text=form.cleaned_data["words"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        done=_("异议已提出，检查机关核实后答复。"),
        title=_("对公布的结果提出异议"),
        submit=_("提出异议"),
    )


@page_for(Action.RECTIFICATION_ANSWER)
def rate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Rate a visit; nobody can see who did."""
    visit = next((one for one in _to_rate(request) if one.public_id == public_id), None)
    if visit is None:
        raise Http404
    form = RatingForm(posted(request))
    return _portal_form(
        request,
        form,
        lambda: rate_visit(
            visit=visit,
            scores=form.scores(),
            remark=form.cleaned_data["remark"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        done=_("谢谢。评价已计入，没有人能看出是谁评的。"),
        title=_("评价这次检查"),
        lede=_("评价只计数，不留您机构的名称；同一批满 5 份才显示。5 分最好。"),
        submit=_("提交评价"),
    )


def _to_rate(request: HttpRequest) -> list[Visit]:
    return own_visits_to_rate(actor_of(request))


def _portal_form(
    request: HttpRequest, form: Any, act: Any, *, done: Any, title: Any, submit: Any, lede: Any = ""
) -> HttpResponse:
    """One form on a page of its own, back to the institution's list."""
    reasons = attempt(form, act) if request.method == "POST" else None
    if reasons == []:
        messages.success(request, done)
        return redirect("inspections:own_rectifications")
    context = {
        "form": form,
        "reasons": reasons,
        "title": title,
        "lede": lede,
        "submit": submit,
        "cancel_url": reverse("inspections:own_rectifications"),
        "crumbs": _crumbs((title, "")),
    }
    return render(request, "portal/after/form.html", context)


@require_GET
@page_for(Action.SAFETY_KEEP)
def safety(request: HttpRequest) -> HttpResponse:
    """The ledger: what it says today, and every entry."""
    institution, today = _institution(request), timezone.localdate()
    context = {
        "facts": [
            {"place": place, "facts": safety_facts(place, today)}
            for place in places_of(institution)
        ],
        "entries": entries_of(institution),
        "kinds": SAFETY_KIND_LABELS.items(),
    }
    return render(request, "portal/after/safety.html", context)


@page_for(Action.SAFETY_KEEP)
def safety_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter one entry, or correct one of the same kind."""
    if kind not in SAFETY_KIND_LABELS:
        raise Http404
    institution = _institution(request)
    corrects = own_entry(institution, request.GET.get("corrects", ""))
    form = _safety_form(request, institution, kind, corrects)
    reasons = None
    if request.method == "POST":
        reasons = attempt(form, lambda: _enter(request, form, kind, corrects))
    if reasons == []:
        messages.success(request, _("已登记。"))
        return redirect("inspections:own_safety")
    context = {
        "form": form,
        "reasons": reasons,
        "title": SAFETY_KIND_LABELS[kind],
        "corrects": corrects,
        "submit": _("更正") if corrects else _("登记"),
        "cancel_url": reverse("inspections:own_safety"),
        "crumbs": _safety_crumbs(kind),
    }
    return render(request, "portal/after/form.html", context)


def _safety_crumbs(kind: str) -> list[dict[str, Any]]:
    ledger = {"label": _("安全台账"), "url": reverse("inspections:own_safety")}
    return [ledger, {"label": SAFETY_KIND_LABELS[kind]}]


def _safety_form(
    request: HttpRequest, institution: Institution, kind: str, corrects: SafetyEntry | None
) -> SafetyForm:
    places = places_of(institution)
    initial: dict[str, Any] = {"on": timezone.localdate(), "premises": places.first()}
    if corrects is not None:
        initial = {name: getattr(corrects, name) for name in _COPIED}
    return SafetyForm(
        posted(request),
        kind=kind,
        places=places,
        hazards=hazard_rows(institution),
        corrects=corrects,
        initial=initial,
    )


_COPIED = ("on", "premises", "note", "hazard", "people", "camera_days")


def _enter(
    request: HttpRequest, form: SafetyForm, kind: str, corrects: SafetyEntry | None
) -> SafetyEntry:
    data = form.cleaned_data
    draft = SafetyDraft(
        kind=kind,
        on=data["on"],
        note=data["note"],
        hazard=data.get("hazard"),
        corrects=corrects,
        camera_days=data.get("camera_days"),
        people=data.get("people"),
        is_void=bool(data.get("is_void")),
    )
    return enter_safety(
        premises=data["premises"], draft=draft, actor=actor_of(request), at=timezone.now()
    )
