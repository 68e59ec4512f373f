"""Reads of appraisals: who may see which, what the guards are told, and what each reader is shown.

Names of experts are read in one place, `member_names`, which only the secretary's service calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from institutions.core.appraisal_states import (
    OPEN_STATES,
    AppraisalFacts,
    AppraisalState,
    SeatFacts,
)
from institutions.core.filing_states import Verdict
from institutions.models import (
    Appraisal,
    AppraisalChallenge,
    AppraisalSeat,
    ExpertPanel,
    Filing,
    PanelMember,
)
from institutions.selectors.filings import visible_filings
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment
from regulator.kernel.actors import Actor

DISGUISE_RULE = "CONTENT-DISGUISE"
SUBJECT_DEPARTMENT = "education"
OPEN = tuple(state.value for state in OPEN_STATES)
_MOST_CHOSEN = 50
_TIES = ("works_for_training", "relative", "other_tie", "challenged")
# A subject as a finding names it → the field in which an expert is entered.
FIELD_OF_SUBJECT: Mapping[str, str] = {
    "语文": "chinese",
    "数学": "mathematics",
    "外语": "foreign_language",
    "物理": "physics",
    "化学": "chemistry",
    "生物": "biology",
    "历史": "history",
    "地理": "geography",
    "道德与法治": "morality",
}


def department_of(rule: str, filing: Filing) -> str:
    """Who decides a finding: education whether a class is subject training, else the reviewer."""
    return SUBJECT_DEPARTMENT if rule == DISGUISE_RULE else filing.department_id


def visible_appraisals(viewer: Actor) -> QuerySet[Appraisal]:
    """The appraisals of the filings that the viewer may read, with their filing and deadline."""
    readable = visible_filings(viewer).values("pk")
    found = Appraisal.objects.filter(filing__in=readable)
    return found.select_related("filing__institution", "department", "deadline", "division")


def visible_appraisal(viewer: Actor, public_id: UUID) -> Appraisal | None:
    """An appraisal that the viewer may read."""
    found = visible_appraisals(viewer).select_related("dispute_deadline")
    return found.filter(public_id=public_id).first()


def listed_appraisals(viewer: Actor, state: str = "") -> QuerySet[Appraisal]:
    """For the list: open ones first by their deadline, with how many have voted of how many."""
    found = visible_appraisals(viewer).annotate(
        seat_count=Count("seats", filter=Q(seats__left_at__isnull=True)),
        vote_count=Count("seats__vote", filter=Q(seats__left_at__isnull=True)),
    )
    if state == "open":
        found = found.filter(state__in=OPEN)
    elif state:
        found = found.filter(state=state)
    return found.order_by("ended_at", "deadline__due_on", "-pk")


def open_appraisals(filing: Filing) -> dict[str, Appraisal]:
    """The appraisals of the filing's present version that still run, by rule."""
    running = filing.appraisals.filter(version=filing.version, state__in=OPEN)
    return {one.rule: one for one in running.select_related("deadline")}


def appraisals_of(filing: Filing) -> QuerySet[Appraisal]:
    """All appraisals of a filing, newest first."""
    return filing.appraisals.select_related("deadline", "dispute_deadline", "department")


def own_appraisals(actor: Actor, filing: Filing) -> list[Appraisal]:
    """What an institution may read of its own filing's appraisals."""
    if str(filing.institution.public_id) != actor.institution:
        return []
    return list(appraisals_of(filing).prefetch_related("challenges"))


def own_appraisal(actor: Actor, public_id: UUID) -> Appraisal | None:
    """An appraisal of the actor's institution's own filing."""
    if not actor.institution:
        return None
    found = Appraisal.objects.filter(
        public_id=public_id, filing__institution__public_id=actor.institution
    )
    return found.select_related("filing__institution", "deadline", "dispute_deadline").first()


def panel_of(division: str) -> ExpertPanel | None:
    """The division's expert group, once it has one."""
    return ExpertPanel.objects.filter(division=division).first()


def member_of(actor: Actor) -> PanelMember | None:
    """The member that the actor is, in person: a stand-in is nobody."""
    if actor.user_id is None or actor.standing_in_for is not None:
        return None
    found = PanelMember.objects.filter(
        panel__division=actor.division, appointment=actor.appointment_id, ends_before__isnull=True
    )
    return found.filter(appointment__user=actor.user_id).first()


def seats_to_vote(actor: Actor) -> QuerySet[AppraisalSeat]:
    """The chairs of an expert, those without a vote first, then the nearest deadline."""
    member = member_of(actor)
    if member is None or not may(actor, Action.APPRAISAL_VOTE, Target(division=actor.division)):
        return AppraisalSeat.objects.none()
    seats = AppraisalSeat.objects.filter(member=member)
    seats = seats.select_related("appraisal__deadline", "appraisal__filing", "vote")
    return seats.order_by("vote__voted_at", "appraisal__deadline__due_on", "pk")


def waiting_votes(actor: Actor) -> QuerySet[AppraisalSeat]:
    """The chairs of an expert that have still to vote."""
    return seats_to_vote(actor).filter(
        vote__isnull=True, left_at__isnull=True, appraisal__state="voting"
    )


def own_seat(actor: Actor, public_id: UUID) -> AppraisalSeat | None:
    """The expert's own chair in an appraisal."""
    seats = seats_to_vote(actor).select_related("appraisal__filing__institution")
    return seats.filter(appraisal__public_id=public_id).first()


def seats_of(appraisal: Appraisal) -> list[AppraisalSeat]:
    """All chairs of an appraisal with their votes; who sits there is not loaded."""
    return list(appraisal.seats.select_related("vote").order_by("number"))


def facts_of(
    appraisal: Appraisal, seats: Sequence[AppraisalSeat], **given: object
) -> AppraisalFacts:
    """What the guards are told of an appraisal; `given` are what the actor gave."""
    sitting = [seat for seat in seats if seat.counts]
    empty = sum(1 for seat in seats if not seat.counts and not seat.is_replaced)
    known = {
        "state": AppraisalState(appraisal.state),
        "seats": tuple(SeatFacts(str(seat.member_id), _vote(seat)) for seat in sitting),
        "empty": empty,
        "open_challenges": appraisal.challenges.filter(decided_at__isnull=True).count(),
        "result": Verdict(appraisal.result) if appraisal.result else None,
        "disputed": appraisal.disputed_at is not None,
        "answered_by_city": appraisal.answered_at is not None,
    }
    return AppraisalFacts(**{**known, **given})  # type: ignore[arg-type]


def _vote(seat: AppraisalSeat) -> Verdict | None:
    vote = getattr(seat, "vote", None)
    return None if vote is None else Verdict(vote.verdict)


def eligible_members(appraisal: Appraisal, on: date) -> QuerySet[PanelMember]:
    """The members who may be seated now.

    Left out: whoever sat in this case already, whoever sent it there, whoever left an earlier case
    of the same institution for a tie, and whoever manages an institution.
    """
    held = Q(ends_before__isnull=True) | Q(ends_before__gt=on)
    desks = Appointment.objects.filter(held, starts_on__lte=on)
    at_work = desks.filter(role=Role.EXPERT, division=appraisal.division_id, user__is_active=True)
    managing = desks.filter(role=Role.INSTITUTION_MANAGER, user=OuterRef("appointment__user"))
    institution = appraisal.filing.institution_id
    tied = AppraisalSeat.objects.filter(
        member__appointment__user=OuterRef("appointment__user"),
        appraisal__filing__institution=institution,
        left_ground__in=_TIES,
    )
    members = PanelMember.objects.filter(
        held, panel__division=appraisal.division_id, starts_on__lte=on, appointment__in=at_work
    )
    return (
        members.exclude(seats__appraisal=appraisal)
        .exclude(appointment__user=appraisal.opened_by_user or 0)
        .exclude(Exists(managing))
        .exclude(Exists(tied))
        .order_by("pk")
    )


def wanted_field(appraisal: Appraisal) -> str:
    """The field of the subject that the finding suspects, or nothing."""
    for one in appraisal.filing.findings:
        if one["rule"] == appraisal.rule:
            return FIELD_OF_SUBJECT.get(str(one["params"].get("subject", "")), "")
    return ""


def members_of(division: str) -> QuerySet[PanelMember]:
    """The members of a panel, those who are on it first; without their names."""
    members = PanelMember.objects.filter(panel__division=division)
    return members.order_by(F("ends_before").asc(nulls_first=True), "pk")


def sitting_now(member: PanelMember) -> int:
    """On how many panels that still vote a member sits."""
    return member.seats.filter(left_at__isnull=True, appraisal__state="voting").count()


def member_names(members: Sequence[PanelMember]) -> dict[int, str]:
    """Name by member: for the secretary's service alone, which leaves a trace first."""
    ids = [member.appointment_id for member in members]
    desks = Appointment.objects.filter(pk__in=ids).select_related("user")
    names = {desk.pk: desk.user.name for desk in desks}
    return {member.pk: names[member.appointment_id] for member in members}


def expert_desks(division: str, on: date) -> QuerySet[Appointment]:
    """The expert desks of a division that are on no panel yet."""
    held = Q(ends_before__isnull=True) | Q(ends_before__gt=on)
    listed = PanelMember.objects.filter(ends_before__isnull=True).values("appointment")
    desks = Appointment.objects.filter(held, division=division, role=Role.EXPERT, starts_on__lte=on)
    return desks.exclude(pk__in=listed).select_related("user").order_by("pk")


def member_for(actor: Actor, public_id: UUID) -> PanelMember | None:
    """A member of the secretary's own division."""
    if not may(actor, Action.PANEL_MANAGE, Target(actor.division)):
        return None
    found = PanelMember.objects.filter(panel__division=actor.division, public_id=public_id)
    return found.select_related("panel").first()


def chosen_members(actor: Actor, public_ids: Sequence[str]) -> list[PanelMember]:
    """The members of the secretary's division with these ids; what is no id is left out."""
    ids = [one for one in map(_uuid, public_ids[:_MOST_CHOSEN]) if one is not None]
    if not may(actor, Action.PANEL_MANAGE, Target(actor.division)):
        return []
    found = PanelMember.objects.filter(panel__division=actor.division, public_id__in=ids)
    return list(found.order_by("pk"))


def chosen_seats(appraisal: Appraisal, public_ids: Sequence[str]) -> list[AppraisalSeat]:
    """The chairs of an appraisal with these ids."""
    ids = [one for one in map(_uuid, public_ids[:_MOST_CHOSEN]) if one is not None]
    return list(appraisal.seats.filter(public_id__in=ids))


def challenge_of(appraisal: Appraisal, public_id: UUID) -> AppraisalChallenge | None:
    """A challenge of an appraisal."""
    return appraisal.challenges.select_related("appraisal").filter(public_id=public_id).first()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
