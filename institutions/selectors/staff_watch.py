"""The division's list of staff about whom something is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery

from institutions.core.register.rows import SUBJECT
from institutions.core.staff.checks import BOUND_FROM, oldest_in_time
from institutions.core.staff.facts import (
    TEACHING_KINDS,
    Background,
    CertificateKind,
    CheckKind,
    CheckResult,
)
from institutions.models import (
    Institution,
    StaffCertificate,
    StaffCheck,
    StaffExclusion,
    StaffMember,
)
from institutions.selectors.register import institutions_in
from institutions.selectors.staff import employed_on, staff_lines, with_papers
from regulator.accounts.core.actions import Action
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor

PARTS = ("must_leave", "recheck", "certificate", "waiting")


@dataclass(frozen=True)
class WatchCounts:
    """How many people each part of the watch list holds."""

    must_leave: int
    recheck: int
    certificate: int
    waiting: int


def overdue_rechecks(division: str, today: date) -> QuerySet[StaffMember]:
    """Who works in a division and was not enquired about within the interval, oldest first."""
    rows = StaffMember.objects.filter(institution__division=division)
    return _overdue(rows, division, today)


def watched(actor: Actor, part: str, today: date) -> QuerySet[StaffMember]:
    """One part of the watch list of the actor's desk, with papers and institution."""
    reached = institutions_in(actor, Action.STAFF_READ).order_by().values("pk")
    rows = StaffMember.objects.filter(institution__in=reached)
    if part == "must_leave":
        found = _barred(rows, today)
    elif part == "recheck":
        found = _overdue(rows, actor.division, today)
    elif part == "certificate":
        found = _uncertified(rows, today)
    else:
        found = _waiting(rows)
    return with_papers(found)


def watch_counts(actor: Actor, today: date) -> WatchCounts:
    """How many there are of each part, in as many queries."""
    return WatchCounts(**{part: watched(actor, part, today).count() for part in PARTS})


def own_gaps(institution: Institution, today: date) -> int:
    """How many people of an institution have something open, as its list shows it."""
    return sum(bool(line.gaps) for line in staff_lines(institution, today))


def _latest(kind: CheckKind, **wanted: str) -> QuerySet[StaffCheck]:
    rows = StaffCheck.objects.filter(member=OuterRef("pk"), kind=kind.value, **wanted)
    return rows.order_by("-checked_on", "-id")


def _overdue(rows: QuerySet[StaffMember], division: str, today: date) -> QuerySet[StaffMember]:
    months = division_settings(division, today).staff_recheck_months
    oldest = oldest_in_time(today, months=months)
    clear = _latest(CheckKind.ENQUIRY, result=CheckResult.CLEAR.value).values("checked_on")[:1]
    never = Q(last_clear__isnull=True, starts_on__lt=oldest)
    if oldest <= BOUND_FROM:
        never = Q(pk__in=[])
    return (
        rows.filter(employed_on(today))
        .annotate(last_clear=Subquery(clear, output_field=DateField()))
        .filter(Q(last_clear__lt=oldest) | never)
        .order_by("last_clear", "starts_on", "id")
    )


def _barred(rows: QuerySet[StaffMember], today: date) -> QuerySet[StaffMember]:
    excluded = StaffExclusion.objects.filter(
        person_index=OuterRef("person_index"), lifted_on__isnull=True
    ).exclude(person_index="")
    found = Q(Exists(excluded))
    annotated = rows.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=today))
    for kind in CheckKind:
        name = f"last_{kind.value}"
        annotated = annotated.annotate(**{name: Subquery(_latest(kind).values("result")[:1])})
        found |= Q(**{name: CheckResult.FOUND.value})
    return annotated.filter(found).order_by("institution__sort_key", "id")


def _uncertified(rows: QuerySet[StaffMember], today: date) -> QuerySet[StaffMember]:
    """Teachers and researchers at work without a valid paper of the kind their category asks."""
    valid = StaffCertificate.objects.filter(
        Q(valid_before__isnull=True) | Q(valid_before__gt=today),
        Q(issued_on__isnull=True) | Q(issued_on__lte=today),
        member=OuterRef("pk"),
        struck_on__isnull=True,
    )
    lacking = ~Q(Exists(valid)) | Q(
        ~Exists(valid.filter(kind=CertificateKind.TEACHER.value)), institution__category=SUBJECT
    )
    return rows.filter(
        employed_on(today),
        lacking,
        kind__in=[kind.value for kind in TEACHING_KINDS],
        background=Background.NONE.value,
    ).order_by("institution__sort_key", "id")


def _waiting(rows: QuerySet[StaffMember]) -> QuerySet[StaffMember]:
    """Candidates whose consent is there and whose enquiry or proof is not entered yet."""
    lacks = Q()
    for kind in CheckKind:
        lacks |= ~Q(Exists(StaffCheck.objects.filter(member=OuterRef("pk"), kind=kind.value)))
    return rows.filter(
        lacks, starts_on__isnull=True, ends_before__isnull=True, consent_signed_on__isnull=False
    ).order_by("recorded_on", "id")
