"""What the nightly check reads: rows against the chain, periods, chains, guards, the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from fees.models import EscrowAccount, Posting, RefundRequest
from fees.selectors.accounts import SUBJECT_KIND as ESCROW
from fees.selectors.reconciling import differences
from fees.selectors.refunds import REFUND_SUBJECT
from inspections.models import (
    AnnualPlan,
    Draw,
    EnforcementCase,
    Finding,
    InspectionOrder,
    RectificationOrder,
    Visit,
)
from institutions.models import (
    Appraisal,
    CompetentDepartment,
    Filing,
    FilingRecheck,
    FilingWaiver,
    Institution,
    InstitutionCreditCode,
    InstitutionName,
    Journey,
    Licence,
    LicenceStatePeriod,
    OperatingStatus,
)
from regulator.accounts.models import Appointment
from regulator.audit.models import Event, Head
from regulator.audit.selectors.chain import verify_chain
from regulator.audit.selectors.heads import exported_heads
from regulator.calendars.models import CalendarChange, DivisionSetting
from regulator.database.guards import missing_guards
from regulator.pages.core.invariants import Span, Violation, clashing
from regulator.pages.selectors.invariant_texts import case_text_violations

CHUNK = 2000


@dataclass(frozen=True)
class Told:
    """The state that the last event about a row tells, and how that event names the row."""

    state: str
    division: str
    label: str


@dataclass(frozen=True)
class StatedTable:
    """A table whose state is told by events of one subject kind, under `name`, in their `new`.

    `event_prefix` and `key_name` are for rows that are named inside the events of another subject,
    or of several where `subject_kind` is empty.
    `batch_kind` is the kind of event that tells one state of many `rows`, under any subject.
    `inside` is where events of `inside_kinds`, of another subject, tell states of several rows: a
    mapping of public ids. `told_as` is how events name the column, where not by its name.
    `initial` is the state of a row of which no event tells one yet; without it, one must.
    """

    thing: str
    model: type[Model]
    subject_kind: str
    division: str
    label: str
    column: str = "state"
    initial: str = ""
    event_prefix: str = ""
    key_name: str = ""
    batch_kind: str = ""
    inside: str = ""
    inside_kinds: tuple[str, ...] = ()
    told_as: str = ""


@dataclass(frozen=True)
class PeriodTable:
    """An effective-dated table: rows with equal `group` columns may not overlap."""

    thing: str
    model: type[Model]
    group: tuple[str, ...]
    division: str
    label: str


STATED: tuple[StatedTable, ...] = (
    StatedTable(
        thing="licence",
        model=Licence,
        subject_kind="institution",
        division="institution__division",
        label="institution__name",
        initial="pending",
        event_prefix="licence.",
        key_name="licence",
    ),
    StatedTable("filing", Filing, "filing", "division", "number"),
    StatedTable("appraisal", Appraisal, "appraisal", "division", "number"),
    StatedTable("waiver", FilingWaiver, "waiver", "division", "filing__number"),
    StatedTable("recheck", FilingRecheck, "recheck", "division", "filing__number"),
    StatedTable(
        thing="calendar_change",
        model=CalendarChange,
        subject_kind="",
        division="division",
        label="title",
        event_prefix="calendar.change_",
        key_name="change",
    ),
    StatedTable(
        thing="journey",
        model=Journey,
        subject_kind="journey",
        division="division",
        label="number",
        batch_kind="journey.batch_proposed",
    ),
    StatedTable("draw", Draw, "draw", "division", "number", initial="preparing"),
    StatedTable("plan", AnnualPlan, "annual_plan", "division", "year"),
    StatedTable("order", InspectionOrder, "inspection_order", "division", "number"),
    StatedTable("rectification", RectificationOrder, "rectification", "division", "number"),
    StatedTable("visit", Visit, "visit", "division", "approval_number", initial="planned"),
    StatedTable(
        thing="finding",
        model=Finding,
        subject_kind="finding",
        division="division",
        label="item__code",
        inside="finding_states",
        inside_kinds=("rectification.", "case."),
    ),
    StatedTable(
        thing="case",
        model=EnforcementCase,
        subject_kind="case",
        division="division",
        label="number",
        column="journey__number",
        told_as="journey",
    ),
    StatedTable("escrow", EscrowAccount, ESCROW, "institution__division", "institution__name"),
    StatedTable(
        thing="refund",
        model=RefundRequest,
        subject_kind=REFUND_SUBJECT,
        division="contract__institution__division",
        label="contract__number",
        told_as="refund_state",
    ),
    StatedTable(
        thing="institution",
        model=Institution,
        subject_kind="institution",
        division="division",
        label="name",
        column="status",
        initial="operating",
        event_prefix="institution.",
    ),
)
_DESK = ("user", "role", "division", "department", "institution")
PERIODS: tuple[PeriodTable, ...] = (
    PeriodTable("name", InstitutionName, ("institution",), "institution__division", "name"),
    PeriodTable("credit_code", InstitutionCreditCode, ("institution",), "institution__division",
                "institution__name"),
    PeriodTable("licence_state", LicenceStatePeriod, ("licence",),
                "licence__institution__division", "licence__institution__name"),
    PeriodTable("department", CompetentDepartment, ("institution",), "institution__division",
                "institution__name"),
    PeriodTable("status", OperatingStatus, ("institution",), "institution__division",
                "institution__name"),
    PeriodTable("appointment", Appointment, _DESK, "division", "user__name"),
    PeriodTable("setting", DivisionSetting, ("division", "code"), "division", "code"),
)  # fmt: skip


def row_counts() -> dict[str, int]:
    """How many rows are looked at, by thing; `event` is the chain, `ledger` the postings."""
    tables: list[tuple[str, type[Model]]] = [(one.thing, one.model) for one in STATED]
    tables += [(one.thing, one.model) for one in PERIODS]
    tables += [("event", Event), ("ledger", Posting)]
    return {thing: QuerySet(model).count() for thing, model in tables}


def violations() -> Iterator[Violation]:
    """Everything that should never be, read once; what is being written may look wrong."""
    for stated in STATED:
        yield from state_violations(stated)
    for periods in PERIODS:
        yield from period_violations(periods)
    yield from case_text_violations()
    yield from chain_violations()
    yield from guard_violations()
    yield from ledger_violations()


def state_violations(table: StatedTable) -> Iterator[Violation]:
    """Rows whose state is not what their last event says, and rows that are gone. Two queries."""
    told = _told(table)
    rows: QuerySet[Any, Any] = QuerySet(table.model).values_list(
        "public_id", table.division, table.label, table.column
    )
    met: set[str] = set()
    for public_id, division, label, state in rows.iterator(chunk_size=CHUNK):
        key = str(public_id)
        met.add(key)
        said = told[key].state if key in told else ""
        if state != (said or table.initial):
            kind = "state_differs" if said or table.initial else "state_untold"
            params = (("said", said or table.initial), ("state", state))
            yield Violation(kind, division, table.thing, label, key, params)
    for key in sorted(set(told) - met):
        yield Violation("row_gone", told[key].division, table.thing, told[key].label, key)


def _told(table: StatedTable) -> dict[str, Told]:
    own = Q(kind__startswith=table.event_prefix)
    if table.subject_kind:
        own &= Q(subject_kind=table.subject_kind)
    batch = Q(kind=table.batch_kind) if table.batch_kind else Q()
    wanted = own | batch
    for prefix in table.inside_kinds:
        wanted |= Q(kind__startswith=prefix)
    events = Event.objects.filter(wanted).order_by("pk")
    column = table.told_as or table.column
    found: dict[str, Told] = {}
    columns = ("kind", "subject_key", "division", "subject_label", "new")
    for kind, key, division, label, new in events.values_list(*columns).iterator(chunk_size=CHUNK):
        values = new or {}
        for named in _named(table, kind, key, values):
            before = found[named].state if named in found else ""
            said = str(_state_of(table, kind, named, values, column) or before)
            found[named] = Told(said, division, label)
    return found


def _state_of(
    table: StatedTable, kind: str, named: str, values: Mapping[str, Any], column: str
) -> object:
    if table.inside and kind.startswith(table.inside_kinds):
        return values[table.inside][named]
    return values.get(column)


def _named(table: StatedTable, kind: str, subject_key: str, values: Mapping[str, Any]) -> list[str]:
    """The public ids of the rows that an event tells of."""
    if table.batch_kind and kind == table.batch_kind:
        return list(values.get("rows", ()))
    if table.inside and kind.startswith(table.inside_kinds):
        return list(values.get(table.inside, ()))
    named = values.get(table.key_name, "") if table.key_name else subject_key
    return [named] if named else []


def period_violations(table: PeriodTable) -> Iterator[Violation]:
    """Rows of one subject that hold at the same time, or end before they begin. One query."""
    columns = (*table.group, table.division, table.label, "starts_on", "ends_before")
    rows: QuerySet[Any] = QuerySet(table.model).order_by(*table.group, "starts_on", "pk")
    spans = (
        Span(tuple(map(str, row[:-4])), *row[-4:])
        for row in rows.values_list(*columns).iterator(chunk_size=CHUNK)
    )
    for first, second in clashing(spans):
        kind = "period_reversed" if first is second else "periods_overlap"
        params = (("first", _words(first)), ("second", _words(second)))
        yield Violation(
            kind, second.division, table.thing, second.subject, "/".join(second.group), params
        )


def _words(span: Span) -> str:
    last_day = "…" if span.ends_before is None else str(span.ends_before - timedelta(days=1))
    return f"{span.starts_on}–{last_day}"


def chain_violations() -> Iterator[Violation]:
    """Every break of every chain, against its head and the head exported last."""
    heads = set(Head.objects.values_list("division", flat=True))
    outside = exported_heads()
    chained = set(Event.objects.order_by().values_list("division", flat=True).distinct())
    for division in sorted(heads | chained | set(outside)):
        if division not in heads:
            yield Violation("head_gone", division, "event")
        for broken in verify_chain(division, outside_head=outside.get(division)):
            params = (("reason", broken.reason), ("sequence", str(broken.sequence)))
            yield Violation("chain_broken", division, "event", params=params)


def guard_violations() -> Iterator[Violation]:
    """The guards of append-only tables that the database has lost."""
    for name in missing_guards(connection):
        yield Violation("guard_missing", thing="guard", subject=name)


def ledger_violations() -> Iterator[Violation]:
    """What the ledger stores and its postings do not say."""
    for one in differences():
        params = (("code", one.code), ("stored", one.stored), ("computed", one.computed))
        subject = " ".join(part for part in (one.institution, one.account) if part)
        yield Violation("ledger_differs", one.division, "ledger", subject, params=params)
