"""Dated facts of institutions from the tables, and the warnings they led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from fees.core.ledger.accounts import SIDES, LedgerKind
from fees.core.warnings.facts import DatedFacts, Known, Moved, Spell, TaughtDay
from fees.models import (
    Contract,
    Lesson,
    Posting,
    ProviderEvent,
    RefundRequest,
    RiskWarning,
    WarningAnswer,
)
from institutions.models import Institution, StaffMember
from institutions.selectors.register import institutions_in
from institutions.selectors.search import search_institutions
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

BATCH_INSTITUTIONS = 100
_OWED = (LedgerKind.CONTRACT.value, LedgerKind.PENDING.value, LedgerKind.IRREGULAR.value)
_TEACHING = "teaching"
_ENDED = ("false_alarm", "closed")
# Nothing was answered, or nothing that ends it.
_NOT_ENDED = Q(answer__isnull=True) | ~Q(answer__in=_ENDED)
_Row = TypeVar("_Row")


def watched_institutions(division: str) -> QuerySet[Institution]:
    """Institutions of a division with an account under supervision, in the order of their keys."""
    rows = Institution.objects.filter(division=division, escrow_accounts__isnull=False)
    return rows.distinct().order_by("pk")


def watched_divisions() -> list[str]:
    """The divisions with an account under supervision."""
    rows = Institution.objects.filter(escrow_accounts__isnull=False).order_by("division")
    return list(rows.values_list("division_id", flat=True).distinct())


def dated_facts(institutions: Sequence[Institution], on: date) -> dict[int, DatedFacts]:
    """What was known of each until the end of a day, by key. Eight queries for any number."""
    keys = [one.pk for one in institutions]
    bank = _moved(keys, on, [LedgerKind.BANK.value])
    owed = _moved(keys, on, _OWED)
    receipts = _moved(keys, on, [LedgerKind.CONTRACT.value], rules=["payment"])
    contracts = _grouped(_contracts(keys, on), _contract_spell)
    refunds = _grouped(_refunds(keys, on), _refund_spell)
    lessons = _grouped(_lessons(keys, on), lambda row: TaughtDay(row[1], row[2], row[3]))
    teachers = _grouped(_teachers(keys, on), lambda row: Spell(row[1], row[2]))
    events = _grouped(_events(keys), lambda row: Known(row[1], row[2], _day(row[3])))
    return {
        key: DatedFacts(
            bank=tuple(bank[key]),
            owed=tuple(owed[key]),
            receipts=tuple(receipts[key]),
            contracts=tuple(contracts[key]),
            refunds=tuple(refunds[key]),
            lessons=tuple(lessons[key]),
            teachers=tuple(teachers[key]),
            events=tuple(events[key]),
        )
        for key in keys
    }


def _moved(
    keys: Sequence[int], on: date, kinds: Sequence[str], rules: Sequence[str] = ()
) -> dict[int, list[Moved]]:
    """What moved by day on these kinds of account, both sides of every posting; two queries."""
    found: dict[int, list[Moved]] = defaultdict(list)
    for side, sign in (("debit", 1), ("credit", -1)):
        rows = Posting.objects.filter(
            **{f"{side}__escrow__institution__in": keys, f"{side}__kind__in": kinds},
            booked_on__lte=on,
        )
        if rules:
            rows = rows.filter(rule__in=rules)
        sums = rows.order_by().values_list(
            f"{side}__escrow__institution_id", f"{side}__kind", "booked_on"
        )
        for key, kind, day, fen in sums.annotate(fen=Sum("amount_fen")):
            found[key].append(Moved(day, fen * sign * SIDES[LedgerKind(kind)]))
    return found


def _contracts(keys: Sequence[int], on: date) -> Iterable[Any]:
    rows = Contract.objects.filter(institution__in=keys, signed_on__lte=on).order_by("pk")
    return rows.values_list("institution_id", "signed_on", "closed_on", "ends_on")


def _contract_spell(row: Any) -> Spell:
    ends = [day for day in row[2:4] if day is not None]
    return Spell(row[1], min(ends))


def _refunds(keys: Sequence[int], on: date) -> Iterable[Any]:
    rows = RefundRequest.objects.filter(contract__institution__in=keys, asked_on__lte=on)
    return rows.order_by("pk").values_list(
        "contract__institution_id", "asked_on", "paid_on", "closed_on", "withdrawn_on"
    )


def _refund_spell(row: Any) -> Spell:
    return Spell(row[1], min((day for day in row[2:5] if day is not None), default=None))


def _lessons(keys: Sequence[int], on: date) -> Iterable[Any]:
    rows = Lesson.objects.filter(contract__institution__in=keys, taught_on__lte=on)
    counted = (
        rows.exclude(state="void").order_by().values_list("contract__institution_id", "taught_on")
    )
    attended = Count("pk", filter=Q(attendance_mark__isnull=False))
    return counted.annotate(lessons=Count("pk"), attended=attended)


def _teachers(keys: Sequence[int], on: date) -> Iterable[Any]:
    rows = StaffMember.objects.filter(
        institution__in=keys, kind=_TEACHING, starts_on__isnull=False, recorded_on__lte=on
    )
    return rows.order_by("pk").values_list("institution_id", "starts_on", "ends_before")


def _events(keys: Sequence[int]) -> Iterable[Any]:
    rows = ProviderEvent.objects.filter(
        institution__in=keys, withdraws=None, withdrawn_by=None
    ).order_by("pk")
    return rows.values_list("institution_id", "kind", "happened_on", "recorded_at")


def _grouped(rows: Iterable[Any], made: Callable[[Any], _Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(made(row))
    return found


def _day(moment: Any) -> date:
    return timezone.localtime(moment).date()


def latest_warnings(institutions: Sequence[Institution]) -> dict[int, RiskWarning]:
    """The warning that holds for each, by the institution's key. One query."""
    rows = RiskWarning.objects.filter(institution__in=institutions).order_by("as_of", "pk")
    return {row.institution_id: row for row in rows}


@dataclass(frozen=True)
class WarningFilters:
    """What the list is narrowed to; `standing` is open, or answered as false alarm or closed."""

    tier: str = ""
    standing: str = ""
    text: str = ""


def warnings_in(actor: Actor, filters: WarningFilters) -> QuerySet[Any]:
    """The warning that holds for each institution a desk reaches, the most urgent first.

    RiskWarning rows, each with the kind of its latest `answer` (None while nobody answered).
    """
    reached = institutions_in(actor, Action.WARNING_READ)
    if filters.text:
        reached = search_institutions(reached, filters.text)
    rows = _holding().filter(institution__in=reached.order_by().values("pk"))
    rows = rows.filter(tier=filters.tier) if filters.tier else rows.exclude(tier="none")
    if filters.standing == "ended":
        rows = rows.filter(answer__in=_ENDED)
    elif filters.standing == "waiting":
        rows = rows.filter(answer=None)
    elif filters.standing == "open":
        rows = rows.filter(_NOT_ENDED)
    rows = rows.order_by("-urgency", "-as_of", "-pk")
    found: QuerySet[Any] = rows.select_related("institution__division")
    return found


def _holding() -> Any:
    """The latest warning of each institution, with its latest answer and its urgency."""
    latest = RiskWarning.objects.filter(institution=OuterRef("institution"))
    answers = WarningAnswer.objects.filter(warning=OuterRef("pk")).order_by("-pk")
    rows = RiskWarning.objects.filter(
        pk=Subquery(latest.order_by("-as_of", "-pk").values("pk")[:1])
    )
    return rows.annotate(
        answer=Subquery(answers.values("kind")[:1]),
        urgency=_urgency(),
    )


def _urgency() -> Any:
    cases = [When(tier=tier, then=Value(n)) for n, tier in enumerate(("yellow", "orange", "red"))]
    return Case(*cases, default=Value(-1), output_field=IntegerField())


def tier_counts(actor: Actor) -> dict[str, int]:
    """How many institutions stand in each tier, without those answered as ended. One query."""
    reached = institutions_in(actor, Action.WARNING_READ).order_by().values("pk")
    rows = _holding().filter(_NOT_ENDED, institution__in=reached)
    found = rows.order_by().values_list("tier").annotate(n=Count("pk"))
    return dict(found)


def warning_for(actor: Actor, public_id: UUID) -> RiskWarning | None:
    """A warning by its public id, where the actor's desk reaches it."""
    reached = institutions_in(actor, Action.WARNING_READ).order_by().values("pk")
    rows = RiskWarning.objects.filter(public_id=public_id, institution__in=reached)
    return rows.select_related("institution__division").first()


def answers_to(warning: RiskWarning) -> list[WarningAnswer]:
    """What was done about a warning, the earliest first."""
    return list(warning.answers.order_by("pk"))


def warnings_of(institution: Institution) -> QuerySet[RiskWarning]:
    """Every warning of an institution, the latest first: what was known when."""
    return RiskWarning.objects.filter(institution=institution).order_by("-as_of", "-pk")


def events_of(institution: Institution) -> QuerySet[ProviderEvent]:
    """What was entered about an institution, the latest first; withdrawn rows stay, and say so."""
    rows = ProviderEvent.objects.filter(institution=institution, withdraws=None)
    return rows.select_related("withdrawn_by").order_by("-happened_on", "-pk")


def event_for(actor: Actor, public_id: UUID) -> ProviderEvent | None:
    """An entered event, where the actor's desk reaches its institution."""
    reached = institutions_in(actor, Action.WARNING_HANDLE).order_by().values("pk")
    rows = ProviderEvent.objects.filter(public_id=public_id, institution__in=reached)
    return rows.select_related("institution").first()
