"""Attendance of a class on a day: kept as the institution's report, its lessons set aside at once.

One command and one event for a whole sheet: the contracts are locked in id order, then the ledger's
accounts, the audit head last. A pupil who was there and whose lesson cannot be paid for stands in
the sheet with the reasons, and is tried again when asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from fees.core.attendance import Mark, SheetFacts, next_number, read_mark, sheet_refusals
from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.core.ledger.accounts import LedgerKind, Ref
from fees.core.ledger.commands import simple_entry
from fees.core.ledger.entries import Entry, shortages
from fees.models import (
    AttendanceMark,
    AttendanceSheet,
    Contract,
    EscrowAccount,
    Lesson,
)
from fees.services.contracts import require_keep
from fees.services.lessons import lesson_cost_fen
from fees.services.movements import account_faults
from fees.services.posting import (
    Claim,
    Order,
    Telling,
    claim_command,
    lock_book,
    post_entries,
)
from fees.services.records import day_of
from institutions.models import Filing
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

SHEET_SUBJECT = "attendance_sheet"


@dataclass(frozen=True)
class MarkDraft:
    """What is said of one pupil: the contract's number, and the mark as it was written."""

    contract_number: str
    mark: str


@dataclass(frozen=True)
class Rejected:
    """A mark that could not be kept: its place among the drafts, and every reason."""

    place: int
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class SheetDone:
    """What became of a sheet: lessons set aside, pupils who wait for money, marks not kept."""

    sheet: AttendanceSheet | None
    reserved: int = 0
    waiting: int = 0
    rejected: tuple[Rejected, ...] = ()


@dataclass
class _Planned:
    """A mark on its way: its contract as locked, and the lesson it may become."""

    contract: Contract
    mark: Mark
    row: AttendanceMark | None = None
    lesson: Lesson | None = None
    problems: list[Refusal] = field(default_factory=list)


def record_attendance(
    *,
    filing: Filing,
    taught_on: date,
    marks: Sequence[MarkDraft],
    session: int = 1,
    actor: Actor,
    at: datetime,
) -> SheetDone:
    """Keep who was there, and set aside the lesson of each who was.

    A mark that names no contract of the class, or a pupil already in the sheet, is handed back and
    the others are kept. The same marks again do nothing. Raises Refused where the class cannot
    have met on that day.
    """
    require_keep(actor, filing.institution)
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        _refuse_sheet(locked, taught_on, marks, on=day_of(at))
        kept, rejected = _read(locked, taught_on, session, marks)
        if not kept:
            return SheetDone(_sheet(locked, taught_on, session), rejected=tuple(rejected))
        order = _order(locked, taught_on, session, kept)
        claim = claim_command(order, at=at)
        if claim.repeated:
            return SheetDone(_sheet(locked, taught_on, session), rejected=tuple(rejected))
        sheet, _made = AttendanceSheet.objects.get_or_create(
            filing=locked,
            taught_on=taught_on,
            session=session,
            defaults={
                "institution_id": locked.institution_id,
                "recorded_by": actor.name,
                "recorded_at": at,
            },
        )
        _reserve(order, claim, sheet, kept, actor, at)
    reserved = sum(one.lesson is not None for one in kept)
    waiting = sum(bool(one.problems) for one in kept)
    return SheetDone(sheet, reserved, waiting, tuple(rejected))


def reserve_waiting(*, sheet: AttendanceSheet, key: str, actor: Actor, at: datetime) -> SheetDone:
    """Try again for the pupils of a sheet who were there and whose lesson nobody had paid for."""
    require_keep(actor, sheet.institution)
    with transaction.atomic():
        Filing.objects.select_for_update().get(pk=sheet.filing_id)
        rows = list(
            sheet.marks.filter(mark=Mark.PRESENT.value, lesson=None).select_related("contract")
        )
        if not rows:
            return SheetDone(sheet)
        contracts = _locked([row.contract_id for row in rows])
        kept = [_Planned(contracts[row.contract_id], Mark.PRESENT, row) for row in rows]
        order = Order(
            key, "attendance", kept[0].contract.escrow, sheet.taught_on, {"sheet": sheet.pk}
        )
        claim = claim_command(order, at=at)
        if claim.repeated:
            return SheetDone(sheet)
        _reserve(order, claim, sheet, kept, actor, at)
    reserved = sum(one.lesson is not None for one in kept)
    return SheetDone(sheet, reserved, len(kept) - reserved)


def _refuse_sheet(filing: Filing, taught_on: date, marks: Sequence[MarkDraft], *, on: date) -> None:
    facts = SheetFacts(on, taught_on, filing.starts_on, filing.ends_on, filing.state == "approved")
    faults = list(sheet_refusals(facts))
    if not marks:
        faults.append(Refusal("attendance.no_marks"))
    if faults:
        raise Refused(faults)


def _sheet(filing: Filing, taught_on: date, session: int) -> AttendanceSheet | None:
    return AttendanceSheet.objects.filter(
        filing=filing, taught_on=taught_on, session=session
    ).first()


def _read(
    filing: Filing, taught_on: date, session: int, marks: Sequence[MarkDraft]
) -> tuple[list[_Planned], list[Rejected]]:
    """The marks that can be kept, their contracts locked in id order, and those that cannot."""
    numbers = {one.contract_number.strip() for one in marks}
    found = Contract.objects.filter(filing=filing, number__in=numbers).values_list("number", "pk")
    by_number = dict(found)
    contracts = _locked(list(by_number.values()))
    same = AttendanceMark.objects.filter(
        sheet__filing=filing, sheet__taught_on=taught_on, sheet__session=session
    )
    taken = {row.contract_id: row.mark for row in same}
    kept: list[_Planned] = []
    rejected = []
    for place, draft in enumerate(marks):
        number = draft.contract_number.strip()
        mark, key = read_mark(draft.mark), by_number.get(number)
        faults = _mark_faults(number, draft.mark, mark, key, taken)
        if faults or mark is None or key is None:
            rejected.append(Rejected(place, tuple(faults)))
            continue
        taken[key] = mark.value
        kept.append(_Planned(contracts[key], mark))
    return sorted(kept, key=lambda one: one.contract.pk), rejected


def _mark_faults(
    number: str, text: str, mark: Mark | None, key: int | None, taken: Mapping[int, str]
) -> list[Refusal]:
    faults = []
    if mark is None:
        faults.append(Refusal("attendance.mark_unknown", {"mark": text}))
    if key is None:
        faults.append(Refusal("attendance.not_of_class", {"number": number}))
    elif key in taken:
        faults.append(Refusal("attendance.marked_already", {"number": number}))
    return faults


def _locked(keys: Sequence[int]) -> dict[int, Contract]:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("escrow__institution")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _order(filing: Filing, taught_on: date, session: int, kept: Sequence[_Planned]) -> Order:
    said = [[one.contract.number, one.mark.value] for one in kept]
    digest = canonical_digest(said)
    request: dict[str, str | int] = {
        "filing": filing.pk,
        "taught_on": taught_on.isoformat(),
        "session": session,
        "marks": digest,
    }
    key = f"attendance:{filing.pk}:{taught_on:%Y%m%d}:{session}:{digest[:32]}"
    return Order(key, "attendance", kept[0].contract.escrow, taught_on, request)


def _reserve(
    order: Order,
    claim: Claim,
    sheet: AttendanceSheet,
    kept: Sequence[_Planned],
    actor: Actor,
    at: datetime,
) -> None:
    present = [one for one in kept if one.mark is Mark.PRESENT]
    _plan_lessons(sheet, present, on=day_of(at))
    _hold_back_unpaid(order.escrow, [one for one in present if one.lesson is not None])
    lessons = [one.lesson for one in present if one.lesson is not None]
    Lesson.objects.bulk_create(lessons, batch_size=500)
    _keep_marks(sheet, kept)
    values: dict[str, str | int] = {
        "filing": sheet.filing.number,
        "taught_on": sheet.taught_on.isoformat(),
        "session": sheet.session,
        "present": len(present),
        "reserved": len(lessons),
        "marked": len(kept),
        "marks": canonical_digest([[one.contract.number, one.mark.value] for one in kept]),
    }
    subject = Subject(SHEET_SUBJECT, str(sheet.public_id), sheet.filing.number)
    entries = [_entry(one.lesson) for one in present if one.lesson and one.lesson.amount_fen]
    post_entries(order, claim, entries, telling=Telling(subject, actor, at, "", values))


def _plan_lessons(sheet: AttendanceSheet, present: Sequence[_Planned], *, on: date) -> None:
    """Give each pupil the next lesson, or the reasons why there is none."""
    faulty = _faulty_accounts(present)
    taken: dict[int, set[int]] = {one.contract.pk: set() for one in present}
    rows = Lesson.objects.filter(contract__in=list(taken)).exclude(state="void")
    for contract_id, used in rows.values_list("contract_id", "number"):
        taken[contract_id].add(used)
    for one in present:
        contract = one.contract
        number = next_number(taken[contract.pk], most=contract.lesson_count + contract.gift_count)
        one.problems = [*faulty[contract.escrow_id], *_contract_faults(contract, sheet.taught_on)]
        if number is None:
            one.problems.append(Refusal("attendance.nothing_left", {"number": contract.number}))
        if not one.problems and number is not None:
            one.lesson = Lesson(
                contract=contract,
                number=number,
                taught_on=sheet.taught_on,
                amount_fen=lesson_cost_fen(contract, number),
            )


def _faulty_accounts(present: Sequence[_Planned]) -> dict[int, list[Refusal]]:
    escrows: dict[int, EscrowAccount] = {
        one.contract.escrow_id: one.contract.escrow for one in present
    }
    allowed = (AccountKind.CUSTODY.value,)
    return {
        key: account_faults(escrow, allowed=allowed, states=SUPERVISED)
        for key, escrow in escrows.items()
    }


def _contract_faults(contract: Contract, taught_on: date) -> list[Refusal]:
    faults = []
    if contract.closed_on:
        faults.append(Refusal("contract.closed"))
    if taught_on < contract.starts_on:
        faults.append(Refusal("lesson.before_start", {"day": contract.starts_on.isoformat()}))
    return faults


def _hold_back_unpaid(escrow: EscrowAccount, planned: Sequence[_Planned]) -> None:
    """Take the lesson from those whose balance does not cover it, and say what lacks."""
    if not planned:
        return
    refs = {_ref(one.contract, LedgerKind.CONTRACT) for one in planned}
    refs |= {Ref(one.contract.escrow_id, LedgerKind.PENDING) for one in planned}
    book = lock_book(escrow, sorted(refs))
    for one in planned:
        if one.lesson is None or not one.lesson.amount_fen:
            continue
        lacking = shortages(book.balances, [_entry(one.lesson)])
        if lacking:
            one.lesson, one.problems = None, list(lacking)


def _ref(contract: Contract, kind: LedgerKind) -> Ref:
    return Ref(contract.escrow_id, kind, contract.pk)


def _entry(lesson: Lesson) -> Entry:
    contract = lesson.contract
    return simple_entry(
        "lesson_reserve",
        escrow=contract.escrow_id,
        contract=contract.pk,
        amount_fen=lesson.amount_fen,
        # The row may not be written yet: entries of a plan are named by contract and number.
        cause=f"lesson:{lesson.pk}" if lesson.pk else f"lesson:{contract.pk}:{lesson.number}",
    )


def _keep_marks(sheet: AttendanceSheet, kept: Sequence[_Planned]) -> None:
    new = []
    for one in kept:
        row = one.row or AttendanceMark(sheet=sheet, contract=one.contract, mark=one.mark.value)
        row.lesson = one.lesson
        row.problems = [{"code": each.code, "params": dict(each.params)} for each in one.problems]
        if one.row is None:
            new.append(row)
        else:
            row.save(update_fields=["lesson", "problems"])
    AttendanceMark.objects.bulk_create(new, batch_size=500)
