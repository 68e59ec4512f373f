"""Credit tiers and upheld complaints at the desk, and an institution's own tier."""

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

from inspections.choices.credit import POINT_KIND_LABELS
from inspections.forms.credit import AnswerForm, ComplaintForm, ObjectionForm, ReasonForm
from inspections.models import CreditEvent, TierProposal
from inspections.selectors.credit import (
    complaint_for,
    complaints_in,
    own_proposal,
    proposal_for,
    proposals_in,
    proposals_of,
)
from inspections.services.credit_events import record_complaint, revoke_complaint
from inspections.services.credit_tiers import (
    approve_by_hand,
    object_to_tier,
    reject_objection,
    uphold_objection,
    withdraw_tier,
)
from inspections.views.pages import actor_of, form_page, posted
from institutions.selectors.register import institution_for, institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored

PAGE_ROWS = 50
_ANSWERS = {"reject": reject_objection, "uphold": uphold_objection}


def _crumbs(*labels: Any) -> list[dict[str, Any]]:
    crumbs = [{"label": _("信用等级"), "url": reverse("inspections:tiers")}]
    return [*crumbs, *({"label": label} for label in labels)]


def _proposal_or_404(request: HttpRequest, public_id: UUID) -> TierProposal:
    proposal = proposal_for(actor_of(request), public_id)
    if proposal is None:
        raise Http404
    return proposal


def point_rows(proposal: TierProposal) -> list[dict[str, Any]]:
    """A proposal's points with the words of their kinds."""
    return [{**row, "kind": POINT_KIND_LABELS[row["kind"]]} for row in proposal.rows]


@require_GET
@page_for(Action.TIER_READ)
def tier_list(request: HttpRequest) -> HttpResponse:
    """Proposed tiers, the newest first."""
    actor = actor_of(request)
    page = Paginator(proposals_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "may_handle": may(actor, Action.TIER_HANDLE)}
    return render(request, "desk/inspections/tiers.html", context)


@require_GET
@page_for(Action.TIER_READ)
def tier_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One proposal: every point with its basis, the objection, what comes next."""
    proposal, actor = _proposal_or_404(request, public_id), actor_of(request)
    target = Target(division=proposal.division_id)
    handles = may(actor, Action.TIER_HANDLE, target)
    context = {
        "proposal": proposal,
        "points": point_rows(proposal),
        "may_approve": proposal.state == "drafted" and may(actor, Action.TIER_APPROVE, target),
        "is_drafter": proposal.drafted_by_user == actor.user_id,
        "may_answer": proposal.state == "objected" and handles,
        "may_withdraw": proposal.state in ("drafted", "notified") and handles,
        "crumbs": _crumbs(proposal.institution.name),
    }
    return render(request, "desk/inspections/tier.html", context)


@require_POST
@page_for(Action.TIER_APPROVE)
def approve_tier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person lets a tier proposed by hand out."""
    proposal = _proposal_or_404(request, public_id)
    approve_by_hand(proposal=proposal, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已告知机构，异议期开始。"))
    return redirect("inspections:tier", public_id=public_id)


@page_for(Action.TIER_HANDLE)
def answer_tier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer an institution's objection."""
    proposal = _proposal_or_404(request, public_id)
    form = AnswerForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: _ANSWERS[form.cleaned_data["decision"]](
            proposal=proposal,
            answer=form.cleaned_data["answer"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:tier", args=[public_id]),
        done=_("已答复机构。"),
        context={
            "title": _("答复异议"),
            "lede": proposal.objection,
            "submit": _("答复"),
            "crumbs": _crumbs(proposal.institution.name, _("答复异议")),
        },
    )


@page_for(Action.TIER_HANDLE)
def withdraw_tier_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal back."""
    proposal = _proposal_or_404(request, public_id)
    form = ReasonForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: withdraw_tier(
            proposal=proposal,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:tier", args=[public_id]),
        done=_("已撤回。"),
        context={
            "title": _("撤回拟定的信用等级"),
            "submit": _("撤回"),
            "crumbs": _crumbs(proposal.institution.name, _("撤回")),
        },
    )


@require_GET
@page_for(Action.TIER_READ)
def complaint_list(request: HttpRequest) -> HttpResponse:
    """Upheld complaints, the newest first."""
    actor = actor_of(request)
    page = Paginator(complaints_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "may_record": may(actor, Action.CREDIT_RECORD)}
    return render(request, "desk/inspections/complaints.html", context)


@page_for(Action.CREDIT_RECORD)
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Record that a complaint was upheld."""
    actor = actor_of(request)
    form = ComplaintForm(
        posted(request), request.FILES or None, institutions=institutions_in(actor)
    )
    return form_page(
        request,
        form=form,
        act=lambda: record_complaint(
            institution=form.cleaned_data["institution"],
            entry=form.entry(),
            actor=actor,
            at=timezone.now(),
        ),
        back=reverse("inspections:upheld_complaints"),
        done=_("已登记。"),
        context={
            "title": _("登记查实的投诉"),
            "submit": _("登记"),
            "crumbs": _crumbs(_("登记查实的投诉")),
        },
    )


def _complaint_or_404(request: HttpRequest, public_id: UUID) -> CreditEvent:
    event = complaint_for(actor_of(request), public_id)
    if event is None:
        raise Http404
    return event


@page_for(Action.CREDIT_RECORD)
def revoke_complaint_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a mistaken entry out of account."""
    event = _complaint_or_404(request, public_id)
    form = ReasonForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: revoke_complaint(
            event=event,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:upheld_complaints"),
        done=_("已撤销登记，不再记分。"),
        context={
            "title": _("撤销登记 %(reference)s") % {"reference": event.reference},
            "submit": _("撤销"),
            "crumbs": _crumbs(_("撤销登记")),
        },
    )


@require_GET
@page_for(Action.TIER_READ)
def complaint_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The kept document, as a download: it may be of any kind."""
    event = _complaint_or_404(request, public_id)
    response = HttpResponse(
        read_stored(event.document_sha256), content_type="application/octet-stream"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{event.public_id}"'
    return response


@require_GET
@page_for(Action.TIER_READ_OWN)
def own_tier(request: HttpRequest) -> HttpResponse:
    """The institution's own tier, every point of the last proposals, and its objection."""
    actor = actor_of(request)
    institution = institution_for(actor, actor.institution, Action.TIER_READ_OWN)
    if institution is None:
        raise Http404
    today = timezone.localdate()
    rows = [
        {
            "proposal": one,
            "points": point_rows(one),
            "may_object": one.state == "notified"
            and not one.objection
            and one.object_until is not None
            and today <= one.object_until,
        }
        for one in proposals_of(institution)[:PAGE_ROWS]
    ]
    context = {"institution": institution, "rows": rows}
    return render(request, "portal/inspections/tier.html", context)


@page_for(Action.TIER_OBJECT)
def object_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Object to a proposed tier, once."""
    proposal = own_proposal(actor_of(request), public_id)
    if proposal is None:
        raise Http404
    form = ObjectionForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: object_to_tier(
            proposal=proposal,
            text=form.cleaned_data["text"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:own_tier"),
        done=_("异议已提交，答复以前等级不生效。"),
        context={"title": _("提出异议"), "submit": _("提交异议")},
        template="portal/inspections/form.html",
    )
