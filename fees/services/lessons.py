"""A lesson's money in two phases: set aside when it was taught, then released or given back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.core.ledger.commands import Entries, lesson_share_fen, simple_entry
from fees.core.ledger.silence import (
    MOVES,
    LessonFacts,
    LessonState,
    last_answer_day,
    move_refusals,
    release_refusals,
)
from fees.models import Contract, Lesson
from fees.services.contract_entry import contract_subject
from fees.services.contracts import require_answer, require_keep
from fees.services.movements import ONLY_ACTIVE, account_faults
from fees.services.posting import Claim, Order, Telling, claim_command, post_entries
from fees.services.records import day_of, require_edit
from regulator.audit.services import EventDraft, append_event, append_events
from regulator.calendars.selectors import division_settings, workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_CUSTODY = (AccountKind.CUSTODY.value,)


def reserve_lesson(
    *, contract: Contract, number: int, taught_on: date, key: str, actor: Actor, at: datetime
) -> Lesson:
    """Set the money of a taught lesson aside until the parent answers; gifts cost nothing.

    `number` counts from 1; those above the bought lessons are gifts. The same key again gives the
    same lesson. Raises Refused with every reason.
    """
    require_keep(actor, contract.institution)
    request: dict[str, str | int] = {
        "contract": contract.pk,
        "number": number,
        "taught_on": taught_on.isoformat(),
    }
    order = Order(key, "lesson_reserve", contract.escrow, taught_on, request)
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return Lesson.objects.filter(contract=contract, number=number).latest("pk")
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        faults = account_faults(contract.escrow, allowed=_CUSTODY, states=SUPERVISED)
        faults += _reserve_faults(locked, number, taught_on, on=day_of(at))
        _refuse(faults)
        lesson = Lesson.objects.create(
            contract=locked,
            number=number,
            taught_on=taught_on,
            amount_fen=lesson_cost_fen(locked, number),
        )
        _post(order, claim, lesson, "lesson_reserve", actor, at)
    return lesson


def notify_parents(*, lessons: Sequence[Lesson], actor: Actor, at: datetime) -> int:
    """Record that the parents of these lessons were asked; the last notice starts their term."""
    if not lessons:
        return 0
    institution = lessons[0].contract.institution
    if any(one.contract.institution_id != institution.pk for one in lessons):
        raise Refused(Refusal("contract.other_institution"))
    require_keep(actor, institution)
    on = day_of(at)
    needed, workdays = division_settings(institution.division_id, on).silence
    table = workday_table(institution.division_id)
    with transaction.atomic():
        locked = Lesson.objects.select_for_update().filter(pk__in=[one.pk for one in lessons])
        told = list(locked.filter(state=LessonState.RESERVED.value).order_by("pk"))
        for lesson in told:
            if lesson.answer_by is None:
                lesson.notice_count += 1
                lesson.notified_on = on
                lesson.answer_by = last_answer_day(
                    notified_on=on,
                    notices=lesson.notice_count,
                    needed=needed,
                    workdays=workdays,
                    table=table,
                )
        Lesson.objects.bulk_update(told, ["notice_count", "notified_on", "answer_by"], 500)
        draft = EventDraft(
            "lesson.notified",
            contract_subject(lessons[0].contract),
            new={"lessons": [str(one.public_id) for one in told]},
            row_count=max(1, len(told)),
        )
        append_events(division=institution.division_id, actor=actor, drafts=[draft], occurred_at=at)
    return len(told)


def confirm_lesson(*, lesson: Lesson, actor: Actor, at: datetime) -> Lesson:
    """The parent says the lesson took place; also after an objection. Raises Refused."""
    return _answer(lesson, "confirm", "", actor, at)


def object_to_lesson(*, lesson: Lesson, reason: str, actor: Actor, at: datetime) -> Lesson:
    """The parent objects: this lesson's money stays where it is. Raises Refused."""
    return _answer(lesson, "object", reason, actor, at)


def void_lesson(*, lesson: Lesson, reason: str, key: str, actor: Actor, at: datetime) -> Lesson:
    """The lesson did not take place for this pupil: its money goes back to the parent's balance.

    Raises Refused; a released lesson is not voided.
    """
    require_keep(actor, lesson.contract.institution)

    def faults(locked: Lesson) -> tuple[Refusal, ...]:
        found = move_refusals("void", _facts(locked, day_of(at)))
        return found if reason.strip() else (*found, Refusal("escrow.reason_missing"))

    return _settle(lesson, "lesson_void", MOVES["void"][1], key, faults, actor, at)


def release_lesson(*, lesson: Lesson, key: str, actor: Actor, at: datetime) -> Lesson:
    """Let a confirmed lesson's money, or one left without an answer, go to the institution.

    One lesson, one release: the row is locked, and the database refuses a second posting. Raises
    Refused.
    """
    require_edit(actor, lesson.contract.institution)

    def faults(locked: Lesson) -> tuple[Refusal, ...]:
        return release_refusals(_facts(locked, day_of(at)))

    return _settle(lesson, "lesson_release", LessonState.RELEASED, key, faults, actor, at)


def _settle(
    lesson: Lesson,
    rule: str,
    target: LessonState,
    key: str,
    faults_of: Callable[[Lesson], tuple[Refusal, ...]],
    actor: Actor,
    at: datetime,
) -> Lesson:
    order = Order(key, rule, lesson.contract.escrow, day_of(at), {"lesson": lesson.pk})
    with transaction.atomic():
        claim = claim_command(order, at=at)
        locked = _locked_lesson(lesson)
        if claim.repeated:
            return locked
        states = ONLY_ACTIVE if rule == "lesson_release" else SUPERVISED
        found = account_faults(lesson.contract.escrow, allowed=_CUSTODY, states=states)
        _refuse([*found, *faults_of(locked)])
        locked.state = target.value
        locked.save(update_fields=["state"])
        _post(order, claim, locked, rule, actor, at)
    return locked


def _answer(lesson: Lesson, move: str, reason: str, actor: Actor, at: datetime) -> Lesson:
    require_answer(actor, lesson.contract)
    with transaction.atomic():
        locked = _locked_lesson(lesson)
        _refuse(move_refusals(move, _facts(locked, day_of(at))))
        old = locked.state
        locked.state = MOVES[move][1].value
        locked.save(update_fields=["state"])
        append_event(
            division=lesson.contract.institution.division_id,
            actor=actor,
            kind=f"lesson.{move}",
            subject=contract_subject(lesson.contract),
            old={"lesson_state": old},
            new={"lesson_state": locked.state, "lesson": str(locked.public_id)},
            reason=reason.strip(),
            occurred_at=at,
        )
    return locked


def _locked_lesson(lesson: Lesson) -> Lesson:
    return (
        Lesson.objects.select_for_update(of=("self",))
        .select_related("contract__escrow__institution")
        .get(pk=lesson.pk)
    )


def _post(
    order: Order, claim: Claim, lesson: Lesson, rule: str, actor: Actor, at: datetime
) -> None:
    contract = lesson.contract
    values: dict[str, str | int] = {"lesson": str(lesson.public_id), "number": lesson.number}
    telling = Telling(contract_subject(contract), actor, at, "", values)
    post_entries(order, claim, lesson_entries(lesson, rule), telling=telling)


def lesson_entries(lesson: Lesson, rule: str) -> Entries:
    """The entry of one lesson's step; a gift moves no money."""
    if not lesson.amount_fen:
        return ()
    return (
        simple_entry(
            rule,
            escrow=lesson.contract.escrow_id,
            contract=lesson.contract_id,
            amount_fen=lesson.amount_fen,
            cause=f"lesson:{lesson.pk}",
        ),
    )


def _facts(lesson: Lesson, on: date) -> LessonFacts:
    return LessonFacts(LessonState(lesson.state), on, lesson.answer_by)


def lesson_cost_fen(contract: Contract, number: int) -> int:
    """What lesson `number` (from 1) of a contract costs, in fen; a gift costs nothing."""
    if number > contract.lesson_count or contract.charging == "after":
        return 0
    return lesson_share_fen(contract.price_fen, number=number, count=contract.lesson_count)


def _reserve_faults(contract: Contract, number: int, taught_on: date, *, on: date) -> list[Refusal]:
    faults = []
    most = contract.lesson_count + contract.gift_count
    if contract.closed_on:
        faults.append(Refusal("contract.closed"))
    if not 1 <= number <= most:
        faults.append(Refusal("lesson.number_unknown", {"most": most}))
    if taught_on > on:
        faults.append(Refusal("lesson.in_future", {"day": taught_on.isoformat()}))
    if taught_on < contract.starts_on:
        faults.append(Refusal("lesson.before_start", {"day": contract.starts_on.isoformat()}))
    taken = Lesson.objects.filter(contract=contract, number=number)
    if taken.exclude(state=LessonState.VOID.value).exists():
        faults.append(Refusal("lesson.reserved_already", {"number": number}))
    return faults


def _refuse(faults: Sequence[Refusal]) -> None:
    if faults:
        raise Refused(faults)
