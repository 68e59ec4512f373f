"""Taking a list into the register: asked for once, written chunk by chunk, the same every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import F

from institutions.core.register.departments import read_department
from institutions.core.register.listing import JudgedRow
from institutions.core.register.merging import (
    KnownInstitution,
    RowOutcome,
    RowPlan,
    known_after,
    plan_row,
)
from institutions.models import Institution, Premises, RegisterImport, SourceRow
from institutions.selectors.register_import import KnownRegister, known_register
from institutions.services.identities import InstitutionDraft, correct_entry, create_entry
from institutions.services.licences import LicenceDraft, create_licence, fill_licence
from institutions.services.premises import create_premises
from institutions.services.register_records import as_recorded, day_of, settle_entry
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

JOB_KIND = "institutions.import_register"
JOB_TITLE = "导入机构名册"


@dataclass(frozen=True)
class RowSource:
    """Where a row comes from: for which division, in which file, whose data of which day."""

    division: str
    file_name: str
    source_name: str = ""
    source_on: date | None = None


@dataclass
class ImportReport:
    """What became of rows: counts, and of those that come back number and reasons."""

    added: int = 0
    changed: int = 0
    kept: int = 0
    refused: dict[int, tuple[Refusal, ...]] = field(default_factory=dict)

    def count(self, outcome: RowOutcome) -> None:
        """One more row of an outcome other than refused."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


def start_import(
    *,
    division: str,
    file_name: str,
    file_sha256: str,
    places: str,
    actor: Actor,
    at: datetime,
) -> tuple[RegisterImport, Job]:
    """Ask for a stored list to be taken in. `places` is own_division or anywhere."""
    require(actor, Action.REGISTER_IMPORT, Target(division=division))
    with transaction.atomic():
        asked = RegisterImport.objects.create(
            division_id=division,
            file_name=file_name[:200],
            file_sha256=file_sha256,
            places=places,
            asked_by=actor.name,
            asked_at=at,
        )
        job = enqueue(
            kind=JOB_KIND,
            division=division,
            params={"import": asked.pk},
            actor=actor,
            at=at,
            title=JOB_TITLE,
            page=f"/desk/register/imports/{asked.public_id}/",
        )
        asked.job = job.public_id
        asked.save(update_fields=["job"])
        append_events(
            division=division,
            actor=actor,
            drafts=[
                EventDraft(
                    "register.import_asked",
                    Subject("register_import", str(asked.public_id), asked.file_name),
                    new={"file_sha256": file_sha256, "places": places},
                )
            ],
            occurred_at=at,
        )
    return asked, job


def preview_rows(*, division: str, rows: Sequence[JudgedRow]) -> ImportReport:
    """What an import would do, without writing anything."""
    register = known_register(division=division, rows=rows)
    report = ImportReport()
    for judged in rows:
        digest = row_digest(judged)
        known, plan = _planned(register, judged, digest)
        _note(report, judged, plan)
        if plan.outcome in (RowOutcome.ADD, RowOutcome.CHANGE):
            after = known_after(known, plan, judged, key=-judged.row.number, digest=digest)
            register.remember(after, name_key=judged.row.name_key, place=judged.place)
    return report


def import_rows(
    *, asked: RegisterImport, rows: Sequence[JudgedRow], actor: Actor, at: datetime
) -> ImportReport:
    """Write one chunk of judged rows, inside the chunk's transaction, with its events."""
    lock = Institution.objects.select_for_update()
    register = known_register(division=asked.division_id, rows=rows, lock_rows=lock)
    source = RowSource(asked.division_id, asked.file_name)
    report, drafts = ImportReport(), []
    has_repeats = any(judged.repeats for judged in rows)
    for judged in rows:
        digest = row_digest(judged)
        known, plan = _planned(register, judged, digest)
        if plan.outcome in (RowOutcome.ADD, RowOutcome.CHANGE):
            try:
                with transaction.atomic():
                    institution, draft = write_row(source, judged, known, plan, digest, at)
            except Refused as refused:
                plan = RowPlan(RowOutcome.REFUSE, refusals=refused.refusals)
            else:
                drafts.append(draft)
                if has_repeats:  # a later row of the chunk may speak of what was just written
                    after = _reloaded(asked.division_id, judged, institution)
                    register.remember(after, name_key=institution.name_key, place=institution.place)
        _note(report, judged, plan)
    RegisterImport.objects.filter(pk=asked.pk).update(
        added_count=F("added_count") + report.added,
        changed_count=F("changed_count") + report.changed,
        kept_count=F("kept_count") + report.kept,
        refused_count=F("refused_count") + len(report.refused),
    )
    drafts.append(_chunk_event(asked, rows, report))
    append_events(division=asked.division_id, actor=actor, drafts=drafts, occurred_at=at)
    return report


def row_digest(judged: JudgedRow) -> str:
    """The SHA-256 of a row as printed: the same row of the same list is on record once."""
    return canonical_digest(dict(judged.row.printed))


def _planned(
    register: KnownRegister, judged: JudgedRow, digest: str
) -> tuple[KnownInstitution | None, RowPlan]:
    if judged.refusals:
        return None, plan_row(judged, None, digest=digest)
    found = register.find(judged)
    if len(found) > 1:
        params = {"first": found[0].name, "second": found[1].name}
        refusals = (Refusal("register.row_matches_two", params),)
        return None, RowPlan(RowOutcome.REFUSE, refusals=refusals)
    known = found[0] if found else None
    return known, plan_row(judged, known, digest=digest)


def _note(report: ImportReport, judged: JudgedRow, plan: RowPlan) -> None:
    if plan.outcome is RowOutcome.REFUSE:
        report.refused[judged.row.number] = plan.refusals
    else:
        report.count(plan.outcome)


def _reloaded(division: str, judged: JudgedRow, institution: Institution) -> KnownInstitution:
    register = known_register(division=division, rows=[judged])
    return next(one for one in register.find(judged) if one.key == institution.pk)


def write_row(
    source: RowSource,
    judged: JudgedRow,
    known: KnownInstitution | None,
    plan: RowPlan,
    digest: str,
    at: datetime,
) -> tuple[Institution, EventDraft]:
    """Write a planned row, inside the caller's transaction; returns its event to append."""
    row, on = judged.row, day_of(at)
    old: dict[str, Any] = {}
    if known is None:
        institution = _added(source, judged, plan, on)
    else:
        institution = Institution.objects.get(pk=known.key)
        old, _ = correct_entry(institution, plan.values)
    _write_address(institution, judged, plan, on)
    if plan.new_licence:
        create_licence(institution=institution, draft=licence_draft(plan, row.address), on=on)
    elif plan.licence_key is not None:
        licence = institution.licences.get(pk=plan.licence_key)
        fill_licence(licence=licence, draft=licence_draft(plan, row.address))
    keep_source_row(source, institution, row.printed, digest=digest, row_number=row.number, at=at)
    settle_entry(institution)
    new = {**plan.values, "source": digest, "row": row.number, "file": source.file_name}
    if source.source_name:
        new["source_name"] = source.source_name
    if plan.licence_values:
        new["licence"] = dict(as_recorded(plan.licence_values))
    draft = EventDraft(
        "institution.imported" if known is None else "institution.import_changed",
        Subject("institution", str(institution.public_id), institution.name),
        old=as_recorded(old) or None,
        new=as_recorded(new),
    )
    return institution, draft


def keep_source_row(
    source: RowSource,
    institution: Institution,
    printed: Mapping[str, str],
    *,
    digest: str,
    row_number: int,
    at: datetime,
) -> None:
    """Keep a row as printed beside its institution, once for each `digest`."""
    SourceRow.objects.get_or_create(
        institution=institution,
        digest=digest,
        defaults={
            "printed": dict(printed),
            "file_name": source.file_name,
            "row_number": row_number,
            "source_name": source.source_name,
            "source_on": source.source_on,
            "imported_at": at,
        },
    )


def _added(source: RowSource, judged: JudgedRow, plan: RowPlan, on: date) -> Institution:
    row = judged.row
    draft = InstitutionDraft(
        place=judged.place,
        place_printed=f"{row.city}{row.district}" if judged.place else "",
        **plan.values,
    )
    return create_entry(
        division=source.division,
        draft=draft,
        competent_department=read_department(row.text("competent_department")),
        on=on,
    )


def _write_address(institution: Institution, judged: JudgedRow, plan: RowPlan, on: date) -> None:
    row = judged.row
    if plan.new_address:
        create_premises(
            institution=institution,
            address=row.address,
            area=row.text("area")[:12],
            floor_area_m2=_square_metres(row.text("floor_area")),
            is_licensed=bool(row.licence_number.printed),
            on=on,
        )
    elif plan.longer_address_of is not None:
        Premises.objects.filter(pk=plan.longer_address_of, institution=institution).update(
            address=row.address, address_key=row.address_key
        )


def licence_draft(plan: RowPlan, address: str) -> LicenceDraft:
    """A plan's licence values as a draft; what the row does not say stays blank."""
    texts = dict(plan.licence_values)
    days: dict[str, Any] = {
        name: date.fromisoformat(texts.pop(name))
        for name in ("issued_on", "valid_from", "valid_until")
        if name in texts
    }
    printed = texts.pop("competent_department", "")
    values: dict[str, Any] = {**texts, **days, "competent_department_printed": printed}
    for name in ("category", "activity"):
        if plan.new_licence and name in plan.values:
            values[name] = plan.values[name]
    return LicenceDraft(**values, address=address if plan.new_licence else "")


def _square_metres(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "").removesuffix("平方米").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value < 10_000_000 else None


def _chunk_event(
    asked: RegisterImport, rows: Sequence[JudgedRow], report: ImportReport
) -> EventDraft:
    counts = {name: value for name, value in asdict(report).items() if name != "refused"}
    return EventDraft(
        "register.rows_imported",
        Subject("register_import", str(asked.public_id), asked.file_name),
        new={**counts, "refused": len(report.refused)},
        row_count=len(rows),
        rows_digest=canonical_digest([row_digest(judged) for judged in rows]),
    )
