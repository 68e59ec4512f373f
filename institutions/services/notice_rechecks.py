"""What is told of rechecks: to the reviewers' desks, and to the institution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from institutions.models import FilingRecheck, Notice
from institutions.services.filings_submission import filing_subject
from institutions.services.notices import notify_desk, notify_institution
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor


def tell_desks_of_opened(
    *,
    division: str,
    counts: Mapping[str, int],
    cause_key: str,
    cause_label: str,
    actor: Actor,
    at: datetime,
) -> None:
    """One notice per department and cause: so many classes are to be looked at."""
    for department, count in sorted(counts.items()):
        notify_desk(
            division=division,
            role=Role.FILING_REVIEWER,
            department=department,
            kind="recheck_opened",
            params={"count": count, "cause": cause_label},
            cause=f"rechecks:{cause_key}:opened",
            page="/desk/rechecks/",
            actor=actor,
            at=at,
        )


def tell_institution_of_recheck(
    *, recheck: FilingRecheck, workdays: int, actor: Actor, at: datetime
) -> Notice:
    """The institution is told what was found and asked for an answer."""
    filing = recheck.filing
    return notify_institution(
        institution=filing.institution,
        kind="recheck_noticed",
        params={
            "number": filing.number,
            "class_name": filing.class_name,
            "workdays": workdays,
        },
        cause=f"recheck:{recheck.public_id}:noticed",
        page=f"/portal/rechecks/{recheck.public_id}/",
        about=filing_subject(filing),
        actor=actor,
        at=at,
    )


def tell_desk_of_answer(*, recheck: FilingRecheck, actor: Actor, at: datetime) -> None:
    """The department's reviewers learn that there is an answer."""
    filing = recheck.filing
    notify_desk(
        division=recheck.division_id,
        role=Role.FILING_REVIEWER,
        department=recheck.department_id,
        kind="recheck_answered",
        params={"number": filing.number, "name": filing.institution.name},
        cause=f"recheck:{recheck.public_id}:answered",
        institution=filing.institution,
        page=f"/desk/rechecks/{recheck.public_id}/",
        about=filing_subject(filing),
        actor=actor,
        at=at,
    )


def tell_institution_of_decision(
    *, recheck: FilingRecheck, is_revoked: bool, actor: Actor, at: datetime
) -> None:
    """The institution learns what was decided; of what it was never told, it learns nothing."""
    if recheck.noticed_at is None:
        return
    filing = recheck.filing
    params = {"number": filing.number, "class_name": filing.class_name}
    if is_revoked:
        params["reason"] = recheck.reasons
    notify_institution(
        institution=filing.institution,
        kind="filing_revoked" if is_revoked else "filing_kept",
        params=params,
        cause=f"recheck:{recheck.public_id}:decided",
        page=f"/portal/rechecks/{recheck.public_id}/",
        about=filing_subject(filing),
        actor=actor,
        at=at,
    )
