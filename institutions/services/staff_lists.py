"""A list of staff as a whole: declared by the institution, looked at by an officer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.core.staff.bases import TEACHING_SHARE
from institutions.models import Institution, StaffDeclaration, StaffMember
from institutions.selectors.staff import employed_on, staff_ratio
from institutions.services.register_records import day_of, lock_institution
from institutions.services.staff_records import refuse
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal

_LONGEST_EXPLANATION = 500


def declare_staff(
    *, institution: Institution, explanation: str = "", actor: Actor, at: datetime
) -> StaffDeclaration:
    """The institution says that its list is complete and true today.

    A share that falls short has to be explained (the rule is one of 原则上). Raises Refused.
    """
    target = Target(division=institution.division_id, institution=str(institution.public_id))
    require(actor, Action.STAFF_KEEP_OWN, target)
    with transaction.atomic():
        locked, today = lock_institution(institution), day_of(at)
        rows = StaffMember.objects.filter(employed_on(today), institution=locked)
        members = [str(one.public_id) for one in rows.order_by("id")]
        ratio = staff_ratio(locked, today)
        refuse(_refusals(members, ratio.short and not explanation.strip(), explanation))
        made = StaffDeclaration.objects.create(
            institution=locked,
            staff_count=len(members),
            digest=canonical_digest(members),
            explanation=explanation.strip(),
            declared_by=actor.name,
            declared_at=at,
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="staff.declared",
            subject=Subject("institution", str(locked.public_id), locked.name),
            new={"staff_count": len(members)},
            reason=explanation.strip(),
            occurred_at=at,
            rows_digest=made.digest,
        )
    return made


def show_staff_list(*, institution: Institution, count: int, actor: Actor, at: datetime) -> None:
    """An officer opens the list of an institution: `count` persons were shown."""
    require(actor, Action.STAFF_READ, Target(division=institution.division_id))
    subject = Subject("institution", str(institution.public_id), institution.name)
    _record_shown(institution.division_id, subject, count, actor, at)


def show_watch_list(*, division: str, part: str, count: int, actor: Actor, at: datetime) -> None:
    """An officer opens a part of the division's list: `count` persons were shown."""
    require(actor, Action.STAFF_READ, Target(division=division))
    _record_shown(division, Subject("staff_watch", part), count, actor, at)


def _record_shown(division: str, subject: Subject, count: int, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        append_event(
            division=division,
            actor=actor,
            kind="staff.list_shown",
            subject=subject,
            new={"staff_count": count},
            occurred_at=at,
        )


def _refusals(members: list[str], unexplained: object, explanation: str) -> list[Refusal]:
    found = [] if members else [Refusal("staff.nobody_to_declare")]
    if unexplained:
        found.append(Refusal("staff.shortfall_unexplained", {}, TEACHING_SHARE))
    if len(explanation) > _LONGEST_EXPLANATION:
        found.append(Refusal("staff.explanation_long", {"length": _LONGEST_EXPLANATION}))
    return found
