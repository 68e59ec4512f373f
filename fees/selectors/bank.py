"""Statements, their lines, and what differs, as an actor's desk reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from fees.core.statements.matching import Item, Pair, match_items, references_in
from fees.models import (
    BankDifference,
    BankStatement,
    Contract,
    EscrowAccount,
    LedgerAccount,
    LineMatch,
    Posting,
    ReceiptReport,
    StatementLine,
    StatementMapping,
)
from fees.selectors.balances import balance_on
from institutions.models import Institution
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

_ONE_DAY = timedelta(days=1)
_MOST_CONTRACTS = 500
# What a parent pays, and what came in although the sale was refused: what institutions report.
RECEIPT_RULES = ("payment", "irregular_receipt")


@dataclass(frozen=True)
class Covered:
    """The days that an account's statements cover, half-open, and the bank's latest balance."""

    first: date
    before: date
    closing_on: date | None = None
    closing_fen: int | None = None


def statements_in(actor: Actor) -> QuerySet[BankStatement]:
    """The statements that the actor's desk reaches, the latest first."""
    reached = institutions_in(actor, Action.ESCROW_READ).order_by().values("pk")
    rows = BankStatement.objects.filter(escrow__institution__in=reached)
    return rows.select_related("escrow__institution", "job", "mapping").order_by("-id")


def statement_for(actor: Actor, public_id: UUID) -> BankStatement | None:
    """A statement by its public id, where the actor's desk reaches it."""
    return statements_in(actor).filter(public_id=public_id).first()


def statement_by_id(key: int) -> BankStatement | None:
    """A statement by its key, for its job."""
    rows = BankStatement.objects.select_related("escrow__institution", "mapping")
    return rows.filter(pk=key).first()


def mappings_in(actor: Actor) -> QuerySet[StatementMapping]:
    """The current mappings of the actor's division, by name."""
    return StatementMapping.objects.filter(division=actor.division, is_current=True)


def lines_of(statement: BankStatement) -> QuerySet[StatementLine]:
    """A statement's lines in their order, with what they are matched to. Two queries."""
    rows = StatementLine.objects.filter(statement=statement)
    return rows.prefetch_related("matches__posting").order_by("position")


def line_for(
    actor: Actor, public_id: UUID, action: Action = Action.ESCROW_READ
) -> StatementLine | None:
    """A line by its public id, where the actor's desk reaches it."""
    reached = institutions_in(actor, action).order_by().values("pk")
    rows = StatementLine.objects.filter(public_id=public_id, escrow__institution__in=reached)
    return rows.select_related("escrow__institution__division", "statement").first()


def differences_in(
    actor: Actor, *, state: str = "open", code: str = ""
) -> QuerySet[BankDifference]:
    """Differences that the actor's desk reaches, the latest day first."""
    reached = institutions_in(actor, Action.ESCROW_READ).order_by().values("pk")
    rows = BankDifference.objects.filter(escrow__institution__in=reached, state=state)
    if code:
        rows = rows.filter(code=code)
    return rows.select_related("escrow__institution", "line", "posting")


def difference_for(
    actor: Actor, public_id: UUID, action: Action = Action.ESCROW_READ
) -> BankDifference | None:
    """A difference by its public id, where the actor's desk reaches it."""
    reached = institutions_in(actor, action).order_by().values("pk")
    rows = BankDifference.objects.filter(public_id=public_id, escrow__institution__in=reached)
    return rows.select_related("escrow__institution__division", "line", "posting__command").first()


def open_differences(institution: Institution) -> QuerySet[BankDifference]:
    """What is open of an institution's accounts, the latest day first."""
    rows = BankDifference.objects.filter(escrow__institution=institution, state="open")
    return rows.select_related("escrow", "line", "posting")


def reports_of(institution: Institution) -> QuerySet[ReceiptReport]:
    """What an institution reported, the latest day first."""
    return ReceiptReport.objects.filter(escrow__institution=institution).select_related("escrow")


def covered_days(escrow: EscrowAccount) -> Covered | None:
    """What the account's statements cover; None before the first was read."""
    read = BankStatement.objects.filter(escrow=escrow, state="read", first_on__isnull=False)
    ends = read.aggregate(first=Min("first_on"), last=Max("last_on"))
    if ends["first"] is None:
        return None
    latest = read.filter(closing_fen__isnull=False).order_by("-last_on", "-id").first()
    return Covered(
        ends["first"],
        ends["last"] + _ONE_DAY,
        latest.last_on if latest else None,
        latest.closing_fen if latest else None,
    )


def unmatched_lines(escrow: EscrowAccount) -> list[StatementLine]:
    """Lines of an account that stand for no posting yet."""
    matched = LineMatch.objects.filter(line=OuterRef("pk"))
    rows = StatementLine.objects.filter(~Exists(matched), escrow=escrow)
    return list(rows.order_by("value_on", "pk"))


def unmatched_postings(escrow: EscrowAccount, *, before: date) -> list[Posting]:
    """Postings on the account's money at the bank without a line; corrected pairs left out."""
    matched = LineMatch.objects.filter(posting=OuterRef("pk"))
    rows = Posting.objects.filter(
        Q(debit__escrow=escrow, debit__kind="bank") | Q(credit__escrow=escrow, credit__kind="bank"),
        ~Exists(matched),
        booked_on__lt=before,
        corrected_by=None,
        corrects=None,
    )
    return list(
        rows.select_related("command", "debit__contract", "credit__contract").order_by("pk")
    )


def line_item(line: StatementLine) -> Item:
    """A line as the comparison looks at it."""
    return Item(
        line.pk,
        line.value_on,
        line.amount_fen if line.direction == "in" else -line.amount_fen,
        references_in(line.reference, line.purpose),
        is_repeated=line.ordinal > 1,
    )


def posting_item(posting: Posting) -> Item:
    """A posting as the comparison looks at it: what it does to the money at the bank."""
    is_in = posting.debit.kind == "bank"
    request = posting.command.request
    other = posting.credit if is_in else posting.debit
    number = other.contract.number if other.contract else ""
    texts = (str(request.get("reference", "")), str(request.get("invoice", "")), number)
    return Item(
        posting.pk,
        posting.booked_on,
        posting.amount_fen if is_in else -posting.amount_fen,
        references_in(*texts),
        group=posting.rule,
    )


def suggestions_for(line: StatementLine) -> list[Pair]:
    """What the comparison proposes for a line: amounts and days that fit nothing else."""
    covered = covered_days(line.escrow)
    if covered is None:
        return []
    bank = [line_item(one) for one in unmatched_lines(line.escrow)]
    ledger = [posting_item(one) for one in unmatched_postings(line.escrow, before=covered.before)]
    done = match_items(bank, ledger, first=covered.first, before=covered.before)
    return [pair for pair in done.suggestions if line.pk in pair.bank]


def received_by_day(escrow: EscrowAccount) -> dict[date, int]:
    """What parents paid in by day, as the bank says: lines in that are nothing else of ours."""
    other = LineMatch.objects.filter(line=OuterRef("pk")).exclude(posting__rule__in=RECEIPT_RULES)
    rows = StatementLine.objects.filter(~Exists(other), escrow=escrow, direction="in", ordinal=1)
    found = rows.order_by().values("value_on").annotate(fen=Sum("amount_fen"))
    return {row["value_on"]: row["fen"] for row in found}


def reported_by_day(escrow: EscrowAccount) -> dict[date, int]:
    """What the institution reported by day, the latest report of each."""
    rows = ReceiptReport.objects.filter(escrow=escrow).order_by("pk")
    return dict(rows.values_list("day", "amount_fen"))


def bank_balance_on(escrow: EscrowAccount, day: date) -> int:
    """What the ledger says lay at the bank at the end of a day, in fen."""
    account = LedgerAccount.objects.filter(escrow=escrow, kind="bank").first()
    return balance_on(account, day) if account else 0


def accounts_with_bank(actor: Actor) -> QuerySet[EscrowAccount]:
    """Accounts of the actor's division that a statement may be uploaded for."""
    reached = institutions_in(actor, Action.ESCROW_EDIT).order_by().values("pk")
    rows = EscrowAccount.objects.filter(institution__in=reached, active_on__isnull=False)
    return rows.select_related("institution").order_by("institution__sort_key", "id")


def postings_by_id(keys: Iterable[int]) -> list[Posting]:
    """Postings by key, with what a page shows of them."""
    rows = Posting.objects.filter(pk__in=list(keys)).select_related("command", "debit", "credit")
    return list(rows.order_by("pk"))


def contracts_to_book(line: StatementLine) -> list[Contract]:
    """Contracts that a line's money may have been paid for, the latest signed first."""
    rows = Contract.objects.filter(escrow=line.escrow_id, closed_on=None)
    return list(rows.order_by("-signed_on", "number")[:_MOST_CONTRACTS])
