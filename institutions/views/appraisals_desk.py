"""The desk's pages of the expert group: the list, one case, and what each desk may do there."""

from __future__ import annotations

from collections.abc import Callable
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
from django.views.decorators.http import require_GET, require_POST

from institutions.forms.appraisals import (
    AdoptForm,
    AnswerForm,
    AppraisalFilterForm,
    DocumentForm,
    DrawForm,
    WhyForm,
)
from institutions.models import Appraisal
from institutions.selectors.appraisal_view import appraisal_steps, case_view
from institutions.selectors.appraisals import listed_appraisals, visible_appraisal
from institutions.selectors.papers import papers_of_matter
from institutions.services.appraisals import (
    adopt_result,
    answer_escalation,
    cancel_appraisal,
    escalate_appraisal,
)
from institutions.views.filings_portal import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


def appraisal_or_404(request: HttpRequest, public_id: UUID) -> Appraisal:
    """An appraisal that the actor may read."""
    appraisal = visible_appraisal(actor_of(request), public_id)
    if appraisal is None:
        raise Http404
    return appraisal


@require_GET
@page_for(Action.FILING_READ)
def appraisal_list(request: HttpRequest) -> HttpResponse:
    """Every appraisal, open ones first by their deadline."""
    form = AppraisalFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = listed_appraisals(actor_of(request), state)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "desk/appraisals/list.html", {"form": form, "page": page})


@require_GET
@page_for(Action.FILING_READ)
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One appraisal: the question, where it stands, the result with its reasons, no names."""
    return case_page(request, appraisal_or_404(request, public_id))


def case_page(
    request: HttpRequest, appraisal: Appraisal, *, reasons: list[Any] | None = None, **more: Any
) -> HttpResponse:
    """The case as this desk sees it; `more` is what only the secretary asked for."""
    actor = actor_of(request)
    context = {
        "appraisal": appraisal,
        "filing": appraisal.filing,
        "view": case_view(appraisal),
        "papers": papers_of_matter(appraisal.public_id),
        "steps": appraisal_steps(appraisal, timezone.localdate()),
        "reasons": reasons or [],
        **_forms(actor, appraisal),
        **more,
        "crumbs": [
            {"label": _("专家鉴别"), "url": reverse("appraisals:list")},
            {"label": appraisal.number, "url": ""},
        ],
    }
    return render(request, "desk/appraisals/case.html", context, status=422 if reasons else 200)


def _forms(actor: Actor, appraisal: Appraisal) -> dict[str, Any]:
    """What this desk may do now, by the state; an absent form is not offered."""
    target = Target(appraisal.division_id, appraisal.department_id)
    reviews = may(actor, Action.FILING_REVIEW, target)
    keeps = may(actor, Action.PANEL_MANAGE, Target(appraisal.division_id))
    answers = may(actor, Action.APPRAISAL_ANSWER, Target(appraisal.division_id))
    state = appraisal.state
    disputed = appraisal.disputed_at is not None and appraisal.answered_at is None
    offered: dict[str, tuple[bool, Callable[[], Form]]] = {
        "draw_form": (keeps and state == "opened", DrawForm),
        "adopt_form": (
            reviews and state == "concluded" and not disputed,
            lambda: AdoptForm(rule=appraisal.rule, initial={"verdict": appraisal.result}),
        ),
        "escalate_form": (reviews and state == "concluded" and disputed, DocumentForm),
        "answer_form": (answers and state == "escalated", lambda: AnswerForm(rule=appraisal.rule)),
        "cancel_form": (reviews and appraisal.is_open, WhyForm),
    }
    made = {name: make() for name, (is_offered, make) in offered.items() if is_offered}
    return {**made, "may_see_names": keeps}


def acted(
    request: HttpRequest, appraisal: Appraisal, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it and go back to the case, or show the case with every reason why not."""
    try:
        act()
    except Refused as refused:
        return case_page(request, appraisal, reasons=refusal_texts(refused.refusals))
    messages.success(request, done)
    return redirect("appraisals:case", public_id=appraisal.public_id)


def incomplete(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """Back to the case where a form was not filled in."""
    messages.warning(request, _("没有办：请把表填写完整。"))
    return redirect("appraisals:case", public_id=appraisal.public_id)


@require_POST
@page_for(Action.FILING_REVIEW)
def adopt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide on the result by name."""
    appraisal = appraisal_or_404(request, public_id)
    form = AdoptForm(request.POST, rule=appraisal.rule)
    if not form.is_valid():
        return incomplete(request, appraisal)

    def act() -> object:
        return adopt_result(
            appraisal=appraisal,
            verdict=form.verdict(),
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("已作出认定，并告知机构。"))


@require_POST
@page_for(Action.FILING_REVIEW)
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the question back from the experts."""
    appraisal = appraisal_or_404(request, public_id)

    def act() -> object:
        return cancel_appraisal(
            appraisal=appraisal,
            reason=request.POST.get("reason", "")[:1000],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(
        request, appraisal, act, _("鉴别已撤销。审核期限中止过的，恢复计算的通知书已经发出。")
    )


@require_POST
@page_for(Action.FILING_REVIEW)
def escalate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a disputed result before the city."""
    appraisal = appraisal_or_404(request, public_id)

    def act() -> object:
        return escalate_appraisal(
            appraisal=appraisal,
            document=request.POST.get("document", "")[:100],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(
        request,
        appraisal,
        act,
        _("已提请市级认定。中止审核期限的通知书已发出，送达之日起期限暂停。"),
    )


@require_POST
@page_for(Action.APPRAISAL_ANSWER)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The city answers."""
    appraisal = appraisal_or_404(request, public_id)
    form = AnswerForm(request.POST, rule=appraisal.rule)
    if not form.is_valid():
        return incomplete(request, appraisal)

    def act() -> object:
        return answer_escalation(
            appraisal=appraisal,
            verdict=form.verdict(),
            document=form.cleaned_data["document"],
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, appraisal, act, _("已答复，由区教育部门按答复作出认定。"))
