"""A release run: every lesson of an account that is due, chunk by chunk, each chunk committed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from fees.core.escrow_states import AccountKind
from fees.core.ledger.accounts import LedgerKind, Ref
from fees.core.ledger.silence import LessonState
from fees.models import EscrowAccount, Lesson
from fees.services.movements import account_faults, ledger_subject
from fees.services.posting import Claim, Order, claim_command, lock_book
from fees.services.records import require_edit
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal, Refused

CHUNK_LESSONS = 5000
_RULE = "lesson_release"
_CHOSEN = {
    "sqlite": "id IN (SELECT value FROM json_each(%s))",
    "postgresql": "id = ANY(%s)",
}
_SETTLED = "UPDATE fees_lesson SET state = %s WHERE {chosen}"
# A gift is released too, and moves no money.
_POSTED = (
    "INSERT INTO fees_posting"
    " (command_id, position, debit_id, credit_id, amount_fen, rule, cause, booked_on)"
    " SELECT %s, ROW_NUMBER() OVER (ORDER BY id), %s, %s, amount_fen, %s, 'lesson:' || id, %s"
    " FROM fees_lesson WHERE amount_fen > 0 AND {chosen} ORDER BY id"
)


@dataclass(frozen=True)
class ReleasedChunk:
    """What one step of a run did; `last` is where the next begins, `lessons` 0 when it is over."""

    lessons: int
    amount_fen: int
    last: int


def release_due(
    *,
    escrow: EscrowAccount,
    on: date,
    after: int,
    actor: Actor,
    at: datetime,
    size: int = CHUNK_LESSONS,
) -> ReleasedChunk:
    """Release the next due lessons of an account, those confirmed or left unanswered in time.

    Lessons in the order of their keys, from the one after `after`. Safe to repeat and to kill: a
    chunk is done whole or not at all, and a lesson that is released is due no more. Raises Refused.
    """
    require_edit(actor, escrow.institution)
    with transaction.atomic():
        due = _locked_due(escrow, on, after, size)
        if not due:
            return ReleasedChunk(0, 0, after)
        key = f"release:{escrow.pk}:{due[0][0]}:{due[-1][0]}:{len(due)}"
        order = Order(key, "release_run", escrow, on, {"digest": _digest(due)})
        claim = claim_command(order, at=at)
        faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,))
        if faults:
            raise Refused(faults)
        _post_releases(order, claim, due)
        _tell(order, due, actor, at)
    return ReleasedChunk(len(due), sum(fen for _, fen in due), due[-1][0])


def _locked_due(escrow: EscrowAccount, on: date, after: int, size: int) -> list[tuple[int, int]]:
    is_due = Q(state=LessonState.CONFIRMED.value) | Q(
        state=LessonState.RESERVED.value, answer_by__lt=on
    )
    rows = (
        Lesson.objects.select_for_update(of=("self",))
        .filter(is_due, contract__escrow=escrow, pk__gt=after)
        .order_by("pk")
        .values_list("pk", "amount_fen")
    )
    return list(rows[:size])


def _post_releases(order: Order, claim: Claim, due: Sequence[tuple[int, int]]) -> None:
    """One posting a lesson, straight between two accounts: what the core's rule says of each."""
    pending = Ref(order.escrow.pk, LedgerKind.PENDING)
    payable = Ref(order.escrow.pk, LedgerKind.PAYABLE)
    book = lock_book(order.escrow, [pending, payable])
    total_fen = sum(fen for _, fen in due)
    if book.balances[pending] < total_fen:
        raise Refused(Refusal("ledger.not_enough", {"ledger_kind": pending.kind.value}))
    chosen = _CHOSEN[connection.vendor]
    lessons = [lesson for lesson, _ in due]
    ids = json.dumps(lessons) if connection.vendor == "sqlite" else lessons
    accounts = (book.ids[pending], book.ids[payable])
    booked_on = connection.ops.adapt_datefield_value(order.booked_on)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED.format(chosen=chosen), [LessonState.RELEASED.value, ids])
        cursor.execute(
            _POSTED.format(chosen=chosen), [claim.command_id, *accounts, _RULE, booked_on, ids]
        )


def _digest(due: Sequence[tuple[int, int]]) -> str:
    """SHA-256 of the lessons and their amounts, `lesson:fen` a line."""
    return sha256_hex("\n".join(f"{lesson}:{fen}" for lesson, fen in due).encode())


def _tell(order: Order, due: Sequence[tuple[int, int]], actor: Actor, at: datetime) -> None:
    append_event(
        division=order.escrow.institution.division_id,
        actor=actor,
        kind="ledger.release_run",
        subject=ledger_subject(order.escrow),
        new={"key": order.key, "amounts_fen": {_RULE: sum(fen for _, fen in due)}},
        occurred_at=at,
        row_count=len(due),
        rows_digest=_digest(due),
    )
