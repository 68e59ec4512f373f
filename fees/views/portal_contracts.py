"""The institution's contracts: the list, signing with every reason, one contract, its people."""

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

from fees.choices.guardians import PERSONAL_FIELD_LABELS
from fees.forms.accounts import ReasonForm
from fees.forms.sales import ContractFilterForm, ContractForm, CorrectionDecisionForm
from fees.models import Contract, PersonalRequest
from fees.selectors.contracts import account_money, history_of_contract, taught_lessons
from fees.selectors.guardians import (
    latest_objections,
    open_links,
    open_requests,
    request_for,
    requests_of,
)
from fees.selectors.keeping import (
    ContractFilters,
    kept_contract,
    kept_contracts,
    own_institution,
    own_refused_sales,
    sellable_classes,
    selling_account,
)
from fees.services.contracts import read_personal_part
from fees.services.guardians import decide_correction
from fees.services.parent_links import LINK_DAYS, give_parent_link, revoke_parent_links
from fees.services.sales import enter_contract
from fees.views.desk import PAGE_ROWS, actor_of, posted
from fees.views.showing import (
    contract_facts,
    contract_figures,
    said_reasons,
    told_ledger_events,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.database.sealing import open_text
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_REFUSED_SHOWN = 5


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def own_contracts(request: HttpRequest) -> HttpResponse:
    """Every contract of the institution, pupils masked; what was refused, what parents ask."""
    actor, form = actor_of(request), ContractFilterForm(request.GET)
    form.is_valid()
    standing = str(form.cleaned_data.get("standing") or "")
    text = request.GET.get("q", "").strip()
    institution = own_institution(actor)
    if institution is None:
        raise Http404
    rows = kept_contracts(actor, ContractFilters(text=text, standing=standing))
    refused = own_refused_sales(institution)[:_REFUSED_SHOWN]
    context = {
        "form": form,
        "q": text,
        "is_filtered": bool(text or standing),
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "refused": [{"sale": sale, "reasons": said_reasons(sale)} for sale in refused],
        "requests": open_requests(actor),
        "account": selling_account(institution),
    }
    return render(request, "portal/fees/contracts.html", context)


@page_for(Action.ESCROW_READ_OWN)
def own_contract_new(request: HttpRequest) -> HttpResponse:
    """Sign a contract; a sale that may not be made says every reason and is kept on record."""
    actor = actor_of(request)
    institution = own_institution(actor)
    account = None if institution is None else selling_account(institution)
    if institution is None or account is None:
        messages.info(request, _("监管账户启用以后才能登记合同。"))
        return redirect("fees:portal_account")
    form = ContractForm(posted(request), classes=sellable_classes(institution))
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_contract(
                escrow=account, draft=form.draft(), actor=actor, at=timezone.now()
            )
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("合同已登记。请把家长链接交给监护人。"))
            return redirect("fees:own_contract", made.public_id)
    context = {"form": form, "reasons": reasons, "account": account}
    return render(request, "portal/fees/contract_new.html", context)


def contract_or_404(request: HttpRequest, public_id: UUID) -> Contract:
    """A contract that the actor keeps."""
    row = kept_contract(actor_of(request), public_id)
    if row is None:
        raise Http404
    return row


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def own_contract(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One contract: its terms, money, lessons with objections, and who may look at it."""
    return render(
        request,
        "portal/fees/contract.html",
        _contract_context(contract_or_404(request, public_id)),
    )


def _contract_context(row: Contract) -> dict[str, Any]:
    money, taught = account_money(row), taught_lessons(row)
    lessons = list(row.lessons.order_by("number", "pk"))
    objections = latest_objections(lessons)
    return {
        "contract": row,
        "crumbs": _crumbs(row),
        "facts": contract_facts(row),
        "stats": contract_figures(money, taught),
        "lessons": [(lesson, objections.get(lesson.pk)) for lesson in lessons],
        "links": open_links(row),
        "requests": requests_of(row),
        "events": told_ledger_events(history_of_contract(row)),
    }


@require_POST
@page_for(Action.ESCROW_READ_OWN)
def own_contract_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a private link for the guardian; it is shown this once and kept nowhere."""
    actor, row = actor_of(request), contract_or_404(request, public_id)
    try:
        token = give_parent_link(row, actor=actor, at=timezone.now())
    except Refused as refused:
        context = _contract_context(row) | {"reasons": refusal_texts(refused.refusals)}
        return render(request, "portal/fees/contract.html", context)
    path = reverse("accounts:private_link", args=[token])
    context = {
        "contract": row,
        "crumbs": _crumbs(row, _("家长链接")),
        "link": request.build_absolute_uri(path),
        "days": LINK_DAYS,
    }
    response = render(request, "portal/fees/contract_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@page_for(Action.ESCROW_READ_OWN)
def own_contract_link_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close every link of the contract at once."""
    row = contract_or_404(request, public_id)
    closed = revoke_parent_links(row, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已收回 %(count)s 个链接。") % {"count": closed})
    return redirect("fees:own_contract", row.public_id)


@page_for(Action.ESCROW_READ_OWN)
def own_contract_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The names and the telephone, once, for a purpose that is written down."""
    actor, row = actor_of(request), contract_or_404(request, public_id)
    form = ReasonForm(posted(request))
    context: dict[str, Any] = {
        "contract": row,
        "form": form,
        "title": _("查看学员和监护人"),
        "crumbs": _crumbs(row, _("查看学员和监护人")),
        "back": reverse("fees:own_contract", args=[row.public_id]),
    }
    if request.method == "POST" and form.is_valid() and row.erased_on is None:
        reason = form.cleaned_data["reason"]
        try:
            part = read_personal_part(row, reason=reason, actor=actor, at=timezone.now())
            context["people"] = [
                {"label": label, "value": getattr(part, field), "data": True}
                for field, label in PERSONAL_FIELD_LABELS.items()
            ]
        except Refused as refused:
            context["reasons"] = refusal_texts(refused.refusals)
    response = render(request, "portal/fees/people.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page_for(Action.ESCROW_READ_OWN)
def own_request_decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Correct what a parent asked for, or say why not."""
    actor = actor_of(request)
    asked = request_for(actor, request_id)
    if asked is None:
        raise Http404
    form = CorrectionDecisionForm(posted(request), initial={"decision": "done"})
    context = _decision_context(asked) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            decide_correction(asked, actor=actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            context["reasons"] = refusal_texts(refused.refusals)
        else:
            messages.success(request, _("已处理，家长在自己的页面上看得到结果。"))
            return redirect("fees:own_contract", asked.contract.public_id)
    context["wanted"] = open_text(asked.wanted) if asked.state == "asked" else ""
    response = render(request, "portal/fees/correction.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _decision_context(asked: PersonalRequest) -> dict[str, Any]:
    return {
        "asked": asked,
        "contract": asked.contract,
        "title": _("家长申请更正"),
        "crumbs": _crumbs(asked.contract, _("家长申请更正")),
        "back": reverse("fees:own_contract", args=[asked.contract.public_id]),
        "field": PERSONAL_FIELD_LABELS[asked.field],
    }


def _crumbs(contract: Contract, label: str = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"label": _("培训合同"), "url": reverse("fees:own_contracts")}]
    if not label:
        return [*way, {"label": contract.number}]
    url = reverse("fees:own_contract", args=[contract.public_id])
    return [*way, {"label": contract.number, "url": url}, {"label": label}]
