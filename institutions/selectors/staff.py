"""Staff as others read it: lists, one person's facts, the shares, and what the public may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch, Q, QuerySet

from institutions.core.filing_states import FilingState
from institutions.core.screening.rows import Delivery
from institutions.core.screening.timetable import read_timetable
from institutions.core.screening.weekdays import EVERY_WORKDAY
from institutions.core.staff.checks import bars
from institutions.core.staff.facts import (
    TEACHING_KINDS,
    CertificateFacts,
    CheckFacts,
    StaffFacts,
)
from institutions.core.staff.gaps import StaffGap, gaps_of
from institutions.core.staff.ratios import (
    Counted,
    RatioLimits,
    StaffRatio,
    WeeklyClass,
    ratio_of,
)
from institutions.models import (
    Filing,
    Institution,
    StaffCertificate,
    StaffDeclaration,
    StaffExclusion,
    StaffMember,
    StaffPost,
)
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor

SUBJECT_KIND = "staff_member"
_CLOSED = "closed"
_WORKDAYS = range(5)


@dataclass(frozen=True)
class StaffLine:
    """One person with what is to do about them. `place` as `StaffMember.place_on` says it."""

    member: StaffMember
    place: str
    gaps: tuple[StaffGap, ...]


@dataclass(frozen=True)
class PublicStaff:
    """A teacher or researcher as the public may see them: these fields and no more."""

    public_id: UUID
    name: str
    kind: str
    certificates: tuple[tuple[str, str], ...]
    teaching_history: str
    courses: str
    has_photo: bool


def employed_on(on: date) -> Q:
    """Who works on a day."""
    leaves_later = Q(ends_before__isnull=True) | Q(ends_before__gt=on)
    return Q(starts_on__isnull=False, starts_on__lte=on) & leaves_later


def with_papers(rows: QuerySet[StaffMember]) -> QuerySet[StaffMember]:
    """Members with what the rules look at, in two more queries whatever their number."""
    held = StaffCertificate.objects.filter(struck_on__isnull=True)
    return rows.select_related("institution").prefetch_related(
        Prefetch("certificates", queryset=held), "checks"
    )


def staff_of(institution: Institution) -> QuerySet[StaffMember]:
    """Everybody on an institution's list, those who left too, with their papers."""
    return with_papers(StaffMember.objects.filter(institution=institution).order_by("id"))


def staff_lines(institution: Institution, on: date) -> list[StaffLine]:
    """The list of one institution on a day: who works here first, then candidates, then who left.

    Six queries whatever the number of people.
    """
    lines = lines_of(list(staff_of(institution)), division=institution.division_id, on=on)
    order = ("employed", "coming", "candidate", "left", "not_hired")
    return sorted(lines, key=lambda line: order.index(line.place))


def lines_of(members: Sequence[StaffMember], *, division: str, on: date) -> list[StaffLine]:
    """People of one division with what is to do about each; they come with their papers."""
    months = division_settings(division, on).staff_recheck_months
    grounds = exclusions_of(members)
    return [
        StaffLine(
            member,
            member.place_on(on),
            gaps_of(facts_of(member, grounds), on, recheck_months=months),
        )
        for member in members
    ]


def staff_gaps(member: StaffMember, on: date) -> tuple[StaffGap, ...]:
    """What is to do about one person on a day."""
    months = division_settings(member.institution.division_id, on).staff_recheck_months
    return gaps_of(facts_of(member, exclusions_of([member])), on, recheck_months=months)


def exclusions_of(members: Iterable[StaffMember]) -> dict[str, str]:
    """The ground of exclusion by person index, for those among them who are excluded anywhere."""
    indexes = {member.person_index for member in members if member.person_index}
    rows = StaffExclusion.objects.filter(person_index__in=indexes, lifted_on__isnull=True)
    return dict(rows.values_list("person_index", "ground"))


def facts_of(member: StaffMember, grounds: dict[str, str]) -> StaffFacts:
    """A person's facts for the rules; `member` comes with its papers (`with_papers`)."""
    return StaffFacts(
        name=member.name,
        kind=member.kind,
        employment=member.employment,
        post=member.post,
        background=member.background,
        category=member.institution.category,
        subjects=tuple(member.subjects),
        certificates=tuple(
            CertificateFacts(one.kind, one.subject, one.issued_on, one.valid_before)
            for one in member.certificates.all()
            if one.struck_on is None
        ),
        checks=tuple(
            CheckFacts(one.kind, one.checked_on, one.result) for one in member.checks.all()
        ),
        consent_signed_on=member.consent_signed_on,
        contract_signed_on=member.contract_signed_on,
        starts_on=member.starts_on,
        ends_before=member.ends_before,
        excluded=grounds.get(member.person_index, ""),
        has_identity=bool(member.person_index),
        is_closed=member.institution.status == _CLOSED,
        said=f"{member.courses}\n{member.teaching_history}\n{member.post}",
    )


def member_for(actor: Actor, public_id: UUID | str, action: Action) -> StaffMember | None:
    """A person by the public id, where the actor's desk reaches the institution."""
    reached = institutions_in(actor, action).order_by().values("pk")
    try:
        rows = StaffMember.objects.filter(public_id=public_id, institution__in=reached)
        return with_papers(rows).first()
    except (ValidationError, ValueError):
        return None


def certificate_of(member: StaffMember, public_id: UUID) -> StaffCertificate | None:
    """One certificate of a person."""
    found = member.certificates.filter(public_id=public_id).first()
    if found is not None:
        found.member = member
    return found


def exclusions_in(division: str) -> QuerySet[StaffExclusion]:
    """Whom a division put on the list of those nobody may employ, those in force first."""
    rows = StaffExclusion.objects.filter(division=division)
    return rows.order_by(F("lifted_on").asc(nulls_first=True), "-recorded_on", "-id")


def history_of_member(member: StaffMember) -> QuerySet[Event]:
    """What was done about a person, and who looked, newest first."""
    return history_of(kind=SUBJECT_KIND, key=str(member.public_id))


def latest_declaration(institution: Institution) -> StaffDeclaration | None:
    """When the institution last said that its list is complete and true."""
    return institution.staff_declarations.first()


def staff_named(institution: Institution, name: str) -> list[StaffMember]:
    """Everybody of that very name who works or worked at an institution, newest first."""
    rows = StaffMember.objects.filter(institution=institution, name=name.strip())
    return list(with_papers(rows).order_by("-id"))


def elsewhere(member: StaffMember, on: date) -> list[StaffMember]:
    """The same person at work at other institutions on a day; empty without an identity paper."""
    if not member.person_index:
        return []
    rows = StaffMember.objects.filter(employed_on(on), person_index=member.person_index)
    return list(rows.exclude(institution=member.institution_id).select_related("institution"))


def staff_ratio(institution: Institution, on: date) -> StaffRatio:
    """The shares of teaching staff on a day, as the posts and the approved classes were then."""
    teaching, pupils, preschool = division_settings(institution.division_id, on).staff_percents
    posts = StaffPost.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on),
        starts_on__lte=on,
        member__institution=institution,
        member__in=StaffMember.objects.filter(employed_on(on), institution=institution),
    ).order_by("member_id", "-starts_on", "-id")
    people: dict[UUID, Counted] = {}
    for key, kind, employment in posts.values_list("member__public_id", "kind", "employment"):
        people.setdefault(key, Counted(str(key), kind, employment))
    candidates = StaffMember.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on),
        Q(starts_on__isnull=True) | Q(starts_on__gt=on),
        institution=institution,
        recorded_on__lte=on,
    )
    return ratio_of(
        list(people.values()),
        weekly_classes(institution, on),
        RatioLimits(teaching, pupils, preschool),
        on=on,
        candidates=candidates.count(),
    )


def weekly_classes(institution: Institution, on: date) -> list[WeeklyClass]:
    """The approved face-to-face classes that run on a day, with their weekly times."""
    rows = Filing.objects.filter(
        institution=institution,
        state=FilingState.APPROVED.value,
        delivery=Delivery.OFFLINE.value,
        starts_on__lte=on,
        ends_on__gte=on,
    )
    return [
        WeeklyClass(size, 0 in grades, _slots(cells))
        for size, grades, cells in rows.values_list("class_size", "grades", "cells")
    ]


def _slots(cells: dict[str, str]) -> tuple[tuple[int, int, int], ...] | None:
    timetable = read_timetable(cells.get("上课星期", ""), cells.get("上课时间", ""))
    if timetable.unreadable or not timetable.slots:
        return None
    return tuple(
        (day, slot.start_minute, slot.end_minute)
        for slot in timetable.slots
        for day in (_WORKDAYS if slot.weekday == EVERY_WORKDAY else (slot.weekday,))
    )


def public_staff(institution: Institution, on: date) -> list[PublicStaff]:
    """The teaching and research staff at work on a day, as parents may see them.

    Other staff, candidates, those who left, and those who may not be employed are not among them.
    """
    rows = StaffMember.objects.filter(
        employed_on(on), institution=institution, kind__in=[kind.value for kind in TEACHING_KINDS]
    ).order_by("-kind", "id")
    members = list(with_papers(rows))
    grounds = exclusions_of(members)
    return [_public(member, on) for member in members if _may_be_shown(member, grounds)]


def public_photo(public_id: UUID, on: date) -> str:
    """The stored photo of somebody who is on a public list on a day, else an empty text."""
    member = with_papers(StaffMember.objects.filter(public_id=public_id)).first()
    if member is None or not member.photo_sha256 or member.kind not in TEACHING_KINDS:
        return ""
    shown = member.place_on(on) == "employed" and _may_be_shown(member, exclusions_of([member]))
    return member.photo_sha256 if shown else ""


def _may_be_shown(member: StaffMember, grounds: dict[str, str]) -> bool:
    facts = facts_of(member, grounds)
    return not facts.excluded and not bars(facts)


def _public(member: StaffMember, on: date) -> PublicStaff:
    held = [
        (one.get_kind_display(), one.subject)
        for one in member.certificates.all()
        if CertificateFacts(one.kind, one.subject, one.issued_on, one.valid_before).is_valid_on(on)
    ]
    return PublicStaff(
        public_id=member.public_id,
        name=member.name,
        kind=member.kind,
        certificates=tuple(held),
        teaching_history=member.teaching_history,
        courses=member.courses or "、".join(member.subjects),
        has_photo=bool(member.photo_sha256),
    )
