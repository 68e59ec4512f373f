"""An account's month by the ledger: what it held before, what moved by day and rule, and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from fees.models import EscrowAccount, MonthStatement, MonthTurnover, Posting
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import add_months


def month_facts(escrow: EscrowAccount, month: date) -> dict[str, Any]:
    """What a statement freezes: amounts in fen, kinds and rules by code; nobody's name. 3 queries.

    `month` is its first day. Contracts are summed.
    """
    after = add_months(month, 1)
    before = _balances(escrow, until=month - timedelta(days=1))
    then = _balances(escrow, until=after - timedelta(days=1))
    kinds = sorted(kind for kind in {*before, *then} if before.get(kind) or then.get(kind))
    return {
        "institution": escrow.institution.name,
        "credit_code": escrow.institution.credit_code,
        "kind": escrow.kind,
        "bank": escrow.bank_name,
        "branch": escrow.branch_name,
        "account_number": escrow.masked_number,
        "month": month.isoformat(),
        "balances": [[kind, before.get(kind, 0), then.get(kind, 0)] for kind in kinds],
        "lines": [
            [row["booked_on"].isoformat(), row["rule"], row["count"], row["fen"]]
            for row in _moved(escrow, first=month, before=after)
        ],
    }


def issued_statements(escrow: EscrowAccount) -> QuerySet[MonthStatement]:
    """The statements of an account, the latest month first."""
    return MonthStatement.objects.filter(escrow=escrow).order_by("-month", "-version")


def statement_for(actor: Actor, public_id: UUID) -> MonthStatement | None:
    """A statement by its public id, where the actor reads the account."""
    reads = Q(escrow__institution__in=institutions_in(actor, Action.ESCROW_READ).values("pk"))
    own = Q(escrow__institution__in=institutions_in(actor, Action.ESCROW_READ_OWN).values("pk"))
    rows = MonthStatement.objects.filter(reads | own, public_id=public_id)
    return rows.select_related("escrow__institution").first()


def statement_by_id(key: int) -> MonthStatement:
    """A statement by its inner id, for the task that renders it."""
    return MonthStatement.objects.select_related("escrow__institution").get(pk=key)


def months_moved(escrow: EscrowAccount) -> list[date]:
    """The months in which anything was booked, the latest first. One query."""
    rows = MonthTurnover.objects.filter(account__escrow=escrow).order_by()
    return sorted(set(rows.values_list("month", flat=True)), reverse=True)


def _balances(escrow: EscrowAccount, *, until: date) -> dict[str, int]:
    rows = MonthTurnover.objects.filter(account__escrow=escrow, month__lte=until).order_by()
    found = rows.values("account__kind", "account__side").annotate(
        debit=Sum("debit_fen"), credit=Sum("credit_fen")
    )
    return {
        row["account__kind"]: row["account__side"] * (row["debit"] - row["credit"]) for row in found
    }


def _moved(escrow: EscrowAccount, *, first: date, before: date) -> list[dict[str, Any]]:
    rows = Posting.objects.filter(
        Q(debit__escrow=escrow) | Q(credit__escrow=escrow),
        booked_on__gte=first,
        booked_on__lt=before,
    )
    grouped = rows.order_by().values("booked_on", "rule")
    told = grouped.annotate(count=Count("pk"), fen=Sum("amount_fen"))
    return [dict(row) for row in told.order_by("booked_on", "rule")]
