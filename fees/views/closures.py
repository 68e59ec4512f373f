"""Abnormal closures: the plan before it is signed, its payment, its claims; and a bankruptcy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.closures import CLOSURE_EVENT_LABELS
from fees.choices.texts import KIND_LABELS
from fees.forms.closures import ClosureReasonForm, InsolvencyForm
from fees.models import ClosurePlan
from fees.selectors.closures import history_of_plan, paid_sums, plan_for, plans_in, shares_of
from fees.selectors.insolvency import case_of
from fees.services.closures import discard_closure, prepare_closure, sign_closure
from fees.services.insolvency import record_insolvency
from fees.views.desk import PAGE_ROWS, account_or_404, account_url, actor_of, crumbs_to, posted
from fees.views.refund_steps import step_page
from institutions.choices.papers import PAPER_EVENT_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_STEP = "desk/fees/refund_step.html"
_PAGE = "fees:closure"


def _plan_or_404(request: HttpRequest, public_id: UUID) -> ClosurePlan:
    plan = plan_for(actor_of(request), public_id)
    if plan is None:
        raise Http404
    return plan


def _crumbs(plan: ClosurePlan, label: str = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"label": _("停业清退"), "url": reverse("fees:closures")}]
    name = plan.escrow.institution.name
    if not label:
        return [*way, {"label": name}]
    return [*way, {"label": name, "url": reverse(_PAGE, args=[plan.public_id])}, {"label": label}]


@require_GET
@page_for(Action.REFUND_READ)
def closures(request: HttpRequest) -> HttpResponse:
    """Every plan of the division, the latest first."""
    rows = Paginator(plans_in(actor_of(request)), PAGE_ROWS)
    context = {"page": rows.get_page(request.GET.get("page"))}
    return render(request, "desk/fees/closures.html", context)


@require_GET
@page_for(Action.REFUND_READ)
def closure(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One plan: who gets what, the sums, and what is done; printable as the list of claims."""
    plan, actor = _plan_or_404(request, public_id), actor_of(request)
    target = Target(division=plan.escrow.institution.division_id)
    is_own = plan.prepared_by_user is not None and plan.prepared_by_user == actor.user_id
    waits = plan.state == "prepared"
    shares = Paginator(shares_of(plan), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "crumbs": _crumbs(plan),
        "stats": _stats(plan),
        "deposits": [(KIND_LABELS[one["kind"]], one["amount_fen"]) for one in plan.deposits],
        "page": shares,
        "case": case_of(plan.escrow.institution_id),
        "may_sign": waits and not is_own and may(actor, Action.CLOSURE_SIGN, target),
        "waits_for_another": waits and is_own,
        "may_discard": waits and may(actor, Action.CLOSURE_PREPARE, target),
        "events": _told(plan),
    }
    return render(request, "desk/fees/closure.html", context)


def _stats(plan: ClosurePlan) -> list[dict[str, Any]]:
    paid_fen, count = paid_sums(plan)
    return [
        {"label": _("应退（元）"), "value": format_yuan(plan.owed_fen)},
        {"label": _("可退（元）"), "value": format_yuan(plan.pay_fen)},
        {
            "label": _("缺口（元）"),
            "value": format_yuan(plan.claim_fen),
            "tone": "breach" if plan.claim_fen else "ok",
        },
        {
            "label": _("已付（元）"),
            "value": format_yuan(paid_fen),
            "note": _("%(n)s 份合同") % {"n": count},
        },
    ]


def _told(plan: ClosurePlan) -> list[dict[str, Any]]:
    return [
        {
            "event": event,
            "label": CLOSURE_EVENT_LABELS.get(event.kind)
            or PAPER_EVENT_LABELS.get(event.kind, event.kind),
            "changes": [],
        }
        for event in history_of_plan(plan)
    ]


@page_for(Action.CLOSURE_PREPARE)
def closure_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Prepare a plan for one custody account; nothing moves yet."""
    account = account_or_404(request, public_id, Action.CLOSURE_PREPARE)
    form, title = ClosureReasonForm(posted(request)), _("拟定停业清退方案")
    context = {"title": title, "submit": title, "crumbs": crumbs_to(account, title)}
    context["data"] = account.institution.name
    return step_page(
        request,
        form,
        lambda: prepare_closure(
            escrow=account,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        context=context,
        done=_("方案已拟定。请核对金额，由另一人签批以后才付款。"),
        back=account_url(account),
        page=_PAGE,
    )


@page_for(Action.CLOSURE_SIGN)
def closure_sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person signs what was seen."""
    plan = _plan_or_404(request, public_id)
    title = _("签批")
    context = {
        "title": title,
        "submit": title,
        "danger": True,
        "crumbs": _crumbs(plan, title),
        "what": _("按方案付款：%(pay)s 元，缺口 %(claim)s 元登记为债权。")
        % {"pay": format_yuan(plan.pay_fen), "claim": format_yuan(plan.claim_fen)},
        "consequences": [
            _("这个账户下的合同全部结清，不能再消课。"),
            _("保证金按方案转入专户，随后逐份退款。"),
        ],
    }
    return step_page(
        request,
        forms.Form(posted(request)),
        lambda: sign_closure(plan, actor=actor_of(request), at=timezone.now()),
        context=context,
        done=_("已签批，正在后台逐份退款。"),
        back=reverse(_PAGE, args=[plan.public_id]),
        page=_PAGE,
    )


@page_for(Action.CLOSURE_PREPARE)
def closure_discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put an unsigned plan aside."""
    plan, title = _plan_or_404(request, public_id), _("作废方案")
    return step_page(
        request,
        forms.Form(posted(request)),
        lambda: discard_closure(plan, actor=actor_of(request), at=timezone.now()),
        context={
            "title": title,
            "submit": title,
            "crumbs": _crumbs(plan, title),
            "what": _("这份方案没有签批，作废以后可以重新拟定。"),
            "consequences": [_("没有任何付款。")],
        },
        done=_("已作废。"),
        back=reverse(_PAGE, args=[plan.public_id]),
        page=_PAGE,
    )


def _insolvency_consequences() -> list[str]:
    return [
        _("退费和停业清退都不再付款，请家长向管理人申报债权。"),
        _("登记以后不能更改，请对照裁定书核对。"),
    ]


@page_for(Action.CLOSURE_PREPARE)
def insolvency_new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that a court accepted a bankruptcy petition."""
    account = account_or_404(request, public_id, Action.CLOSURE_PREPARE)
    form, title = InsolvencyForm(posted(request)), _("登记破产受理")
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            record_insolvency(
                institution=account.institution,
                acceptance=form.acceptance(),
                administrator=form.cleaned_data["administrator"],
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已登记。从现在起不再向个别家长清偿。"))
            return redirect(account_url(account))
    context = {"title": title, "submit": title, "form": form, "reasons": reasons, "danger": True}
    context |= {"crumbs": crumbs_to(account, title), "cancel_url": account_url(account)}
    context |= {"data": account.institution.name, "consequences": _insolvency_consequences()}
    return render(request, _STEP, context, status=422 if reasons else 200)
