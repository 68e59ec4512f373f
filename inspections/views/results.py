"""The desk of results: how each draw stands against its clocks, what waits, and corrections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inspections.choices.results import CLOCK_STATE_BADGES, COUNTED_FROM_LABELS
from inspections.forms.findings import (
    AnswerObjectionForm,
    CorrectionForm,
    ReasonForm,
    WithholdForm,
)
from inspections.models import Visit, WithholdingRequest
from inspections.selectors.publication import (
    drawn_progress,
    ordered_results,
    publication_terms,
)
from inspections.selectors.published import (
    objection_for,
    open_objections,
    result_for,
)
from inspections.selectors.withholding import (
    open_requests,
    request_to_decide,
    requests_to_decide,
    visit_to_withhold,
)
from inspections.services.results import (
    answer_objection,
    correct_result,
    publish_result,
    withhold_result,
)
from inspections.services.withholding import ask_withholding, decline_withholding
from inspections.views.pages import actor_of, form_page, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for


def _crumbs(label: Any) -> list[dict[str, Any]]:
    url = reverse("inspections:results")
    return [{"label": _("结果公布"), "url": url}, {"label": label}]


@require_GET
@page_for(Action.DRAW_READ)
def result_desk(request: HttpRequest) -> HttpResponse:
    """Draws by clock, visits outside the draw that wait for publication, objections."""
    actor, today = actor_of(request), timezone.localdate()
    terms = publication_terms(actor.division, today)
    context = {
        "draws": [
            {
                "progress": one,
                "visits": CLOCK_STATE_BADGES[one.visits.state],
                "publication": CLOCK_STATE_BADGES[one.publication.state],
            }
            for one in drawn_progress(actor.division, today=today)
        ],
        "ordered": [
            {"one": one, "badge": CLOCK_STATE_BADGES[one.clock.state]}
            for one in ordered_results(actor.division, today=today)
        ],
        "objections": open_objections(actor),
        "requests": requests_to_decide(actor),
        "terms": terms,
        "counted_from": COUNTED_FROM_LABELS[terms.counted_from.value],
        "may_publish": may(actor, Action.RESULT_PUBLISH),
        "may_withhold": may(actor, Action.RESULT_WITHHOLD),
    }
    return render(request, "desk/after/results.html", context)


def _visit_or_404(request: HttpRequest, public_id: UUID) -> Visit:
    visit = visit_to_withhold(actor_of(request), public_id)
    if visit is None:
        raise Http404
    return visit


@require_POST
@page_for(Action.RESULT_PUBLISH)
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Publish the result of one visit outside the draw."""
    visit = _visit_or_404(request, public_id)
    publish_result(visit=visit, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("已公布，机构页面现在可以看到。"))
    return redirect("inspections:results")


@page_for(Action.RESULT_WITHHOLD)
def withhold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide, before publication, that a result is not made public."""
    visit = _visit_or_404(request, public_id)
    asked = open_requests(visit).first()
    form = WithholdForm(posted(request), initial=_stated(asked))
    return form_page(
        request,
        form=form,
        act=lambda: withhold_result(
            visit=visit, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:results"),
        done=_("已决定不公开；公布时只写属于哪一种情形。"),
        context={
            "title": _("不公开这次检查的结果"),
            "lede": visit.premises.institution.name,
            "submit": _("决定不公开"),
            "crumbs": _crumbs(_("不公开")),
        },
    )


def _stated(asked: WithholdingRequest | None) -> dict[str, str]:
    return {} if asked is None else {"ground": asked.ground, "words": asked.words}


@page_for(Action.RESULT_PUBLISH)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lay one result before legal review and the leader, who decide whether it is withheld."""
    visit = _visit_or_404(request, public_id)
    form = WithholdForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: ask_withholding(
            visit=visit, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:visit", args=[public_id]),
        done=_("已提请。法制审核人员或分管领导决定以前，结果不能公布。"),
        context={
            "title": _("提请不公开这次检查的结果"),
            "lede": _("提请以后，法制审核人员和分管领导会知道这一家被抽中；别的机构仍然封存。"),
            "submit": _("提请不公开"),
            "crumbs": _crumbs(_("提请不公开")),
        },
    )


@page_for(Action.RESULT_WITHHOLD)
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide that a result is published like the others."""
    asked = request_to_decide(actor_of(request), public_id)
    if asked is None:
        raise Http404
    form = ReasonForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: decline_withholding(
            request=asked,
            answer=form.cleaned_data["words"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        back=reverse("inspections:results"),
        done=_("已决定照常公开。"),
        context={
            "title": _("照常公开这次检查的结果"),
            "lede": f"{asked.visit.premises.institution.name}：{asked.words}",
            "submit": _("照常公开"),
            "crumbs": _crumbs(_("照常公开")),
        },
    )


@page_for(Action.RESULT_PUBLISH)
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter a correction beside a published result."""
    result = result_for(actor_of(request), public_id)
    if result is None:
        raise Http404
    form = CorrectionForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: correct_result(
            result=result, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:results"),
        done=_("更正已公布，原来的内容照样保留。"),
        context={
            "title": _("更正公布的结果"),
            "lede": f"{result.institution.name} · {result.register_id}",
            "submit": _("公布更正"),
            "crumbs": _crumbs(_("更正")),
        },
    )


@page_for(Action.RESULT_PUBLISH)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer an institution's objection, with a correction where it is upheld."""
    objection = objection_for(actor_of(request), public_id)
    if objection is None:
        raise Http404
    form = AnswerObjectionForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: answer_objection(
            objection=objection, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:results"),
        done=_("已答复。"),
        context={
            "title": _("答复异议"),
            "lede": f"{objection.result.institution.name}：{objection.text}",
            "submit": _("答复"),
            "crumbs": _crumbs(_("答复异议")),
        },
    )
