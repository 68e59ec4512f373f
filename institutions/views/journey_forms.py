"""The forms of journeys at both entrances: begin one, make a move, hand in a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.choices.journey_words import document_label, move_label, move_lede
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.shape import JourneyTable, Move
from institutions.forms.journeys import AskForm, DocumentForm, kept_initial
from institutions.models import Institution, Journey
from institutions.selectors.journey_cautions import begin_cautions, move_cautions
from institutions.services.journey_documents import HandedIn, hand_in_document, require_hand_in
from institutions.services.journey_policy import require_party, require_start
from institutions.services.journeys import JourneyDraft, Taken, start_journey, take_move
from institutions.views.journey_pages import move_or_404
from institutions.views.register_pages import acted, actor_of, posted
from regulator.web.refusals import refusal_texts

_GOOD = frozenset(
    (
        *("grant", "complete", "finish", "issue", "serve", "approve", "close"),
        *("pass_check", "verify", "record", "conclude", "change_scope", "change_civil_scope"),
    )
)


@dataclass(frozen=True)
class Frame:
    """Where a form stands: its template, the way to it, and where one goes afterwards."""

    template: str
    back: str
    crumbs: Any


@dataclass(frozen=True)
class Beginning:
    """A journey that is about to begin, for whom, and who accepts it."""

    table: JourneyTable
    institution: Institution | None
    division: str
    department: str

    def draft(self, stated: Mapping[str, Any]) -> JourneyDraft:
        """What the service takes."""
        return JourneyDraft(
            kind=self.table.kind,
            division=self.division,
            department=self.department,
            institution=self.institution,
            applicant_name=str(stated.get("applicant_name", "")),
        )


def move_page(request: HttpRequest, journey: Journey, name: str, frame: Frame) -> HttpResponse:
    """A move's own page: what it means, what it asks, and what stands against it."""
    move = move_or_404(journey, name)
    require_party(actor_of(request), move, journey)
    initial = kept_initial(move.asks, journey.details) | {"revision": journey.revision}
    form = AskForm(journey.kind, move.asks, posted(request), initial=initial)
    taken: list[Taken] = []
    refusals = acted(
        request, form=form, act=lambda _values: taken.append(_taken(request, journey, move, form))
    )
    if refusals is None:
        _say_taken(request, move_label(journey.kind, name), waits=taken[0].proposal is not None)
        return redirect(frame.back)
    return render(
        request, frame.template, _move_context(journey, move, form, frame) | {"refusals": refusals}
    )


def _taken(request: HttpRequest, journey: Journey, move: Move, form: AskForm) -> Taken:
    return take_move(
        journey=journey,
        move=move.name,
        stated=form.stated(),
        revision=_revision(request),
        actor=actor_of(request),
        at=timezone.now(),
    )


def _move_context(journey: Journey, move: Move, form: AskForm, frame: Frame) -> dict[str, Any]:
    label = move_label(journey.kind, move.name)
    cautions = move_cautions(journey, move, stated=_typed(form), today=timezone.localdate())
    return {
        "journey": journey,
        "form": form,
        "title": label,
        "lede": move_lede(journey.kind, move.name),
        "cautions": refusal_texts(cautions),
        "move": move,
        "submit": _("提出，送会签") if move.countersigned else label,
        "danger": move.target in journey.table.endings and move.name not in _GOOD,
        "cancel_url": frame.back,
        "crumbs": frame.crumbs,
    }


def _typed(form: AskForm) -> dict[str, Any]:
    return form.stated() if form.is_bound and form.is_valid() else {}


def _say_taken(request: HttpRequest, label: Any, *, waits: bool) -> None:
    if waits:
        messages.success(request, _("“%(move)s”已提出，等待分管领导会签。") % {"move": label})
    else:
        messages.success(request, _("已办理：%(move)s。") % {"move": label})


def _revision(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdigit() else None


def upload_page(request: HttpRequest, journey: Journey, kind: str, frame: Frame) -> HttpResponse:
    """Hand in one document."""
    if kind not in journey.table.documents:
        raise Http404
    require_hand_in(journey, actor_of(request))
    form = DocumentForm(posted(request), request.FILES or None)
    refusals = acted(
        request, form=form, act=lambda values: _handed_in(request, journey, kind, values["file"])
    )
    if refusals is None:
        messages.success(request, _("已上传。"))
        return redirect(frame.back)
    context = {
        "journey": journey,
        "form": form,
        "refusals": refusals,
        "title": document_label(journey.kind, kind),
        "cancel_url": frame.back,
        "crumbs": frame.crumbs,
    }
    return render(request, frame.template, context)


def _handed_in(request: HttpRequest, journey: Journey, kind: str, upload: Any) -> None:
    hand_in_document(
        journey=journey,
        kind=kind,
        file=HandedIn(upload.name, upload.read()),
        actor=actor_of(request),
        at=timezone.now(),
    )


def start_page(
    request: HttpRequest, beginning: Beginning, frame: Frame, *, url_name: str
) -> HttpResponse:
    """Begin a journey: what it asks at the beginning, and what stands against it."""
    actor, table = actor_of(request), beginning.table
    require_start(actor, table, beginning.division, beginning.department, beginning.institution)
    form = AskForm(table.kind, table.starts, posted(request))
    begun: list[Journey] = []

    def act(_values: dict[str, Any]) -> None:
        stated = form.stated()
        draft = beginning.draft(stated)
        begun.append(start_journey(draft=draft, stated=stated, actor=actor, at=timezone.now()))

    refusals = acted(request, form=form, act=act)
    if refusals is None:
        _say_started(request, begun[0], form.stated())
        return redirect(reverse(url_name, args=[begun[0].public_id]))
    context = _start_context(beginning, form, frame) | {"refusals": refusals}
    return render(request, frame.template, context)


def _start_context(beginning: Beginning, form: AskForm, frame: Frame) -> dict[str, Any]:
    kind = beginning.table.kind
    cautions = begin_cautions(
        beginning.table,
        division=beginning.division,
        institution=beginning.institution,
        stated=_typed(form),
        today=timezone.localdate(),
    )
    return {
        "institution": beginning.institution,
        "form": form,
        "title": JOURNEY_KIND_LABELS[kind],
        "lede": move_lede(kind, f"{kind}.started"),
        "cautions": refusal_texts(cautions),
        "submit": _("开始办理"),
        "cancel_url": frame.back,
        "crumbs": frame.crumbs,
    }


def _say_started(request: HttpRequest, journey: Journey, stated: Mapping[str, Any]) -> None:
    """It began; what whoever began it should know follows, by what they stated."""
    messages.success(request, _("已开始办理，编号 %(number)s。") % {"number": journey.number})
    found = begin_cautions(
        journey.table,
        division=journey.division_id,
        institution=journey.institution,
        stated=stated,
        today=timezone.localdate(),
    )
    for caution in refusal_texts(found):
        messages.warning(request, f"{caution.text}{caution.remedy}")
