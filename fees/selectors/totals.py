"""What a district holds, released, refunded and owes late; pupils by class, small cells hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from fees.core.cell_hiding import TOTAL, hidden_cells, with_totals
from fees.core.ledger.accounts import LedgerKind
from fees.core.refund_states import UNPAID
from fees.models import Contract, EscrowAccount, LedgerAccount, Posting, RefundRequest

_MONTHS = 12
_HELD = (LedgerKind.CONTRACT.value, LedgerKind.PENDING.value, LedgerKind.IRREGULAR.value)


@dataclass(frozen=True)
class Totals:
    """A district's figures in fen and counts; `late_fen` is decided, due and unpaid."""

    accounts: int
    institutions: int
    held_fen: int
    released_fen: int
    refunded_fen: int
    late: int
    late_fen: int
    claims_fen: int


def district_totals(division: str, today: date) -> Totals:
    """The figures of a division now. Five queries."""
    accounts = EscrowAccount.objects.filter(institution__division=division, state="active")
    counted = accounts.aggregate(n=Count("pk"), owners=Count("institution", distinct=True))
    held = LedgerAccount.objects.filter(escrow__institution__division=division).aggregate(
        held=Sum("balance_fen", filter=Q(kind__in=_HELD), default=0),
        claims=Sum("balance_fen", filter=Q(kind=LedgerKind.CLAIMS.value), default=0),
    )
    posted = _posted(division).aggregate(
        released=Sum("amount_fen", filter=Q(rule="lesson_release"), default=0),
        refunded=Sum("amount_fen", filter=Q(rule="refund"), default=0),
    )
    late = RefundRequest.objects.filter(
        contract__institution__division=division,
        state__in=[state.value for state in UNPAID],
        payment_deadline__due_on__lt=today,
    ).aggregate(n=Count("pk"), fen=Sum("refund_fen", default=0))
    return Totals(
        accounts=counted["n"],
        institutions=counted["owners"],
        held_fen=held["held"],
        released_fen=posted["released"],
        refunded_fen=posted["refunded"],
        late=late["n"],
        late_fen=late["fen"],
        claims_fen=held["claims"],
    )


def months_of(division: str, today: date) -> list[tuple[date, int, int]]:
    """(month, released, refunded) in fen for the last twelve months, the earliest first."""
    first = _month_before(today.replace(day=1), _MONTHS - 1)
    sums = {month: [0, 0] for month in _months(first)}
    rows = _posted(division).filter(booked_on__gte=first, rule__in=["lesson_release", "refund"])
    found = rows.order_by().values_list("booked_on", "rule").annotate(fen=Sum("amount_fen"))
    for day, rule, fen in found:
        month = day.replace(day=1)
        if month in sums:
            sums[month][rule == "refund"] += fen
    return [(month, released, refunded) for month, (released, refunded) in sums.items()]


def _posted(division: str) -> QuerySet[Posting]:
    rows = Posting.objects.filter(command__escrow__institution__division=division)
    return rows.filter(corrected_by=None)


def _month_before(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _months(first: date) -> list[date]:
    return [_month_before(first, -n) for n in range(_MONTHS)]


@dataclass(frozen=True)
class ClassTable:
    """Pupils with a running contract in one term: a row an institution, a column a subject.

    `cells` holds (row, column) → count with totals under `TOTAL`; None where it is hidden.
    """

    term: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], int | None]

    def lines(self) -> list[tuple[str, list[int | None]]]:
        """The rows with their cells in order, the totals last."""
        columns = (*self.columns, TOTAL)
        return [
            (row, [self.cells.get((row, column), 0) for column in columns])
            for row in (*self.rows, TOTAL)
        ]


def class_tables(division: str) -> list[ClassTable]:
    """One table a term, the latest first; cells under ten and what would give them away are None.

    No totals over several terms are published: they would be one sum more. One query.
    """
    rows = (
        Contract.objects.filter(institution__division=division, closed_on=None)
        .order_by()
        .values_list("filing__class_term", "institution__name", "filing__activity")
        .annotate(n=Count("pupil_index", distinct=True))
    )
    terms: dict[str, dict[tuple[str, str], int]] = {}
    for term, institution, activity, count in rows:
        terms.setdefault(term, {})[institution, activity or "—"] = count
    return [_table(term, terms[term]) for term in sorted(terms, reverse=True)]


def _table(term: str, counts: dict[tuple[str, str], int]) -> ClassTable:
    full = with_totals(counts)
    hidden = hidden_cells(full)
    return ClassTable(
        term=term,
        rows=tuple(sorted({row for row, _ in counts})),
        columns=tuple(sorted({column for _, column in counts})),
        cells={cell: None if cell in hidden else count for cell, count in full.items()},
    )
