"""A month's statement: its number, its frozen facts, and the bytes once they are rendered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from fees.models import EscrowAccount, MonthStatement
from fees.selectors.accounts import SUBJECT_KIND
from fees.selectors.month_statements import month_facts
from fees.services.contracts import require_keep
from fees.services.records import day_of, lock_account
from institutions.services.running_numbers import take_running
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

RENDER_JOB = "fees.render_month_statement"
_COUNTER = "month_statement"
_TITLE = gettext_noop("生成月结单")


def issue_month_statement(
    escrow: EscrowAccount, *, month: date, actor: Actor, at: datetime
) -> MonthStatement:
    """Freeze a month under a number and have it rendered; an unchanged month gets no second number.

    `month` is its first day; the current one too, as far as it is booked. Raises Refused for a
    month to come or one in which nothing moved.
    """
    require_keep(actor, escrow.institution)
    with transaction.atomic():
        account = lock_account(escrow)
        facts = month_facts(account, month)
        _refuse_empty(facts["balances"], month, on=day_of(at))
        digest = canonical_digest(facts)
        latest = MonthStatement.objects.filter(escrow=account, month=month).first()
        if latest is not None and latest.facts_sha256 == digest:
            return latest
        versions = MonthStatement.objects.filter(escrow=account, month=month)
        serial = take_running(_COUNTER, 1).start
        issued = MonthStatement.objects.create(
            escrow=account,
            month=month,
            version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
            number=f"月结〔{month.year}〕{serial}号",
            facts=facts,
            facts_sha256=digest,
            issued_by=actor.name,
            issued_at=at,
        )
        enqueue(
            kind=RENDER_JOB,
            division=account.institution.division_id,
            params={"statement": issued.pk},
            actor=actor,
            at=at,
            total=1,
            title=_TITLE,
            page="/portal/escrow/",
        )
        new = {"number": issued.number, "month": month, "facts_sha256": digest}
        _tell(issued, "month_statement.issued", new, actor, at)
    return issued


def keep_rendered_statement(
    statement: MonthStatement, *, sha256: str, actor: Actor, at: datetime
) -> None:
    """Remember the rendered PDF by its SHA-256; once, and never another."""
    with transaction.atomic():
        locked = MonthStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if locked.sha256:
            return
        locked.sha256 = sha256
        locked.save(update_fields=["sha256"])
        _tell(statement, "month_statement.rendered", {"sha256": sha256}, actor, at)


def _refuse_empty(balances: list[list[object]], month: date, *, on: date) -> None:
    if month > on:
        raise Refused(Refusal("statement.month_to_come"))
    if not balances:
        raise Refused(Refusal("statement.nothing_moved"))


def _tell(
    statement: MonthStatement, kind: str, new: dict[str, object], actor: Actor, at: datetime
) -> None:
    institution = statement.escrow.institution
    append_event(
        division=institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, str(statement.escrow.public_id), institution.name),
        new=new,
        occurred_at=at,
    )
