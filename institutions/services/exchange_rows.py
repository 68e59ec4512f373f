"""One row of a table written by the service that its change belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from institutions.core.exchange.plans import Conflict, LineOutcome, LinePlan, Policy
from institutions.core.exchange.premises import PremisesLine
from institutions.core.exchange.reading import YES
from institutions.core.exchange.staff import CERTIFICATE, StaffLine
from institutions.core.register.listing import JudgedRow
from institutions.core.register.merging import KnownInstitution, RowOutcome, RowPlan
from institutions.models import Institution, Premises, StaffMember, TableImport
from institutions.services.exchange_conflicts import note_conflicts
from institutions.services.premises import add_premises, correct_premises
from institutions.services.register_import import RowSource, keep_source_row, write_row
from institutions.services.register_records import day_of
from institutions.services.running_numbers import PREMISES_COUNTER, lock_counter
from institutions.services.staff import change_staff_member, record_staff_member
from institutions.services.staff_papers import add_certificate
from institutions.services.staff_records import CertificateDraft, StaffDraft
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import append_events
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest

# What a list of staff says of a person stays with the person's own record, and is not copied.
_NOT_COPIED = frozenset(
    ("person_name", "member_id", "courses", "teaching_history", "certificate_number")
)


@dataclass(frozen=True)
class RowContext:
    """The import a row belongs to, and who writes it when."""

    table_import: TableImport
    actor: Actor
    at: datetime

    @property
    def policy(self) -> Policy:
        """Whose file it is."""
        return Policy.OWN if self.table_import.mapping_id is None else Policy.FOREIGN

    @property
    def source(self) -> RowSource:
        """Where its rows come from."""
        asked = self.table_import
        return RowSource(asked.division_id, asked.file_name, asked.source_name, asked.source_on)

    def reason(self, number: int) -> str:
        """Why something was changed, as its event says it."""
        asked = self.table_import
        whose = asked.source_name or "本局"
        return f"按导入的表格：{whose}，{asked.file_name} 第 {number} 行"[:300]


def lock_for_rows(*, division: str, keys: set[int]) -> None:
    """Take every lock that a chunk's rows will want, before the first of them is written.

    The audit head comes last (house order); a row's event takes it, so no row may lock more after.
    """
    rows = Institution.objects.select_for_update().filter(division=division, pk__in=keys)
    list(rows.order_by("pk").values_list("pk", flat=True))
    lock_counter(PREMISES_COUNTER)


def write_premises_line(
    context: RowContext, line: PremisesLine, plan: LinePlan, *, institution: int, key: int
) -> None:
    """Add or correct a place as planned, and put its conflicts before a person.

    Raises Refused as `add_premises` and `correct_premises` do.
    """
    actor, at, values = context.actor, context.at, plan.values
    with transaction.atomic():
        entry = Institution.objects.get(pk=institution)
        if plan.outcome is LineOutcome.ADD:
            add_premises(
                institution=entry,
                address=values["address"],
                area=values.get("area", ""),
                floor_area_m2=_area(values.get("floor_area", "")),
                is_licensed=values.get("is_licensed") == YES,
                on=_day(values.get("starts_on", "")),
                actor=actor,
                at=at,
            )
        elif plan.differences:
            correct_place(
                Premises.objects.get(pk=key),
                values,
                reason=context.reason(line.number),
                actor=actor,
                at=at,
            )
        _kept(context, entry, line.number, line.printed, plan.conflicts)


def correct_place(
    place: Premises, values: Mapping[str, str], *, reason: str, actor: Actor, at: datetime
) -> Premises:
    """Correct the stated fields of a place (address, area, floor_area, is_licensed) alone."""
    area = values.get("floor_area", "")
    licensed = values.get("is_licensed", "")
    return correct_premises(
        premises=place,
        address=values.get("address", place.address),
        area=values.get("area", place.area),
        floor_area_m2=_area(area) if area else place.floor_area_m2,
        is_licensed=licensed == YES if licensed else place.is_licensed,
        reason=reason,
        actor=actor,
        at=at,
    )


def write_staff_line(
    context: RowContext, line: StaffLine, plan: LinePlan, *, institution: int, key: int
) -> None:
    """Enter a person as a candidate, or change what is stated of one.

    Raises Refused as `record_staff_member`, `change_staff_member` and `add_certificate` do.
    """
    actor, at, values = context.actor, context.at, plan.values
    papers = [] if "certificate_kind" not in values else [certificate_draft(values)]
    with transaction.atomic():
        entry = Institution.objects.get(pk=institution)
        if plan.outcome is LineOutcome.ADD:
            record_staff_member(
                institution=entry,
                draft=StaffDraft(**_drafted(values), certificates=papers),
                actor=actor,
                at=at,
            )
        elif plan.differences:
            member = StaffMember.objects.select_related("institution").get(pk=key)
            rest = {name: text for name, text in values.items() if name not in CERTIFICATE}
            if rest:
                change_member(member, rest, reason=context.reason(line.number), actor=actor, at=at)
            for paper in papers:
                add_certificate(member=member, draft=paper, actor=actor, at=at)
        printed = {name: text for name, text in line.printed.items() if name not in _NOT_COPIED}
        _kept(context, entry, line.number, printed, plan.conflicts)


def change_member(
    member: StaffMember, values: Mapping[str, str], *, reason: str, actor: Actor, at: datetime
) -> StaffMember:
    """Change the stated fields of a person alone, from the day of `at`."""
    held: dict[str, Any] = {
        "name": member.name,
        "kind": member.kind,
        "employment": member.employment,
        "post": member.post,
        "background": member.background,
        "subjects": list(member.subjects),
        "courses": member.courses,
        "teaching_history": member.teaching_history,
        "consent_signed_on": member.consent_signed_on,
        "contract_signed_on": member.contract_signed_on,
    }
    return change_staff_member(
        member=member,
        draft=StaffDraft(**(held | _drafted(values))),
        on=day_of(at),
        reason=reason,
        actor=actor,
        at=at,
    )


def certificate_draft(values: Mapping[str, str]) -> CertificateDraft:
    """The certificate that a row states."""
    return CertificateDraft(
        kind=values["certificate_kind"],
        number=values.get("certificate_number", ""),
        subject=values.get("certificate_subject", ""),
        issuer=values.get("certificate_issuer", ""),
        issued_on=_day(values.get("certificate_issued_on", "")),
        valid_until=_day(values.get("certificate_valid_until", "")),
    )


def _drafted(values: Mapping[str, str]) -> dict[str, Any]:
    drafted: dict[str, Any] = {}
    for name, text in values.items():
        if name == "person_name":
            drafted["name"] = text
        elif name == "subjects":
            drafted[name] = text.split("、")
        elif name.endswith("_signed_on"):
            drafted[name] = date.fromisoformat(text)
        elif name not in CERTIFICATE:
            drafted[name] = text
    return drafted


def write_foreign_row(
    context: RowContext,
    judged: JudgedRow,
    known: KnownInstitution | None,
    plan: RowPlan,
    conflicts: tuple[Conflict, ...],
    printed: Mapping[str, str],
) -> None:
    """Add an institution or fill blanks of one; keep the row with its source; note conflicts.

    Raises Refused as `register_institution` and `record_licence` do.
    """
    require(context.actor, Action.REGISTER_IMPORT, Target(division=context.source.division))
    digest = foreign_digest(context.source, printed)
    with transaction.atomic():
        if plan.outcome in (RowOutcome.ADD, RowOutcome.CHANGE):
            entry, draft = write_row(context.source, judged, known, plan, digest, context.at)
            append_events(
                division=context.source.division,
                actor=context.actor,
                drafts=[draft],
                occurred_at=context.at,
            )
        else:
            entry = Institution.objects.get(pk=known.key if known else 0)
        _kept(context, entry, judged.row.number, printed, conflicts)


def foreign_digest(source: RowSource, printed: Mapping[str, str]) -> str:
    """A row of a source of a day is on record once, whatever its file was called."""
    day = source.source_on.isoformat() if source.source_on else ""
    return canonical_digest(
        {"source_name": source.source_name, "source_on": day, "printed": dict(printed)}
    )


def _kept(
    context: RowContext,
    entry: Institution,
    number: int,
    printed: Mapping[str, str],
    conflicts: tuple[Conflict, ...],
) -> None:
    if context.policy is Policy.OWN:
        return
    keep_source_row(
        context.source,
        entry,
        printed,
        digest=foreign_digest(context.source, printed),
        row_number=number,
        at=context.at,
    )
    note_conflicts(
        institution=entry,
        table_import=context.table_import,
        row_number=number,
        conflicts=conflicts,
    )


def _area(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
