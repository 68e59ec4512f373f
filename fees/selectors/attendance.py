"""Classes that meet, who is in them, and the attendance that was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from fees.core.attendance import next_number
from fees.models import AttendanceMark, AttendanceSheet, AttendanceUpload, Contract, Lesson
from institutions.models import Filing, Institution
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class Seat:
    """A pupil of a class: the contract, the lesson that comes next (0: none is left)."""

    contract: Contract
    next_lesson: int
    lessons: int


def own_classes(actor: Actor, on: date) -> QuerySet[Filing]:
    """Approved classes of the actor's institution with contracts, those that run first."""
    own = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = Filing.objects.filter(institution__in=own, state="approved", starts_on__lte=on)
    rows = rows.annotate(pupils=Count("contracts", filter=Q(contracts__closed_on=None)))
    return rows.filter(pupils__gt=0).order_by("-ends_on", "class_name", "pk")


def class_for(actor: Actor, public_id: UUID) -> Filing | None:
    """A class of an institution that the actor keeps contracts of."""
    own = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = Filing.objects.filter(public_id=public_id, institution__in=own)
    return rows.select_related("institution").first()


def seats_of(filing: Filing) -> list[Seat]:
    """The pupils of a class by contract number, and the lesson that comes next. Two queries."""
    contracts = list(Contract.objects.filter(filing=filing, closed_on=None).order_by("number"))
    taken: dict[int, set[int]] = {one.pk: set() for one in contracts}
    rows = Lesson.objects.filter(contract__in=contracts).exclude(state="void")
    for contract_id, number in rows.values_list("contract_id", "number"):
        taken[contract_id].add(number)
    return [
        Seat(
            one,
            next_number(taken[one.pk], most=one.lesson_count + one.gift_count) or 0,
            one.lesson_count + one.gift_count,
        )
        for one in contracts
    ]


def sheets_of(
    institutions: Sequence[Institution] | QuerySet[Institution],
) -> QuerySet[AttendanceSheet]:
    """Sheets of institutions, the latest day first, with how many were there and who waits."""
    present = Q(marks__mark="present")
    rows = AttendanceSheet.objects.filter(institution__in=institutions).select_related("filing")
    return rows.annotate(
        present=Count("marks", filter=present),
        waiting=Count("marks", filter=present & Q(marks__lesson=None)),
        marked=Count("marks"),
    ).order_by("-taught_on", "-session", "-pk")


def own_sheets(actor: Actor) -> QuerySet[AttendanceSheet]:
    """The sheets of the actor's institution."""
    own = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    return sheets_of(own)  # type: ignore[arg-type]


def sheet_for(actor: Actor, public_id: UUID) -> AttendanceSheet | None:
    """A sheet by its public id, where the actor keeps the institution's contracts."""
    return own_sheets(actor).select_related("institution").filter(public_id=public_id).first()


def marks_of(sheet: AttendanceSheet) -> QuerySet[AttendanceMark]:
    """A sheet's marks by contract number. One query."""
    rows = AttendanceMark.objects.filter(sheet=sheet).select_related("contract", "lesson")
    return rows.order_by("contract__number")


def own_uploads(actor: Actor) -> QuerySet[AttendanceUpload]:
    """The attendance files of the actor's institution, the latest first."""
    own = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = AttendanceUpload.objects.filter(institution__in=own)
    return rows.select_related("job", "institution")


def upload_by_id(key: int) -> AttendanceUpload | None:
    """An attendance file by its key, for its job."""
    return AttendanceUpload.objects.select_related("institution").filter(pk=key).first()


def class_by_number(institution: Institution, number: str) -> Filing | None:
    """A class of an institution by its filing number."""
    rows = Filing.objects.filter(institution=institution, number=number.strip())
    return rows.select_related("institution").first()
