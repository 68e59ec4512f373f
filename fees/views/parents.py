"""The parent's pages, made for a telephone: what was paid, lessons to answer, one's own data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fees.choices.guardians import OBJECTION_CHOICES, PERSONAL_FIELD_LABELS
from fees.forms.guardians import CorrectionForm, ParentRefundForm
from fees.models import Contract, Lesson
from fees.selectors.contracts import account_money, taught_lessons
from fees.selectors.guardians import (
    answered_lessons,
    guardian_contract,
    guardian_lesson,
    guardian_refund,
    requests_of,
)
from fees.services.contracts import erasure_faults
from fees.services.guardians import (
    answer_lesson,
    ask_correction,
    erase_own_part,
    record_contract_seen,
    see_personal_part,
    undo_answer,
)
from fees.services.refund_requests import ask_for_refund, withdraw_request
from fees.views.desk import actor_of, posted
from fees.views.showing import parent_facts, parent_figures
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def _contract_or_404(request: HttpRequest, public_id: UUID) -> Contract:
    row = guardian_contract(actor_of(request), public_id)
    if row is None:
        raise Http404
    return row


@require_GET
@never_cache
@page_for(Action.PARENT_ENTER)
def parent_contract(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One contract: paid, used, left; lessons to confirm or to object to."""
    row = _contract_or_404(request, public_id)
    record_contract_seen(row, actor=actor_of(request), at=timezone.now())
    money, taught = account_money(row), taught_lessons(row)
    context = {
        "contract": row,
        "institution": row.institution,
        "stats": parent_figures(row, money, taught),
        "facts": parent_facts(row),
        "lessons": answered_lessons(row, on=timezone.localdate()),
        "grounds": OBJECTION_CHOICES,
        "refund": row.refund_requests.order_by("-pk").first(),
    }
    return render(request, "public/fees/contract.html", context)


@require_POST
@page_for(Action.PARENT_ENTER)
def parent_answer(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """One tap: the lesson took place, or it did not and why."""
    lesson = _lesson_or_404(request, lesson_id)
    ground = request.POST.get("ground", "")
    answer = "object" if ground else "confirm"
    try:
        answer_lesson(
            lesson=lesson,
            answer=answer,
            ground=ground,
            note=request.POST.get("note", "")[:300],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        _say(request, refused)
    else:
        done = {
            "confirm": _("已确认。今天之内可以撤回。"),
            "object": _("已提出异议，这一课的钱先不付给机构。今天之内可以撤回。"),
        }
        messages.success(request, done[answer])
    return redirect("fees:parent_contract", lesson.contract.public_id)


@require_POST
@page_for(Action.PARENT_ENTER)
def parent_undo(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Take back what was tapped by mistake today."""
    lesson = _lesson_or_404(request, lesson_id)
    try:
        undo_answer(lesson=lesson, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        _say(request, refused)
    else:
        messages.success(request, _("已撤回。请重新选择。"))
    return redirect("fees:parent_contract", lesson.contract.public_id)


def _lesson_or_404(request: HttpRequest, lesson_id: UUID) -> Lesson:
    lesson = guardian_lesson(actor_of(request), lesson_id)
    if lesson is None:
        raise Http404
    return lesson


def _say(request: HttpRequest, refused: Refused) -> None:
    for reason in refusal_texts(refused.refusals):
        messages.warning(request, reason.text)


@never_cache
@page_for(Action.PARENT_ENTER)
def parent_data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is kept of the pupil and the guardian: shown when asked for, and on record."""
    actor, row = actor_of(request), _contract_or_404(request, public_id)
    context: dict[str, Any] = {
        "contract": row,
        "requests": [(one, PERSONAL_FIELD_LABELS[one.field]) for one in requests_of(row)],
        "kept_until": row.delete_on,
    }
    if request.method == "POST" and row.erased_on is None:
        part = see_personal_part(row, actor=actor, at=timezone.now())
        context["people"] = [
            {"label": label, "value": getattr(part, field), "data": True}
            for field, label in PERSONAL_FIELD_LABELS.items()
        ]
    return render(request, "public/fees/data.html", context)


@never_cache
@page_for(Action.PARENT_ENTER)
def parent_correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a correction."""
    actor, row = actor_of(request), _contract_or_404(request, public_id)
    form = CorrectionForm(posted(request))
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            ask_correction(row, actor=actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已申请更正，由培训机构处理。"))
            return redirect("fees:parent_data", row.public_id)
    return _form(request, row, form, reasons, title=_("申请更正"))


@never_cache
@page_for(Action.PARENT_ENTER)
def parent_erase(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete names and telephone for good, where nothing needs them any more."""
    actor, row = actor_of(request), _contract_or_404(request, public_id)
    reasons = list(refusal_texts(erasure_faults(row)))
    if request.method == "POST":
        try:
            erase_own_part(row, actor=actor, at=timezone.now())
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("姓名和手机已经删除，谁也不能再看到。"))
            return redirect("fees:parent_contract", row.public_id)
    more = {
        "danger": True,
        "submit": _("永久删除"),
        "blocked": bool(reasons),
        "consequences": [
            _("学员姓名、监护人姓名和手机永久删除，不能恢复。"),
            _("收费、消课和退费的金额依法保留，但不再知道是谁的。"),
        ],
    }
    return _form(request, row, Form(posted(request)), reasons, title=_("删除个人信息"), **more)


@never_cache
@page_for(Action.PARENT_ENTER)
def parent_refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the money back; the institution answers in five working days."""
    actor, row = actor_of(request), _contract_or_404(request, public_id)
    form = ParentRefundForm(posted(request))
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            ask_for_refund(contract=row, reason=reason, actor=actor, at=timezone.now())
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已申请退费。机构 5 个工作日内不答复，视为同意。"))
            return redirect("fees:parent_contract", row.public_id)
    more = {
        "submit": _("申请退费"),
        "cancel_url": reverse("fees:parent_contract", args=[row.public_id]),
        "lede": _("写明原因就可以。退多少由监管部门按规定算，逐项列给您看。"),
    }
    return _form(request, row, form, reasons, title=_("申请退费"), **more)


@require_POST
@page_for(Action.PARENT_ENTER)
def parent_refund_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request for a refund back."""
    actor = actor_of(request)
    asked = guardian_refund(actor, request_id)
    if asked is None:
        raise Http404
    try:
        withdraw_request(asked, actor=actor, at=timezone.now())
    except Refused as refused:
        _say(request, refused)
    else:
        messages.success(request, _("已撤回退费申请。"))
    return redirect("fees:parent_contract", asked.contract.public_id)


def _form(
    request: HttpRequest,
    row: Contract,
    form: Form,
    reasons: list[Any],
    *,
    title: str,
    **more: Any,
) -> HttpResponse:
    context = {
        "contract": row,
        "form": form,
        "reasons": reasons,
        "title": title,
        "cancel_url": reverse("fees:parent_data", args=[row.public_id]),
    }
    return render(request, "public/fees/form.html", context | more)
