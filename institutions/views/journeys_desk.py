"""Journeys at the desk: the list by clock, one journey, its moves, documents, countersignature."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.journey_words import ask_label, move_label
from institutions.core.journeys.shape import Party
from institutions.forms.journeys import JourneyFilterForm, ReturnForm, StopClockForm
from institutions.models import Institution, Journey, JourneyProposal
from institutions.selectors.journey_stated import ask_text
from institutions.selectors.journey_view import journey_lines, startable
from institutions.selectors.journeys import filtered_journeys, journeys_of, proposal_for
from institutions.services.journey_clocks import resume_clock, stop_clock
from institutions.services.journey_documents import accept_document, require_check, return_document
from institutions.services.journey_policy import require_party
from institutions.services.journeys import (
    confirm_proposal,
    return_proposal,
    take_back_proposal,
)
from institutions.views.journey_forms import Beginning, Frame, move_page, start_page, upload_page
from institutions.views.journey_pages import (
    crumbs_of,
    document_file,
    document_or_404,
    journey_context,
    journey_or_404,
    table_or_404,
    tried,
)
from institutions.views.register_pages import (
    acted,
    actor_of,
    crumbs_to,
    entry_or_404,
    posted,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
_FORM = "desk/journeys/form.html"


def _url(journey: Journey) -> str:
    return reverse("journeys:journey", args=[journey.public_id])


def _crumbs(journey: Journey, label: Any = "") -> list[dict[str, Any]]:
    """The way to a journey, or to a page of it."""
    return crumbs_of(
        list_label=_("办件"),
        list_url=reverse("journeys:list"),
        label=journey.number,
        url=_url(journey),
        further=label,
    )


@require_GET
@page_for(Action.JOURNEY_READ)
def journey_list(request: HttpRequest) -> HttpResponse:
    """The journeys of the desk's division, as a sentence filters them."""
    actor, today = actor_of(request), timezone.localdate()
    form = JourneyFilterForm(request.GET)
    filters = form.filters()
    page = Paginator(filtered_journeys(actor, filters, today), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "lines": journey_lines(list(page.object_list), today),
        "may_handle": may(actor, Action.JOURNEY_HANDLE),
    }
    return render(request, "desk/journeys/list.html", context)


@require_GET
@page_for(Action.JOURNEY_READ)
def journey_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One journey: where it stands, what blocks it, and how to clear it."""
    journey, actor = journey_or_404(request, public_id), actor_of(request)
    context = journey_context(request, journey)
    own = Target(division=journey.division_id, department=journey.department_id)
    checking = Action.PENALTY_HANDLE if journey.kind == "penalty" else Action.JOURNEY_HANDLE
    context |= {
        "crumbs": _crumbs(journey),
        "may_check": may(actor, checking, own) and not journey.is_over,
        "may_countersign": may(
            actor, Action.JOURNEY_COUNTERSIGN, Target(division=journey.division_id)
        ),
        "proposed": _proposed(journey, context["proposal"]),
        "can_stop": _can_stop(journey, context["clocks"]),
        "is_stopped": any(clock.is_stopped for clock in context["clocks"]),
    }
    return render(request, "desk/journeys/journey.html", context)


def _proposed(journey: Journey, proposal: JourneyProposal | None) -> dict[str, Any] | None:
    """What was proposed, in words, for whoever countersigns."""
    if proposal is None:
        return None
    asks = {ask.code: ask for ask in journey.table.by_name[proposal.move].asks}
    return {
        "label": move_label(journey.kind, proposal.move),
        "facts": [
            {
                "label": ask_label(journey.kind, code),
                "value": ask_text(journey, asks[code], value),
                "data": True,
            }
            for code, value in proposal.stated.items()
        ],
    }


def _can_stop(journey: Journey, clocks: list[Any]) -> bool:
    has_stoppable = any(clock.stoppable for clock in journey.table.clocks)
    return has_stoppable and bool(clocks) and not any(clock.is_stopped for clock in clocks)


@page_for(Action.JOURNEY_READ)
def journey_move(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """Make a move."""
    journey = journey_or_404(request, public_id)
    label = move_label(journey.kind, move) if move in journey.table.by_name else move
    return move_page(request, journey, move, Frame(_FORM, _url(journey), _crumbs(journey, label)))


@page_for(Action.JOURNEY_READ)
def journey_upload(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Enter a document that came on paper, or another department's certificate."""
    journey = journey_or_404(request, public_id)
    crumbs = _crumbs(journey, _("上传材料"))
    return upload_page(
        request, journey, kind, Frame("desk/journeys/upload.html", _url(journey), crumbs)
    )


@require_GET
@page_for(Action.JOURNEY_READ)
def journey_file(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """A document's bytes."""
    return document_file(request, journey_or_404(request, public_id), document_id)


@require_POST
@page_for(Action.JOURNEY_READ)
def document_accept(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """Find a document in order."""
    journey = journey_or_404(request, public_id)
    document = document_or_404(journey, document_id)
    require_check(journey, actor_of(request))
    return tried(
        request,
        lambda: accept_document(document=document, actor=actor_of(request), at=timezone.now()),
        done=_("已核对通过。"),
        back=_url(journey),
    )


@page_for(Action.JOURNEY_READ)
def document_return(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """Send a document back, saying why."""
    journey = journey_or_404(request, public_id)
    document = document_or_404(journey, document_id)
    require_check(journey, actor_of(request))
    return _reason_page(
        request,
        journey,
        title=_("退回材料"),
        act=lambda values: return_document(
            document=document, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


def _proposal_or_404(journey: Journey, proposal_id: UUID) -> JourneyProposal:
    proposal = proposal_for(journey, proposal_id)
    if proposal is None:
        raise Http404
    return proposal


@require_POST
@page_for(Action.JOURNEY_COUNTERSIGN)
def proposal_confirm(request: HttpRequest, public_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Countersign."""
    journey = journey_or_404(request, public_id)
    proposal = _proposal_or_404(journey, proposal_id)
    return tried(
        request,
        lambda: confirm_proposal(proposal=proposal, actor=actor_of(request), at=timezone.now()),
        done=_("已会签，决定生效。"),
        back=_url(journey),
    )


@page_for(Action.JOURNEY_COUNTERSIGN)
def proposal_return(request: HttpRequest, public_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Do not countersign, and say why."""
    journey = journey_or_404(request, public_id)
    proposal = _proposal_or_404(journey, proposal_id)
    return _reason_page(
        request,
        journey,
        title=_("不予会签，退回"),
        act=lambda values: return_proposal(
            proposal=proposal, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


@require_POST
@page_for(Action.JOURNEY_READ)
def proposal_take_back(request: HttpRequest, public_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take a proposal back before it is countersigned."""
    journey = journey_or_404(request, public_id)
    proposal = _proposal_or_404(journey, proposal_id)
    require_party(actor_of(request), journey.table.by_name[proposal.move], journey)
    return tried(
        request,
        lambda: take_back_proposal(proposal=proposal, actor=actor_of(request), at=timezone.now()),
        done=_("已收回。"),
        back=_url(journey),
    )


@page_for(Action.JOURNEY_HANDLE)
def clock_stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the clock stand still, by written notice."""
    journey = journey_or_404(request, public_id)
    require_check(journey, actor_of(request))
    return _reason_page(
        request,
        journey,
        title=_("中止期限"),
        lede=_("听证、检验鉴定、专家评审的时间不计入期限。会发出书面告知。"),
        submit=_("中止期限"),
        form=StopClockForm(posted(request)),
        act=lambda values: stop_clock(
            journey=journey, actor=actor_of(request), at=timezone.now(), **values
        ),
    )


@require_POST
@page_for(Action.JOURNEY_HANDLE)
def clock_resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it run again."""
    journey = journey_or_404(request, public_id)
    require_check(journey, actor_of(request))
    return tried(
        request,
        lambda: resume_clock(journey=journey, actor=actor_of(request), at=timezone.now()),
        done=_("期限已恢复计算。"),
        back=_url(journey),
    )


def _reason_page(
    request: HttpRequest, journey: Journey, *, title: Any, act: Any, **words: Any
) -> HttpResponse:
    """A page with one small form about a journey."""
    form = words.pop("form", None) or ReturnForm(posted(request))
    refusals = acted(request, form=form, act=act)
    if refusals is None:
        return tried(request, lambda: None, done=_("已办理：%(what)s。") % {"what": title},
                     back=_url(journey))  # fmt: skip
    context = {
        "journey": journey,
        "form": form,
        "refusals": refusals,
        "title": title,
        "submit": _("退回"),
        "cancel_url": _url(journey),
        "crumbs": _crumbs(journey, title),
        **words,
    }
    return render(request, _FORM, context)


@require_GET
@page_for(Action.JOURNEY_READ)
def start_choice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What can be begun for an institution, why the rest cannot, and what it has had."""
    institution, today = entry_or_404(request, public_id), timezone.localdate()
    is_enforcer = may(actor_of(request), Action.PENALTY_HANDLE)
    party = Party.ENFORCER if is_enforcer else Party.OFFICER
    choices = [
        {"choice": choice, "reasons": refusal_texts(choice.reasons)}
        for choice in startable(institution, party=party, today=today)
    ]
    context = {
        "institution": institution,
        "choices": sorted(choices, key=lambda one: bool(one["reasons"])),
        "lines": journey_lines(list(journeys_of(institution)), today),
        "may_start": is_enforcer or may(actor_of(request), Action.JOURNEY_HANDLE),
        "crumbs": crumbs_to(institution, _("办件")),
    }
    return render(request, "desk/journeys/of_institution.html", context)


@page_for(Action.JOURNEY_READ)
def start(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Begin a journey for an institution at the counter."""
    institution, table = entry_or_404(request, public_id), table_or_404(kind)
    if not table.needs_institution:
        raise Http404
    back = reverse("journeys:start_choice", args=[institution.public_id])
    crumbs = crumbs_to(institution, _("开始办理"))
    return _started(request, table, institution, back=back, crumbs=crumbs)


@page_for(Action.JOURNEY_HANDLE)
def start_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a journey of an applicant who is not in the register yet."""
    table = table_or_404(kind)
    if table.needs_institution:
        raise Http404
    back = reverse("journeys:list")
    crumbs = [{"label": _("办件"), "url": back}, {"label": _("开始办理")}]
    return _started(request, table, None, back=back, crumbs=crumbs)


def _started(
    request: HttpRequest, table: Any, institution: Institution | None, *, back: str, crumbs: Any
) -> HttpResponse:
    actor = actor_of(request)
    division = actor.division if institution is None else institution.division_id
    beginning = Beginning(table, institution, division, actor.department or "education")
    return start_page(request, beginning, Frame(_FORM, back, crumbs), url_name="journeys:journey")
