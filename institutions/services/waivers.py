"""Waivers: one officer proposes, a second person approves, the public reads it; it ends itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from institutions.core.filing_states import Verdict
from institutions.core.waivers import (
    WAIVABLE,
    WaiverFacts,
    WaiverState,
    decision_refusals,
    proposal_refusals,
    revocation_refusals,
)
from institutions.models import Filing, FilingWaiver
from institutions.selectors.filings import current_decisions
from institutions.selectors.filings_screening import local_day
from institutions.selectors.waivers import ending_waivers, open_waiver, over_waivers
from institutions.services.filings_submission import filing_subject
from institutions.services.notices import notify_desk, notify_institution
from institutions.services.rescreening import rescreen_after_waiver
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused

_NUMBER = re.compile(r"\d+(\.\d+)?")
_CM2 = 10_000


@dataclass(frozen=True)
class WaiverDraft:
    """What is asked: `until_on` is the last day, `documents` what it rests on."""

    rule: str
    reason: str
    documents: str
    until_on: date | None
    measured_area_cm2: int | None = None


def propose_waiver(
    *, filing: Filing, draft: WaiverDraft, actor: Actor, at: datetime
) -> FilingWaiver:
    """Propose that a breach may stand for a time. Raises Refused with every reason."""
    require(actor, Action.FILING_REVIEW, Target(filing.division_id, filing.department_id))
    on = local_day(at)
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).select_related("institution")
        current = locked.get(pk=filing.pk)
        found = proposal_refusals(
            WaiverFacts(
                rule=draft.rule,
                stands=stands_as_breach(current, draft.rule),
                has_open=open_waiver(current, draft.rule) is not None,
                on=on,
                until_on=draft.until_on,
                class_ends_on=current.ends_on,
                reason=draft.reason,
                documents=draft.documents,
                measured_area_cm2=draft.measured_area_cm2,
                **_found(current, draft.rule),
            )
        )
        if found or draft.until_on is None:
            raise Refused(found)
        waiver = FilingWaiver.objects.create(
            division_id=current.division_id,
            filing=current,
            department_id=current.department_id,
            version=current.version,
            rule=draft.rule,
            reason=draft.reason.strip(),
            documents=draft.documents.strip(),
            basis=WAIVABLE[draft.rule].basis.cite(),
            until_on=draft.until_on,
            measured_area_cm2=draft.measured_area_cm2,
            proposed_by_user=actor.user_id,
            proposed_by=actor.name,
            proposed_at=at,
        )
        _record(waiver, kind="proposed", actor=actor, at=at, reason=waiver.reason)
        _tell_second(waiver, actor=actor, at=at)
    return waiver


def stands_as_breach(filing: Filing, rule: str) -> bool:
    """Whether the rule is breached in the present version, by the screening or by decision."""
    if rule in filing.rules_with("breach"):
        return True
    decided = current_decisions(filing).get(rule)
    return decided is not None and decided.verdict == Verdict.BREACH.value


def _found(filing: Filing, rule: str) -> dict[str, Any]:
    """What the finding says of its part, of the pupils in the room and of the area each needs."""
    found = (one["params"] for one in filing.findings if one["rule"] == rule)
    params: dict[str, Any] = next(found, {})
    limit = str(params.get("limit", ""))
    area = Decimal(limit) if rule == "ROOM-SIZE" and _NUMBER.fullmatch(limit) else Decimal(0)
    return {
        "part": str(params.get("part", "")),
        "pupils": int(params.get("pupils") or filing.class_size),
        "pupil_area_cm2": int(area * _CM2),
    }


def approve_waiver(*, waiver: FilingWaiver, actor: Actor, at: datetime) -> FilingWaiver:
    """The second person agrees: the breach no longer stands against approval. Raises Refused."""
    with transaction.atomic():
        locked = _decidable(waiver, actor, at, refuses=False, reason="")
        locked.approve(by_user=actor.user_id, by=actor.name, at=at)
        locked.save(update_fields=["state", "decided_by_user", "decided_by", "decided_at"])
        _record(locked, kind="in_force", actor=actor, at=at, reason=locked.reason)
        _tell_institution(locked, "waiver_granted", actor=actor, at=at)
    return locked


def refuse_waiver(*, waiver: FilingWaiver, reason: str, actor: Actor, at: datetime) -> FilingWaiver:
    """The second person does not agree, with a reason. Raises Refused."""
    with transaction.atomic():
        locked = _decidable(waiver, actor, at, refuses=True, reason=reason)
        locked.refuse(by_user=actor.user_id, by=actor.name, at=at, reason=reason.strip())
        locked.save(
            update_fields=[
                "state",
                "decided_by_user",
                "decided_by",
                "decided_at",
                "decision_reason",
            ]
        )
        _record(locked, kind="refused", actor=actor, at=at, reason=locked.decision_reason)
    return locked


def _decidable(
    waiver: FilingWaiver, actor: Actor, at: datetime, *, refuses: bool, reason: str
) -> FilingWaiver:
    require(actor, Action.WAIVER_APPROVE, Target(waiver.division_id, waiver.department_id))
    locked = _lock(waiver)
    found = decision_refusals(
        state=WaiverState(locked.state),
        same_person=locked.proposed_by_user == actor.user_id,
        until_on=locked.until_on,
        on=local_day(at),
        refuses=refuses,
        reason=reason,
    )
    if found:
        raise Refused(found)
    return locked


def revoke_waiver(*, waiver: FilingWaiver, reason: str, actor: Actor, at: datetime) -> FilingWaiver:
    """Take a waiver back because its reason has gone. Raises Refused."""
    require(actor, Action.WAIVER_APPROVE, Target(waiver.division_id, waiver.department_id))
    with transaction.atomic():
        locked = _lock(waiver)
        found = revocation_refusals(state=WaiverState(locked.state), reason=reason)
        if found:
            raise Refused(found)
        locked.revoke(at=at, reason=reason.strip())
        locked.save(update_fields=["state", "ended_at", "decision_reason"])
        _tell_ended(locked, actor=actor, at=at)
        rescreen_after_waiver(waiver=locked, actor=actor, at=at)
        _record(locked, kind="revoked", actor=actor, at=at, reason=locked.decision_reason)
    return locked


def _lock(waiver: FilingWaiver) -> FilingWaiver:
    Filing.objects.select_for_update().get(pk=waiver.filing_id)
    found = FilingWaiver.objects.select_for_update(of=("self",))
    return found.select_related("filing__institution").get(pk=waiver.pk)


def end_waivers(*, actor: Actor, at: datetime) -> int:
    """What the night does: a waiver whose last day has passed ends, and the breach stands again.

    The institution and the desk are told; safe to run twice. Returns how many ended.
    """
    ended = 0
    for waiver in list(over_waivers(local_day(at))):
        with transaction.atomic():
            locked = _lock(waiver)
            if locked.state != WaiverState.IN_FORCE.value:
                continue
            locked.expire(at=at)
            locked.save(update_fields=["state", "ended_at"])
            _tell_ended(locked, actor=actor, at=at)
            rescreen_after_waiver(waiver=locked, actor=actor, at=at)
            _record(locked, kind="expired", actor=actor, at=at)
            ended += 1
    _tell_ending(actor=actor, at=at)
    return ended


def _tell_ending(*, actor: Actor, at: datetime) -> None:
    """Each desk is told once a week how many of its waivers end within a fortnight."""
    today = local_day(at)
    desks: dict[tuple[str, str], list[date]] = {}
    for waiver in ending_waivers(FilingWaiver.objects.all(), today):
        desks.setdefault((waiver.division_id, waiver.department_id), []).append(waiver.until_on)
    monday = today - timedelta(days=today.weekday())
    for (division, department), ends in sorted(desks.items()):
        notify_desk(
            division=division,
            role=Role.FILING_REVIEWER,
            department=department,
            kind="waivers_ending",
            params={"count": len(ends), "until_on": ends[0].isoformat()},
            cause=f"waivers:{division}:{department}:ending:{monday.isoformat()}",
            page="/desk/waivers/?part=ending",
            actor=actor,
            at=at,
        )


def _tell_ended(waiver: FilingWaiver, *, actor: Actor, at: datetime) -> None:
    _tell_institution(waiver, "waiver_ended", actor=actor, at=at)
    notify_desk(
        division=waiver.division_id,
        role=Role.FILING_REVIEWER,
        department=waiver.department_id,
        kind="waiver_ended",
        params=_params(waiver),
        cause=f"waiver:{waiver.public_id}:ended",
        institution=waiver.filing.institution,
        page=f"/desk/filings/{waiver.filing.public_id}/",
        about=filing_subject(waiver.filing),
        actor=actor,
        at=at,
    )


def _tell_institution(waiver: FilingWaiver, kind: str, *, actor: Actor, at: datetime) -> None:
    notify_institution(
        institution=waiver.filing.institution,
        kind=kind,
        params=_params(waiver),
        cause=f"waiver:{waiver.public_id}:{kind}",
        page=f"/portal/filings/{waiver.filing.public_id}/",
        about=filing_subject(waiver.filing),
        actor=actor,
        at=at,
    )


def _params(waiver: FilingWaiver) -> dict[str, str]:
    return {
        "number": waiver.filing.number,
        "class_name": waiver.filing.class_name,
        "rule": waiver.rule,
        "until_on": waiver.until_on.isoformat(),
    }


def _tell_second(waiver: FilingWaiver, *, actor: Actor, at: datetime) -> None:
    for role, department in (
        (Role.DISTRICT_LEADER, ""),
        (Role.FILING_REVIEWER, waiver.department_id),
    ):
        notify_desk(
            division=waiver.division_id,
            role=role,
            department=department,
            kind="waiver_to_approve",
            params={"number": waiver.filing.number, "rule": waiver.rule},
            cause=f"waiver:{waiver.public_id}:to_approve",
            institution=waiver.filing.institution,
            page=f"/desk/waivers/{waiver.public_id}/",
            about=filing_subject(waiver.filing),
            actor=actor,
            at=at,
        )


def _record(
    waiver: FilingWaiver, *, kind: str, actor: Actor, at: datetime, reason: str = ""
) -> None:
    append_event(
        division=waiver.division_id,
        actor=actor,
        kind=f"waiver.{kind}",
        subject=Subject("waiver", str(waiver.public_id), waiver.filing.number),
        new={
            "state": waiver.state,
            "filing": waiver.filing.number,
            "rule": waiver.rule,
            "until_on": waiver.until_on.isoformat(),
        },
        reason=reason,
        basis=WAIVABLE[waiver.rule].basis if waiver.rule in WAIVABLE else None,
        occurred_at=at,
    )
