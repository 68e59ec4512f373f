"""How anything gets into the ledger: claim the key, lock the accounts in id order, post, tell.

A service calls, inside one transaction: `claim_command` (which says whether the same was done
before), then its own row locks, then `post_entries`. The foreign key from the command to the escrow
account waits for anybody who is closing that account, so its state is read after the claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from fees.core.ledger.accounts import SHARED_KINDS, SIDES, LedgerKind, Ref
from fees.core.ledger.entries import Entry, refs_of, shortages
from fees.models import EscrowAccount, LedgerAccount, LedgerCommand, Posting
from regulator.audit.services import EventDraft, Subject, append_events, marked_event
from regulator.database.commands import call_post_once
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_row_bytes, sha256_hex
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

MOST_FEN = 10**12
_KEY_LENGTH = 80
_BATCH = 1000
_CLAIM = (
    "INSERT INTO fees_ledgercommand"
    " (escrow_id, key, kind, request, digest, booked_on, posted_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id"
)


@dataclass(frozen=True)
class Order:
    """What is asked of the ledger: under which key, of which account, with which values.

    `request` holds what tells this order from another: no personal value, nothing of the clock.
    """

    key: str
    kind: str
    escrow: EscrowAccount
    booked_on: date
    request: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the order: the same key must always come with the same order."""
        said = {
            "kind": self.kind,
            "escrow": self.escrow.pk,
            "booked_on": self.booked_on.isoformat(),
            "request": dict(self.request),
        }
        return sha256_hex(canonical_row_bytes(said))


@dataclass(frozen=True)
class Claim:
    """A command's row; `repeated` when the same order was carried out before."""

    command_id: int
    repeated: bool


def claim_command(order: Order, *, at: datetime) -> Claim:
    """Take the key, once. Raises Refused when it was used for another order.

    Of two at the same moment the second waits here for the first to commit.
    """
    if not order.key or len(order.key) > _KEY_LENGTH:
        raise InvariantError(f"幂等键长度不对：{len(order.key)}")
    digest = order.digest
    found = _earlier(order.key)
    if found is None:
        made = _inserted(order, digest, at)
        if made is not None:
            return Claim(made, repeated=False)
        found = _earlier(order.key)
    if found is None or found[1] != digest:
        raise Refused(Refusal("ledger.key_reused", {"key": order.key}))
    return Claim(found[0], repeated=True)


def post_once(
    order: Order,
    entry: Entry,
    *,
    states: Sequence[str],
    kinds: Sequence[str],
    telling: Telling,
) -> Claim | None:
    """The whole command in one round trip, where the database can: PostgreSQL, one posting.

    None means that nothing was done: the caller goes the plain way, which says why. `states` and
    `kinds` are those of the escrow account in which the order may be carried out.
    """
    if connection.vendor != "postgresql" or entry.debit.contract or entry.credit.contract:
        return None
    if not order.key or len(order.key) > _KEY_LENGTH or not 0 < entry.amount_fen <= MOST_FEN:
        return None
    division = order.escrow.institution.division_id
    event = marked_event(
        division=division,
        actor=telling.actor,
        draft=_draft(order, [entry], telling),
        occurred_at=telling.at,
    )
    values = [
        order.escrow.pk,
        list(states),
        list(kinds),
        order.key,
        order.kind,
        json.dumps(dict(order.request), ensure_ascii=False),
        order.digest,
        order.booked_on,
        telling.at,
        entry.debit.kind.value,
        entry.credit.kind.value,
        entry.amount_fen,
        entry.rule,
        entry.cause,
        division,
        event.text,
        event.sequence_mark,
        event.previous_mark,
    ]
    command = call_post_once(connection, values)
    return None if command is None else Claim(command, repeated=False)


def _earlier(key: str) -> tuple[int, str] | None:
    return LedgerCommand.objects.filter(key=key).values_list("pk", "digest").first()


def _inserted(order: Order, digest: str, at: datetime) -> int | None:
    """The new command's key, or None when another transaction was faster."""
    values: list[int | str | None] = [
        order.escrow.pk,
        order.key,
        order.kind,
        json.dumps(dict(order.request), ensure_ascii=False),
        digest,
        connection.ops.adapt_datefield_value(order.booked_on),
        connection.ops.adapt_datetimefield_value(at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def open_ledger(escrow: EscrowAccount) -> None:
    """The accounts that every escrow account has; those that are there stay as they are."""
    LedgerAccount.objects.bulk_create(
        [LedgerAccount(escrow=escrow, kind=k.value, side=SIDES[k]) for k in SHARED_KINDS],
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class LockedBook:
    """Ledger accounts, locked in id order: their keys and balances in fen."""

    ids: Mapping[Ref, int]
    balances: Mapping[Ref, int]


def lock_book(escrow: EscrowAccount, refs: Sequence[Ref]) -> LockedBook:
    """The accounts with those names, locked; shared ones are opened where they are missing."""
    book = _locked(refs)
    if any(ref not in book.ids for ref in refs):
        for one in {ref.escrow for ref in refs}:
            open_ledger(escrow if one == escrow.pk else EscrowAccount.objects.get(pk=one))
        book = _locked(refs)
    missing = [ref for ref in refs if ref not in book.ids]
    if missing:
        raise InvariantError(f"没有这些账户科目：{missing}")
    return book


def _locked(refs: Sequence[Ref]) -> LockedBook:
    contracts = {ref.contract for ref in refs if ref.contract}
    shared = {ref.kind.value for ref in refs if not ref.contract}
    wanted = Q(contract=None, kind__in=shared)
    if contracts:
        wanted |= Q(contract__in=contracts)
    rows = (
        LedgerAccount.objects.select_for_update(no_key=True)
        .filter(wanted, escrow__in={ref.escrow for ref in refs})
        .order_by("pk")
        .values_list("pk", "escrow_id", "kind", "contract_id", "balance_fen")
    )
    ids: dict[Ref, int] = {}
    balances: dict[Ref, int] = {}
    for key, escrow_id, kind, contract_id, balance_fen in rows:
        ref = Ref(escrow_id, LedgerKind(kind), contract_id or 0)
        ids[ref], balances[ref] = key, balance_fen
    return LockedBook(ids, balances)


@dataclass(frozen=True)
class Telling:
    """What the audit chain is told of a command beside its entries."""

    subject: Subject
    actor: Actor
    at: datetime
    reason: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


def post_entries(
    order: Order,
    claim: Claim,
    entries: Sequence[Entry],
    *,
    telling: Telling,
    corrects: int | None = None,
) -> None:
    """Write the postings of a claimed order and one audit event. Raises Refused when money lacks.

    The balances follow by the database's own trigger; its check would refuse what is refused here.
    """
    if entries:
        book = lock_book(order.escrow, refs_of(entries))
        lacking = shortages(book.balances, entries)
        if lacking:
            raise Refused(lacking)
        _insert(order, claim, entries, book, corrects)
    _tell(order, entries, telling)


def _insert(
    order: Order,
    claim: Claim,
    entries: Sequence[Entry],
    book: LockedBook,
    corrects: int | None,
) -> None:
    Posting.objects.bulk_create(
        [
            Posting(
                command_id=claim.command_id,
                position=position,
                debit_id=book.ids[entry.debit],
                credit_id=book.ids[entry.credit],
                amount_fen=entry.amount_fen,
                rule=entry.rule,
                cause=entry.cause,
                booked_on=order.booked_on,
                corrects_id=corrects,
            )
            for position, entry in enumerate(entries, start=1)
        ],
        batch_size=_BATCH,
    )


def _tell(order: Order, entries: Sequence[Entry], telling: Telling) -> None:
    append_events(
        division=order.escrow.institution.division_id,
        actor=telling.actor,
        drafts=[_draft(order, entries, telling)],
        occurred_at=telling.at,
    )


def _draft(order: Order, entries: Sequence[Entry], telling: Telling) -> EventDraft:
    amounts: dict[str, int] = {}
    for entry in entries:
        amounts[entry.rule] = amounts.get(entry.rule, 0) + entry.amount_fen
    return EventDraft(
        f"ledger.{order.kind}",
        telling.subject,
        new={"key": order.key, **telling.values, "amounts_fen": amounts},
        reason=telling.reason,
        row_count=max(1, len(entries)),
        rows_digest=entries_digest(entries),
    )


def entries_digest(entries: Sequence[Entry]) -> str:
    """SHA-256 of the postings in their order, so that the chain vouches for each of them."""
    said = [
        [_name(entry.debit), _name(entry.credit), entry.amount_fen, entry.rule, entry.cause]
        for entry in entries
    ]
    return sha256_hex(canonical_row_bytes(said))


def _name(ref: Ref) -> str:
    return f"{ref.escrow}:{ref.kind.value}:{ref.contract}"
