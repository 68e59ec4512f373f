"""Every invariant of the ledger, recomputed from the postings and compared with what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Q, Sum

from fees.core.ledger.accounts import SIDES, LedgerKind
from fees.core.ledger.commands import SIMPLE
from fees.core.ledger.differences import Difference
from fees.models import Contract, LedgerAccount, Lesson, MonthTurnover, Posting
from regulator.kernel.money import format_yuan

_MOVED = """
SELECT account_id, month, SUM(debit_fen), SUM(credit_fen) FROM (
  SELECT debit_id AS account_id, {month} AS month, amount_fen AS debit_fen, 0 AS credit_fen
    FROM fees_posting
  UNION ALL
  SELECT credit_id, {month}, 0, amount_fen FROM fees_posting) moved
GROUP BY account_id, month
"""
_MONTH = {
    "sqlite": "strftime('%%Y-%%m-01', booked_on)",
    "postgresql": "to_char(booked_on, 'YYYY-MM-01')",
}


def differences() -> Iterator[Difference]:
    """Everything that differs, in a stable order; nothing is put right here."""
    turnovers = _turnovers()
    yield from _wrong_balances(turnovers)
    yield from _wrong_months(turnovers)
    yield from _unbalanced_accounts()
    yield from _wrong_rules()
    yield from _wrong_lessons()


def posting_count() -> int:
    """How many postings there are."""
    return Posting.objects.count()


def _turnovers() -> dict[tuple[int, str], tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED.format(month=_MONTH[connection.vendor]), [])
        return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in cursor.fetchall()}


def _accounts() -> Iterator[LedgerAccount]:
    rows = LedgerAccount.objects.select_related("escrow__institution", "contract")
    yield from rows.order_by("pk").iterator(chunk_size=2000)


def _difference(code: str, account: LedgerAccount, stored: int, computed: int) -> Difference:
    contract = f" {account.contract.number}" if account.contract else ""
    institution = account.escrow.institution
    return Difference(
        code,
        institution.division_id,
        institution.name,
        f"{account.get_kind_display()}{contract}",
        format_yuan(stored),
        format_yuan(computed),
    )


def _wrong_balances(turnovers: dict[tuple[int, str], tuple[int, int]]) -> Iterator[Difference]:
    moved: dict[int, int] = {}
    for (account_id, _month), (debit_fen, credit_fen) in turnovers.items():
        moved[account_id] = moved.get(account_id, 0) + debit_fen - credit_fen
    for account in _accounts():
        side = SIDES[LedgerKind(account.kind)]
        computed = side * moved.get(account.pk, 0)
        if account.side != side or computed != account.balance_fen:
            yield _difference("balance_differs", account, account.balance_fen, computed)
        if computed < 0:
            yield _difference("balance_negative", account, account.balance_fen, computed)


def _wrong_months(turnovers: dict[tuple[int, str], tuple[int, int]]) -> Iterator[Difference]:
    stored = {
        (row.account_id, row.month.isoformat()): (row.debit_fen, row.credit_fen)
        for row in MonthTurnover.objects.order_by("pk").iterator(chunk_size=2000)
    }
    wrong = [
        key
        for key in sorted(stored.keys() | turnovers.keys())
        if stored.get(key, (0, 0)) != turnovers.get(key, (0, 0))
    ]
    accounts = LedgerAccount.objects.select_related("escrow__institution", "contract").in_bulk(
        [account_id for account_id, _month in wrong]
    )
    for key in wrong:
        if key[0] in accounts:
            held, said = stored.get(key, (0, 0)), turnovers.get(key, (0, 0))
            yield _difference("month_differs", accounts[key[0]], sum(held), sum(said))


def _unbalanced_accounts() -> Iterator[Difference]:
    """Escrow accounts whose assets are not what they are held for."""
    rows = (
        LedgerAccount.objects.order_by()
        .values("escrow", "escrow__institution__division", "escrow__institution__name")
        .annotate(
            assets=Sum("balance_fen", filter=Q(side=1), default=0),
            held_for=Sum("balance_fen", filter=Q(side=-1), default=0),
        )
        .exclude(assets=F("held_for"))
        .order_by("escrow")
    )
    for row in rows:
        yield Difference(
            "not_balanced",
            row["escrow__institution__division"],
            row["escrow__institution__name"],
            "",
            format_yuan(row["assets"]),
            format_yuan(row["held_for"]),
        )


def _wrong_rules() -> Iterator[Difference]:
    """Postings between accounts that their rule does not name."""
    fitting = Q(rule__in=("transfer", "correction"))
    for rule, (debit, credit) in SIMPLE.items():
        fitting |= Q(rule=rule, debit__kind=debit.value, credit__kind=credit.value)
    rows = Posting.objects.exclude(fitting).select_related(
        "debit__escrow__institution", "debit__contract"
    )
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        yield _difference("rule_differs", row.debit, row.amount_fen, 0)


def _wrong_lessons() -> Iterator[Difference]:
    """Contracts whose lessons' money is not what was reserved, released and given back."""
    states = (("lesson_reserve", Q()), ("lesson_void", Q(state="void")),
              ("lesson_release", Q(state="released")))  # fmt: skip
    for rule, wanted in states:
        said = {
            f"lesson:{pk}": fen
            for pk, fen in Lesson.objects.filter(wanted, amount_fen__gt=0)
            .values_list("pk", "amount_fen")
            .iterator(chunk_size=5000)
        }
        posted = dict(
            Posting.objects.filter(rule=rule).order_by().values_list("cause", "amount_fen")
        )
        for cause in sorted(said.keys() ^ posted.keys()) + sorted(
            cause for cause in said.keys() & posted.keys() if said[cause] != posted[cause]
        ):
            yield _lesson_difference(cause, said.get(cause, 0), posted.get(cause, 0))


def _lesson_difference(cause: str, stored: int, computed: int) -> Difference:
    lesson = Lesson.objects.filter(pk=int(cause.partition(":")[2])).first()
    contract = Contract.objects.filter(pk=lesson.contract_id).first() if lesson else None
    return Difference(
        "lesson_differs",
        contract.institution.division_id if contract else "",
        contract.institution.name if contract else "",
        f"{contract.number} 第{lesson.number}课" if contract and lesson else cause,
        format_yuan(stored),
        format_yuan(computed),
    )
