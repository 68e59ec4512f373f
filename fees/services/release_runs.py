"""A release run: every lesson of an account that is due, chunk by chunk, each chunk committed."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from fees.core.escrow_states import AccountKind
from fees.core.ledger.accounts import LedgerKind, Ref
from fees.core.ledger.silence import LessonState
from fees.models import Contract, EscrowAccount, Lesson
from fees.services.movements import account_faults, ledger_subject
from fees.services.posting import Claim, Order, claim_command, lock_book
from fees.services.records import require_edit
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal, Refused

# A chunk's lessons by database: SQLite lets nobody else write meanwhile.
CHUNK_LESSONS = {"sqlite": 500, "postgresql": 2000}
# How many lessons are looked up at once: some megabytes.
MOST_AHEAD = 50_000
_RULE = "lesson_release"
_PLACES = "command_id, position, debit_id, credit_id, amount_fen, rule, cause, booked_on"
# A gift is released too, and moves no money.
_ROWS = " SELECT %s, ROW_NUMBER() OVER (ORDER BY id), %s, %s, amount_fen, %s, 'lesson:' || id, %s"
# The lessons' state and one posting a lesson: one statement where the database can, else two.
_SETTLE = "UPDATE fees_lesson SET state = %s WHERE id "
_SETTLE_AND_POST = (
    f"WITH settled AS ({_SETTLE}= ANY(%s) RETURNING id, amount_fen)"
    f" INSERT INTO fees_posting ({_PLACES}){_ROWS} FROM settled WHERE amount_fen > 0 ORDER BY id"
)
_CHOSEN = "IN (SELECT value FROM json_each(%s))"
_POST = (
    f"INSERT INTO fees_posting ({_PLACES}){_ROWS} FROM fees_lesson"
    f" WHERE amount_fen > 0 AND id {_CHOSEN} ORDER BY id"
)


# A class's lessons of a day: the class's key and the day.
ClassDay = tuple[int, date]


@dataclass(frozen=True)
class Within:
    """What a run is narrowed to: a class, a day; empty narrows nothing."""

    filing: int | None = None
    taught_on: date | None = None

    @property
    def wanted(self) -> Q:
        """The same as a condition on lessons."""
        found = Q()
        if self.filing is not None:
            found &= Q(contract__filing=self.filing)
        if self.taught_on is not None:
            found &= Q(taught_on=self.taught_on)
        return found

    def holds(self, class_day: ClassDay) -> bool:
        """Whether a class's lesson of a day is wanted."""
        filing, day = class_day
        return self.filing in {None, filing} and self.taught_on in {None, day}


EVERYTHING = Within()


@dataclass(frozen=True)
class ReleasedChunk:
    """What one step of a run did; `last` is where the next begins, `lessons` 0 when none was due.

    `by_class_day` tells how many lessons, and how many fen, of which class and day.
    """

    lessons: int
    amount_fen: int
    last: int
    by_class_day: Mapping[ClassDay, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Due:
    lesson: int
    amount_fen: int
    class_day: ClassDay


@dataclass
class Ahead:
    """The due lessons behind a run's place, looked up once for many chunks.

    An account's lessons have no order of their own in the database: looked up for every chunk, they
    would all be read and sorted for each chunk. Only a hint: a chunk looks at its lessons
    again once it holds their locks, and what became due meanwhile is found when this is used up.
    """

    escrow: int = 0
    on: date | None = None
    within: Within = EVERYTHING
    lessons: list[int] = field(default_factory=list)

    def has_more(self, after: int) -> bool:
        """Whether lessons behind `after` are known to be due."""
        return bool(self.lessons) and self.lessons[-1] > after

    def following(
        self, escrow: EscrowAccount, on: date, within: Within, *, after: int, size: int
    ) -> list[int]:
        """The keys of the next due lessons behind `after`, in their order; none when none is due.

        A query of its own when those known are used up.
        """
        if (self.escrow, self.on, self.within) == (escrow.pk, on, within):
            first = bisect_right(self.lessons, after)
            if found := self.lessons[first : first + size]:
                return found
        self.escrow, self.on, self.within = escrow.pk, on, within
        rows = due_lessons(escrow, on, within).filter(pk__gt=after).order_by("pk")
        self.lessons = list(rows.values_list("pk", flat=True)[:MOST_AHEAD])
        return self.lessons[:size]


def due_lessons(escrow: EscrowAccount, on: date, within: Within = EVERYTHING) -> QuerySet[Lesson]:
    """Lessons of an account whose money may go: confirmed, or left unanswered in time."""
    return Lesson.objects.filter(_is_due(on) & within.wanted, contract__escrow=escrow)


def _is_due(on: date) -> Q:
    return Q(state=LessonState.CONFIRMED.value) | Q(
        state=LessonState.RESERVED.value, answer_by__lt=on
    )


def release_due(
    *,
    escrow: EscrowAccount,
    on: date,
    after: int,
    actor: Actor,
    at: datetime,
    size: int | None = None,
    within: Within = EVERYTHING,
    ahead: Ahead | None = None,
) -> ReleasedChunk:
    """Release the next due lessons of an account, those confirmed or left unanswered in time.

    Lessons in the order of their keys, from the one after `after`. Safe to repeat and to kill: a
    chunk is done whole or not at all, and a lesson that is released is due no more; what another
    run released meanwhile is passed over. `size` is at most how many, else the database's own
    measure; `ahead` is kept by the caller from chunk to chunk, and spares looking for them anew.
    Raises Refused.
    """
    require_edit(actor, escrow.institution)
    size = size or CHUNK_LESSONS[connection.vendor]
    with transaction.atomic():
        due = _locked_due(escrow, on, within, after=after, size=size, ahead=ahead or Ahead())
        if not due:
            return ReleasedChunk(0, 0, after)
        key = f"release:{escrow.pk}:{due[0].lesson}:{due[-1].lesson}:{len(due)}"
        order = Order(key, "release_run", escrow, on, {"digest": _digest(due)})
        claim = claim_command(order, at=at)
        faults = account_faults(escrow, allowed=(AccountKind.CUSTODY.value,))
        if faults:
            raise Refused(faults)
        _post_releases(order, claim, due)
        _tell(order, due, actor, at)
    return ReleasedChunk(len(due), _total_fen(due), due[-1].lesson, _by_class_day(due))


def _locked_due(
    escrow: EscrowAccount, on: date, within: Within, *, after: int, size: int, ahead: Ahead
) -> list[_Due]:
    while keys := ahead.following(escrow, on, within, after=after, size=size):
        if found := _lock_those_due(escrow, on, within, keys):
            return found
        after = keys[-1]
    return []


def _lock_those_due(
    escrow: EscrowAccount, on: date, within: Within, keys: Sequence[int]
) -> list[_Due]:
    """Lessons by their keys and then their contracts: joined, a plan may walk the whole account."""
    rows = Lesson.objects.select_for_update().filter(_is_due(on), pk__in=keys).order_by("pk")
    locked = list(rows.values_list("pk", "amount_fen", "contract_id", "taught_on"))
    contracts = Contract.objects.filter(pk__in={row[2] for row in locked}, escrow=escrow)
    filings = dict(contracts.values_list("pk", "filing_id"))
    found = [
        _Due(pk, fen, (filings[contract], day))
        for pk, fen, contract, day in locked
        if contract in filings
    ]
    return [one for one in found if within.holds(one.class_day)]


def _total_fen(due: Sequence[_Due]) -> int:
    return sum(one.amount_fen for one in due)


def _by_class_day(due: Sequence[_Due]) -> dict[ClassDay, tuple[int, int]]:
    found: dict[ClassDay, tuple[int, int]] = {}
    for one in due:
        lessons, fen = found.get(one.class_day, (0, 0))
        found[one.class_day] = (lessons + 1, fen + one.amount_fen)
    return found


def _post_releases(order: Order, claim: Claim, due: Sequence[_Due]) -> None:
    """One posting a lesson, straight between two accounts: what the core's rule says of each."""
    pending = Ref(order.escrow.pk, LedgerKind.PENDING)
    payable = Ref(order.escrow.pk, LedgerKind.PAYABLE)
    book = lock_book(order.escrow, [pending, payable])
    lacking_fen = _total_fen(due) - book.balances[pending]
    if lacking_fen > 0:
        params = {
            "ledger_kind": pending.kind.value,
            "has": format_yuan(book.balances[pending]),
            "lacks": format_yuan(lacking_fen),
        }
        raise Refused(Refusal("ledger.not_enough", params, remedy="ledger.remedy_pending"))
    accounts = (book.ids[pending], book.ids[payable])
    booked_on = connection.ops.adapt_datefield_value(order.booked_on)
    _settle_and_post([one.lesson for one in due], [claim.command_id, *accounts, _RULE, booked_on])


def _settle_and_post(lessons: list[int], posting: Sequence[Any]) -> None:
    state = LessonState.RELEASED.value
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_SETTLE_AND_POST, [state, lessons, *posting])
        else:
            keys = json.dumps(lessons)
            cursor.execute(_SETTLE + _CHOSEN, [state, keys])
            cursor.execute(_POST, [*posting, keys])


def _digest(due: Sequence[_Due]) -> str:
    """SHA-256 of the lessons and their amounts, `lesson:fen` a line."""
    return sha256_hex("\n".join(f"{one.lesson}:{one.amount_fen}" for one in due).encode())


def _tell(order: Order, due: Sequence[_Due], actor: Actor, at: datetime) -> None:
    append_event(
        division=order.escrow.institution.division_id,
        actor=actor,
        kind="ledger.release_run",
        subject=ledger_subject(order.escrow),
        new={"key": order.key, "amounts_fen": {_RULE: _total_fen(due)}},
        occurred_at=at,
        row_count=len(due),
        rows_digest=_digest(due),
    )
