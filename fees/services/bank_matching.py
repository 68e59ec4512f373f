"""Bank, ledger and report compared: sure pairs are kept, differences named, cleared or explained.

A comparison may be repeated: it finds the same rows by their keys. Nothing is resolved by itself
but what is no longer found; whatever a person says stands in a note that stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from fees.core.ledger.accounts import LedgerKind
from fees.core.ledger.commands import SIMPLE
from fees.core.statements.matching import (
    Found,
    Pair,
    match_closing,
    match_items,
    match_reports,
)
from fees.models import (
    BankDifference,
    Contract,
    DifferenceNote,
    EscrowAccount,
    LineMatch,
    Posting,
    StatementLine,
)
from fees.selectors.bank import (
    Covered,
    bank_balance_on,
    covered_days,
    line_item,
    posting_item,
    received_by_day,
    reported_by_day,
    unmatched_lines,
    unmatched_postings,
)
from fees.services.contracts import receive_payment
from fees.services.movements import ledger_subject, record_movement
from fees.services.posting import Claim
from fees.services.records import require_edit
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal, Refused

# What may be booked from a line, by the direction of its money.
BOOKED_FROM_LINES = {
    "in": (
        *("payment", "irregular_receipt", "interest", "bank_fee_repaid", "shortfall_repaid"),
        *("performance_deposit_in", "lesson_deposit_in"),
    ),
    "out": (
        *("payout", "bank_fee", "irregular_refund", "interest_paid", "seizure"),
        *("performance_deposit_out", "lesson_deposit_out"),
    ),
}


def compare_account(*, escrow: EscrowAccount, actor: Actor, at: datetime) -> int:
    """Compare an account's bank, ledger and report; how many differences are open afterwards."""
    with transaction.atomic():
        locked = EscrowAccount.objects.select_for_update().get(pk=escrow.pk)
        covered = covered_days(locked)
        if covered is None:
            return 0
        pairs, found = _compared(locked, covered)
        _keep_pairs(pairs, "reference", actor, at)
        changed = _keep_differences(locked, found, actor, at)
        if pairs or changed:
            append_event(
                division=escrow.institution.division_id,
                actor=actor,
                kind="statement.compared",
                subject=ledger_subject(escrow),
                new={"pairs": len(pairs), "differences": len(found), "changed": changed},
                row_count=max(1, len(pairs) + changed),
                rows_digest=canonical_digest([_said(one) for one in found]),
                occurred_at=at,
            )
    return BankDifference.objects.filter(escrow=escrow, state="open").count()


def accept_match(
    *, lines: Sequence[StatementLine], postings: Sequence[Posting], actor: Actor, at: datetime
) -> None:
    """A person says that these lines and postings are the same money; their sums must be equal.

    Raises Refused with every reason.
    """
    escrow = lines[0].escrow
    require_edit(actor, escrow.institution)
    with transaction.atomic():
        EscrowAccount.objects.select_for_update().get(pk=escrow.pk)
        faults = _match_faults(escrow, lines, postings)
        if faults:
            raise Refused(faults)
        how = "amount" if len(lines) == len(postings) == 1 else "many"
        pair = Pair(tuple(one.pk for one in lines), tuple(one.pk for one in postings))
        _keep_pairs([pair], how, actor, at)
        _tell_match(escrow, [pair], how, actor, at)
    compare_account(escrow=escrow, actor=actor, at=at)


def book_line(
    *,
    line: StatementLine,
    rule: str,
    contract: Contract | None = None,
    reference: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Book what a line of the bank says, through the ledger's own commands, and match the two.

    The line is the key: booked again it does nothing. `reference` is the invoice's number for a
    payment, else the bank's own reference where none is given. Raises Refused with every reason.
    """
    escrow = line.escrow
    require_edit(actor, escrow.institution)
    _refuse_wrong_way(line, rule, contract)
    with transaction.atomic():
        if LineMatch.objects.filter(line=line).exclude(how="booked").exists():
            raise Refused(Refusal("statement.matched_already"))
        claim = _booked(line, rule, contract, reference.strip() or line.reference, actor, at)
        if not claim.repeated:
            posting = Posting.objects.get(command_id=claim.command_id)
            pair = Pair((line.pk,), (posting.pk,))
            _keep_pairs([pair], "booked", actor, at)
            _tell_match(escrow, [pair], "booked", actor, at)
    compare_account(escrow=escrow, actor=actor, at=at)


def resolve_difference(
    *, difference: BankDifference, reason: str, actor: Actor, at: datetime
) -> BankDifference:
    """A named person explains a difference that stays; the reason is kept. Raises Refused."""
    institution = difference.escrow.institution
    require_edit(actor, institution)
    with transaction.atomic():
        EscrowAccount.objects.select_for_update().get(pk=difference.escrow_id)
        locked = BankDifference.objects.select_for_update().get(pk=difference.pk)
        faults = []
        if locked.state != "open":
            faults.append(Refusal("statement.difference_closed"))
        if not reason.strip():
            faults.append(Refusal("escrow.reason_missing"))
        if faults:
            raise Refused(faults)
        _note([locked], "resolved", reason.strip(), actor, at)
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="statement.difference_resolved",
            subject=ledger_subject(difference.escrow),
            old={"state": "open"},
            new={"state": "resolved", "difference": str(locked.public_id), "code": locked.code},
            reason=reason.strip(),
            occurred_at=at,
        )
    return locked


def _compared(escrow: EscrowAccount, covered: Covered) -> tuple[list[Pair], list[Found]]:
    done = match_items(
        [line_item(one) for one in unmatched_lines(escrow)],
        [posting_item(one) for one in unmatched_postings(escrow, before=covered.before)],
        first=covered.first,
        before=covered.before,
    )
    found = list(done.differences)
    if escrow.kind == "custody":
        received, reported = received_by_day(escrow), reported_by_day(escrow)
        found += match_reports(received, reported, first=covered.first, before=covered.before)
    if covered.closing_on is not None:
        ledger_fen = bank_balance_on(escrow, covered.closing_on)
        found += match_closing(
            day=covered.closing_on, bank_fen=covered.closing_fen, ledger_fen=ledger_fen
        )
    return done.pairs, found


def _said(one: Found) -> list[str | int | None]:
    """A difference without the inner keys of its rows."""
    day = one.day.isoformat()
    return [one.code.value, day, one.bank_fen, one.ledger_fen, one.report_fen]


def _keep_pairs(pairs: Sequence[Pair], how: str, actor: Actor, at: datetime) -> None:
    rows = [
        LineMatch(line_id=line, posting_id=posting, how=how, matched_by=actor.name, matched_at=at)
        for pair in pairs
        for line in pair.bank
        for posting in pair.ledger
    ]
    LineMatch.objects.bulk_create(rows, batch_size=500)


def _keep_differences(
    escrow: EscrowAccount, found: Sequence[Found], actor: Actor, at: datetime
) -> int:
    """Add what is new, clear what is gone, open again what is back; how many rows changed."""
    kept = {row.key: row for row in BankDifference.objects.filter(escrow=escrow)}
    keys = {one.key for one in found}
    new = [_row(escrow, one, at) for one in found if one.key not in kept]
    BankDifference.objects.bulk_create(new, batch_size=500)
    gone = [row for key, row in kept.items() if row.state == "open" and key not in keys]
    back = [row for key, row in kept.items() if row.state == "cleared" and key in keys]
    _note(gone, "cleared", "", actor, at)
    _note(back, "open", "", actor, at)
    return len(new) + len(gone) + len(back)


def _row(escrow: EscrowAccount, one: Found, at: datetime) -> BankDifference:
    return BankDifference(
        escrow=escrow,
        code=one.code.value,
        key=one.key,
        day=one.day,
        line_id=one.bank,
        posting_id=one.ledger,
        bank_fen=one.bank_fen,
        ledger_fen=one.ledger_fen,
        report_fen=one.report_fen,
        found_at=at,
    )


def _note(
    rows: Sequence[BankDifference], state: str, reason: str, actor: Actor, at: datetime
) -> None:
    for row in rows:
        row.state, row.closed_at = state, None if state == "open" else at
    BankDifference.objects.bulk_update(rows, ["state", "closed_at"], batch_size=500)
    DifferenceNote.objects.bulk_create(
        [
            DifferenceNote(
                difference=row,
                state=state,
                reason=reason,
                noted_by=actor.name,
                noted_by_user=actor.user_id,
                noted_at=at,
            )
            for row in rows
        ],
        batch_size=500,
    )


def _match_faults(
    escrow: EscrowAccount, lines: Sequence[StatementLine], postings: Sequence[Posting]
) -> list[Refusal]:
    faults = []
    if any(line.escrow_id != escrow.pk for line in lines) or not all(
        _is_on(escrow, posting) for posting in postings
    ):
        faults.append(Refusal("statement.other_account"))
    if LineMatch.objects.filter(line__in=lines).exists():
        faults.append(Refusal("statement.matched_already"))
    if LineMatch.objects.filter(posting__in=postings).exists():
        faults.append(Refusal("statement.posting_matched"))
    bank_fen = sum(line_item(line).fen for line in lines)
    ledger_fen = sum(posting_item(posting).fen for posting in postings)
    if bank_fen != ledger_fen or not postings:
        params = {"bank": format_yuan(bank_fen), "ledger": format_yuan(ledger_fen)}
        faults.append(Refusal("statement.sums_differ", params))
    return faults


def _is_on(escrow: EscrowAccount, posting: Posting) -> bool:
    return any(
        side.escrow_id == escrow.pk and side.kind == LedgerKind.BANK.value
        for side in (posting.debit, posting.credit)
    )


def _refuse_wrong_way(line: StatementLine, rule: str, contract: Contract | None) -> None:
    faults = []
    if rule not in SIMPLE or rule not in BOOKED_FROM_LINES[line.direction]:
        faults.append(Refusal("statement.rule_wrong_way", {"ledger_rule": rule}))
    if rule == "payment" and contract is None:
        faults.append(Refusal("statement.contract_needed"))
    if contract is not None and contract.escrow_id != line.escrow_id:
        faults.append(Refusal("statement.other_account"))
    if faults:
        raise Refused(faults)


def _booked(
    line: StatementLine,
    rule: str,
    contract: Contract | None,
    reference: str,
    actor: Actor,
    at: datetime,
) -> Claim:
    key = f"line:{line.public_id}"
    if contract is not None and rule == "payment":
        return receive_payment(
            contract=contract,
            amount_fen=line.amount_fen,
            invoice_number=reference,
            key=key,
            booked_on=line.value_on,
            actor=actor,
            at=at,
        )
    return record_movement(
        escrow=line.escrow,
        rule=rule,
        amount_fen=line.amount_fen,
        reference=reference,
        key=key,
        booked_on=line.value_on,
        actor=actor,
        at=at,
    )


def _tell_match(
    escrow: EscrowAccount, pairs: Sequence[Pair], how: str, actor: Actor, at: datetime
) -> None:
    said = [[list(pair.bank), list(pair.ledger)] for pair in pairs]
    append_event(
        division=escrow.institution.division_id,
        actor=actor,
        kind="statement.matched",
        subject=ledger_subject(escrow),
        new={"how": how, "lines": [pair.bank for pair in pairs]},
        row_count=max(1, sum(len(pair.bank) * len(pair.ledger) for pair in pairs)),
        rows_digest=canonical_digest(said),
        occurred_at=at,
    )
