"""Orders at the desk: the list, one order, each of its moves, and the files handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from inspections.choices.findings import RECTIFICATION_MOVE_LABELS
from inspections.forms.findings import (
    CaseForm,
    ExtendForm,
    ReasonForm,
    RecheckForm,
    RecheckResultForm,
    RectificationFilterForm,
    ServeForm,
)
from inspections.models import RectificationOrder
from inspections.selectors.after_view import recheck_inspectors, rectification_view
from inspections.selectors.findings import rectification_for, rectifications_in
from inspections.services.cases import escalate_rectification
from inspections.services.rectification_proofs import (
    Recheck,
    close_rectification,
    order_recheck,
    record_recheck,
    return_proof,
)
from inspections.services.rectifications import (
    Service,
    extend_rectification,
    issue_rectification,
    serve_rectification,
    withdraw_rectification,
)
from inspections.views.pages import actor_of, crumbs_from, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored
from regulator.kernel.actors import Actor

PAGE_ROWS = 50


def _crumbs(*more: tuple[Any, str]) -> list[dict[str, Any]]:
    return crumbs_from(_("责令改正"), "inspections:rectifications", *more)


@require_GET
@page_for(Action.FINDING_READ)
def rectification_list(request: HttpRequest) -> HttpResponse:
    """The orders that the desk may read."""
    form = RectificationFilterForm(request.GET)
    rows = rectifications_in(actor_of(request)).filter(**form.chosen())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "desk/after/rectifications.html", {"form": form, "page": page})


@require_GET
@page_for(Action.FINDING_READ)
def rectification_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One order: its findings, its term, what came back, what may be done now."""
    order = _order_or_404(request, public_id)
    context = {
        "order": order,
        "view": rectification_view(order, actor_of(request), timezone.localdate()),
        "crumbs": _crumbs((str(order), "")),
    }
    return render(request, "desk/after/rectification.html", context)


def _order_or_404(request: HttpRequest, public_id: UUID) -> RectificationOrder:
    order = rectification_for(actor_of(request), public_id)
    if order is None:
        raise Http404
    return order


@require_GET
@page_for(Action.FINDING_READ)
def proof_file(request: HttpRequest, public_id: UUID, proof_id: UUID, place: int) -> HttpResponse:
    """A file that the institution handed in."""
    return kept_proof(_order_or_404(request, public_id), proof_id, place)


def kept_proof(order: RectificationOrder, proof_id: UUID, place: int) -> HttpResponse:
    """The bytes as they came; shown in the browser, never run."""
    proof = order.proofs.filter(public_id=proof_id).first()
    if proof is None or not 0 < place <= len(proof.files):
        raise Http404
    file = proof.files[place - 1]
    response = HttpResponse(read_stored(file["sha256"]), content_type=file["media_type"])
    name = content_disposition_header(False, file["name"]) or ""
    response["Content-Disposition"] = name
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True)
class _Deed:
    """What the page of a move says and does."""

    form: Form
    act: Callable[[dict[str, Any]], object]
    done: Any
    lede: Any = ""


@page_for(Action.RECTIFICATION_HANDLE)
def move_rectification(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """One move of an order, on a page of its own."""
    order = _order_or_404(request, public_id)
    if move not in _DEEDS:
        raise Http404
    deed = _DEEDS[move](request, order, actor_of(request))
    back = reverse("inspections:rectification", args=[public_id])
    return form_page(
        request,
        form=deed.form,
        act=lambda: deed.act(deed.form.cleaned_data),
        back=back,
        done=deed.done,
        context={
            "title": RECTIFICATION_MOVE_LABELS[move],
            "lede": deed.lede,
            "submit": RECTIFICATION_MOVE_LABELS[move],
            "danger": move == "withdraw",
            "crumbs": _crumbs((str(order), back), (RECTIFICATION_MOVE_LABELS[move], "")),
        },
    )


def _issue(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        Form(posted(request)),
        lambda _data: issue_rectification(order=order, actor=actor, at=timezone.now()),
        _("已制发，正在生成文书；送达以后期限才开始。"),
        gettext_lazy("制发以后取得文号，内容不能再改；写错了只能撤回，文号不再用。"),
    )


def _serve(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        ServeForm(posted(request), initial={"on": timezone.localdate()}),
        lambda data: serve_rectification(
            order=order, service=Service(**data), actor=actor, at=timezone.now()
        ),
        _("已登记送达，改正的期限从次日起算。"),
        gettext_lazy("机构在机构端确认收到的，自动算电子送达，不用在这里登记。"),
    )


def _extend(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        ExtendForm(posted(request)),
        lambda data: extend_rectification(
            order=order,
            amount=data["amount"],
            reason=data["words"],
            actor=actor,
            at=timezone.now(),
        ),
        _("期限已延长。"),
    )


def _return(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        ReasonForm(posted(request)),
        lambda data: return_proof(
            order=order, reason=data["words"], actor=actor, at=timezone.now()
        ),
        _("已退回，机构会看到理由。"),
    )


def _recheck(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    form = RecheckForm(posted(request), offered=recheck_inspectors(order, timezone.localdate()))
    return _Deed(
        form,
        lambda data: order_recheck(
            order=order,
            recheck=Recheck(data["starts_on"], form.ends_before, list(data["inspectors"])),
            actor=actor,
            at=timezone.now(),
        ),
        _("已起草复查任务，请另一人批准。"),
        gettext_lazy("复查另有编号，不占双随机的次数。"),
    )


def _record(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        RecheckResultForm(posted(request)),
        lambda data: record_recheck(
            order=order,
            result=data["result"],
            words=data["words"],
            actor=actor,
            at=timezone.now(),
        ),
        _("复查结果已登记。"),
    )


def _close(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        ReasonForm(posted(request)),
        lambda data: close_rectification(
            order=order, words=data["words"], actor=actor, at=timezone.now()
        ),
        _("已办结。"),
        gettext_lazy("写明凭什么确认已经改正；由您署名。"),
    )


def _escalate(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        CaseForm(posted(request)),
        lambda data: escalate_rectification(
            order=order,
            ground=data["ground"],
            evidence=data["evidence"],
            actor=actor,
            at=timezone.now(),
        ),
        _("已立案，行政处罚的办件已经开始，从今天起 90 日内办结。"),
        gettext_lazy("立案不是处罚：告知、听证、法制审核和决定都在“办件”里，决定送达以后才生效。"),
    )


def _withdraw(request: HttpRequest, order: RectificationOrder, actor: Actor) -> _Deed:
    return _Deed(
        ReasonForm(posted(request)),
        lambda data: withdraw_rectification(
            order=order, reason=data["words"], actor=actor, at=timezone.now()
        ),
        _("已撤回，里面的问题恢复为待处理。"),
        gettext_lazy("已经制发的文书同时作废，核验的人会看到。"),
    )


_DEEDS: dict[str, Callable[[HttpRequest, RectificationOrder, Actor], _Deed]] = {
    "issue": _issue,
    "serve": _serve,
    "extend": _extend,
    "return_proof": _return,
    "order_recheck": _recheck,
    "record_recheck": _record,
    "close": _close,
    "escalate": _escalate,
    "withdraw": _withdraw,
}
