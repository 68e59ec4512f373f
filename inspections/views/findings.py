"""Findings and cases at the desk: what waits to be confirmed, each finding, each move of it."""

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from inspections.choices.findings import FINDING_MOVE_LABELS
from inspections.forms.findings import (
    CaseForm,
    ConcludeForm,
    ConfirmForm,
    DraftForm,
    FindingFilterForm,
    ReasonForm,
    ReferForm,
)
from inspections.models import Finding
from inspections.selectors.after_view import finding_view
from inspections.selectors.evidence import evidence_photo, photos_of_answer
from inspections.selectors.findings import (
    answer_for,
    case_for,
    cases_in,
    draftable_with,
    finding_for,
    findings_in,
    visits_to_confirm,
)
from inspections.selectors.visits import visit_for
from inspections.services.cases import CaseDraft, conclude_investigation, open_case
from inspections.services.findings import (
    accept_finding,
    confirm_finding,
    decline_finding,
    refer_finding,
    withdraw_finding,
)
from inspections.services.rectifications import RectificationDraft, draft_rectification
from inspections.services.visit_pictures import record_photo_opening
from inspections.views.pages import actor_of, crumbs_from, form_page, picture_response, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor

PAGE_ROWS = 50


def crumbs(*more: tuple[Any, str]) -> list[dict[str, Any]]:
    """The way from the list of findings to a page."""
    return crumbs_from(_("发现的问题"), "inspections:findings", *more)


@require_GET
@page_for(Action.FINDING_READ)
def finding_list(request: HttpRequest) -> HttpResponse:
    """What waits for the department's confirmation, and the findings the desk may read."""
    actor = actor_of(request)
    form = FindingFilterForm(request.GET)
    rows = findings_in(actor).filter(**form.chosen())
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "waiting": visits_to_confirm(actor),
    }
    return render(request, "desk/after/findings.html", context)


@page_for(Action.FINDING_HANDLE)
def confirm(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Make a finding of an answer that fails."""
    actor, answer = actor_of(request), answer_for(actor_of(request), client_id)
    if answer is None:
        raise Http404
    known = {"text": answer.remark, "violation": answer.item.violation_code}
    form = ConfirmForm(posted(request), initial=known)
    return form_page(
        request,
        form=form,
        act=lambda: confirm_finding(
            answer=answer, actor=actor, at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:findings"),
        done=_("已认定。可以责令改正，或者移送有权的部门。"),
        context={
            "title": _("认定问题 %(code)s") % {"code": answer.item.code},
            "lede": f"{answer.visit.premises.institution.name} · {answer.item.title}",
            "submit": _("认定"),
            "photos": photos_of_answer(answer),
            "crumbs": crumbs((_("认定问题"), "")),
        },
        template="desk/after/confirm.html",
    )


@require_GET
@page_for(Action.FINDING_READ)
def photo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A photo that stands behind a finding; that it was opened is an event."""
    row = evidence_photo(actor_of(request), public_id)
    if row is None:
        raise Http404
    record_photo_opening(photo=row, actor=actor_of(request), at=timezone.now())
    return picture_response(row.sha256, row.media_type)


@require_GET
@page_for(Action.FINDING_READ)
def finding_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One finding: what was found, whose matter it is, where it went."""
    finding = finding_or_404(request, public_id)
    context = {
        "finding": finding,
        "view": finding_view(finding, actor_of(request)),
        # The visit of a sealed draw is its coordinators' and its team's alone.
        "visit_known": visit_for(actor_of(request), finding.visit.public_id) is not None,
        "crumbs": crumbs((finding.item.code, "")),
    }
    return render(request, "desk/after/finding.html", context)


def finding_or_404(request: HttpRequest, public_id: UUID) -> Finding:
    """A finding that the actor may read."""
    finding = finding_for(actor_of(request), public_id)
    if finding is None:
        raise Http404
    return finding


@dataclass(frozen=True)
class _Deed:
    """What the page of a move says and does."""

    form: Form
    act: Callable[[dict[str, Any]], object]
    done: Any
    lede: Any = ""


@page_for(Action.FINDING_HANDLE)
def move_finding(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """One move of a finding, on a page of its own."""
    finding = finding_or_404(request, public_id)
    if move not in _DEEDS:
        raise Http404
    deed = _DEEDS[move](request, finding, actor_of(request))
    return form_page(
        request,
        form=deed.form,
        act=lambda: deed.act(deed.form.cleaned_data),
        back=reverse("inspections:finding", args=[public_id]),
        done=deed.done,
        context={
            "title": FINDING_MOVE_LABELS[move],
            "lede": deed.lede,
            "submit": FINDING_MOVE_LABELS[move],
            "crumbs": crumbs(
                (finding.item.code, reverse("inspections:finding", args=[public_id])),
                (FINDING_MOVE_LABELS[move], ""),
            ),
        },
    )


def _refer(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    return _Deed(
        ReferForm(posted(request)),
        lambda data: refer_finding(
            finding=finding,
            department=data["department"],
            reason=data["words"],
            actor=actor,
            at=timezone.now(),
        ),
        _("已移送，等对方接收。"),
        gettext_lazy("每个部门只在自己的职权内责令改正；对方接收以前，问题仍由本部门负责跟进。"),
    )


def _accept(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    return _Deed(
        Form(posted(request)),
        lambda _data: accept_finding(finding=finding, actor=actor, at=timezone.now()),
        _("已接收，由本部门办理。"),
        gettext_lazy("接收以后由本部门责令改正，也由本部门负责查到底。"),
    )


def _decline(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    return _Deed(
        ReasonForm(posted(request)),
        lambda data: decline_finding(
            finding=finding, reason=data["words"], actor=actor, at=timezone.now()
        ),
        _("已退回移送的部门。"),
    )


def _withdraw(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    return _Deed(
        ReasonForm(posted(request)),
        lambda data: withdraw_finding(
            finding=finding, reason=data["words"], actor=actor, at=timezone.now()
        ),
        _("已撤销认定，理由留在记录里。"),
    )


def _order(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    form = DraftForm(
        posted(request), offered=draftable_with(finding), initial={"findings": [finding.pk]}
    )
    return _Deed(
        form,
        lambda data: draft_rectification(
            draft=RectificationDraft(
                list(data["findings"]), data["measures"], form.term_kind, form.amount
            ),
            actor=actor,
            at=timezone.now(),
        ),
        _("已起草。核对后制发，问题才算已责令改正。"),
        gettext_lazy("同一家机构、由本部门办理的问题可以写在一份通知书里。"),
    )


def _escalate(request: HttpRequest, finding: Finding, actor: Actor) -> _Deed:
    return _Deed(
        CaseForm(posted(request)),
        lambda data: open_case(
            draft=CaseDraft([finding], data["ground"], data["evidence"]),
            actor=actor,
            at=timezone.now(),
        ),
        _("已立案，行政处罚的办件已经开始，从今天起 90 日内办结。"),
        gettext_lazy("立案不是处罚：告知、听证、法制审核和决定都在“办件”里，决定送达以后才生效。"),
    )


_DEEDS: dict[str, Callable[[HttpRequest, Finding, Actor], _Deed]] = {
    "refer": _refer,
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "order": _order,
    "escalate": _escalate,
}


@require_GET
@page_for(Action.FINDING_READ)
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that the desk may read."""
    page = Paginator(cases_in(actor_of(request)), PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "desk/after/cases.html", {"page": page, "crumbs": crumbs()})


@require_GET
@page_for(Action.FINDING_READ)
def case_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: its ground, its findings, and the journey that carries it on."""
    case = case_for(actor_of(request), public_id)
    if case is None:
        raise Http404
    context = {
        "case": case,
        "findings": case.findings.select_related("item"),
        "may_conclude": case.state.value == "opened"
        and may(
            actor_of(request), Action.PENALTY_HANDLE, Target(case.division_id, case.department_id)
        ),
        "crumbs": crumbs((_("案件"), reverse("inspections:cases")), (case.number, "")),
    }
    return render(request, "desk/after/case.html", context)


@page_for(Action.PENALTY_HANDLE)
def conclude_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The investigation is over: facts and articles."""
    case = case_for(actor_of(request), public_id)
    if case is None:
        raise Http404
    form = ConcludeForm(posted(request))
    return form_page(
        request,
        form=form,
        act=lambda: conclude_investigation(
            case=case, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        ),
        back=reverse("inspections:case", args=[public_id]),
        done=_("调查终结已记录。"),
        context={
            "title": _("调查终结 %(number)s") % {"number": case.number},
            "submit": _("记录"),
            "crumbs": crumbs((_("案件"), reverse("inspections:cases")), (case.number, "")),
        },
    )
