"""What a guardian reaches: their contracts, lessons with their answers, requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from fees.core.ledger.answers import AnswerFacts, undo_refusals
from fees.core.ledger.silence import MOVES, LessonState
from fees.models import Contract, Lesson, LessonAnswer, PersonalRequest, RefundRequest
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.models import PrivateLink
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class AnsweredLesson:
    """A lesson with what its parent said last, and what they may do now."""

    lesson: Lesson
    latest: LessonAnswer | None
    may_confirm: bool
    may_object: bool
    may_undo: bool


def guardian_contracts(actor: Actor) -> QuerySet[Contract]:
    """The contracts that a parent's login sees, the newest first. One query."""
    rows = Contract.objects.filter(guardians__user=actor.user_id or 0, guardians__ended_at=None)
    return rows.select_related("institution__division", "escrow__institution", "filing").order_by(
        "-signed_on", "-pk"
    )


def guardian_contract(actor: Actor, public_id: UUID) -> Contract | None:
    """A contract by its public id, where it is the actor's."""
    return guardian_contracts(actor).filter(public_id=public_id).first()


def answered_lessons(contract: Contract, *, on: date) -> list[AnsweredLesson]:
    """The lessons of a contract with their answers, the latest lesson first. Two queries."""
    answers = Prefetch("answers", LessonAnswer.objects.order_by("-pk"))
    rows = contract.lessons.prefetch_related(answers).order_by("-taught_on", "-number", "-pk")
    return [_answered(lesson, on) for lesson in rows]


def guardian_lesson(actor: Actor, public_id: UUID) -> Lesson | None:
    """A lesson by its public id, of a contract of the actor's."""
    mine = guardian_contracts(actor).order_by().values("pk")
    rows = Lesson.objects.filter(public_id=public_id, contract__in=mine)
    return rows.select_related("contract__institution", "contract__escrow").first()


def guardian_refund(actor: Actor, public_id: UUID) -> RefundRequest | None:
    """A request for a refund by its public id, of a contract of the actor's."""
    mine = guardian_contracts(actor).order_by().values("pk")
    rows = RefundRequest.objects.filter(public_id=public_id, contract__in=mine)
    return rows.select_related("contract__institution", "contract__escrow").first()


def requests_of(contract: Contract) -> QuerySet[PersonalRequest]:
    """What was asked to be corrected, the latest first."""
    return contract.personal_requests.order_by("-asked_at", "-pk")


def request_for(actor: Actor, public_id: UUID) -> PersonalRequest | None:
    """A request for correction, where the actor keeps the institution's contracts."""
    reached = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = PersonalRequest.objects.filter(public_id=public_id, contract__institution__in=reached)
    return rows.select_related("contract__institution").first()


def open_requests(actor: Actor) -> QuerySet[PersonalRequest]:
    """Requests for correction that wait at the actor's desk, the oldest first."""
    reached = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = PersonalRequest.objects.filter(state="asked", contract__institution__in=reached)
    return rows.select_related("contract__institution").order_by("asked_at", "pk")


def open_links(contract: Contract) -> QuerySet[PrivateLink]:
    """The links that let a guardian of the contract in, by their end; never their text."""
    users = contract.guardians.filter(ended_at=None).values("user")
    return PrivateLink.objects.filter(user__in=users, revoked_at=None).order_by("-expires_at")


def latest_objections(lessons: list[Lesson]) -> Mapping[int, LessonAnswer]:
    """The latest objection of each of the lessons that is held, by the lesson's key. One query."""
    held = [one.pk for one in lessons if one.state == LessonState.HELD.value]
    rows = LessonAnswer.objects.filter(lesson__in=held, answer="object").order_by("pk")
    return {row.lesson_id: row for row in rows}


def _answered(lesson: Lesson, on: date) -> AnsweredLesson:
    latest = next(iter(lesson.answers.all()), None)
    state = LessonState(lesson.state)
    facts = AnswerFacts(
        "" if latest is None else latest.answer,
        None if latest is None else latest.answered_on,
        state,
        on,
    )
    return AnsweredLesson(
        lesson,
        latest,
        may_confirm=state in MOVES["confirm"][0],
        may_object=state in MOVES["object"][0],
        may_undo=not undo_refusals(facts),
    )
