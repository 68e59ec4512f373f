"""Warnings: raised by the night from dated facts, answered by a named person, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from fees.core.warnings.facts import Sheet, sheet_of
from fees.core.warnings.indicators import Reading, Tier, readings_of, reasons_of, tier_of
from fees.models import ProviderEvent, RiskWarning, WarningAnswer
from fees.selectors.warning_limits import DatedLimits, warning_limits
from fees.selectors.warnings import (
    BATCH_INSTITUTIONS,
    dated_facts,
    latest_warnings,
    watched_institutions,
)
from fees.services.records import day_of
from institutions.models import Institution
from institutions.services.notices import notify_desk
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.selectors import workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

WARNING_SUBJECT = "risk_warning"
_ENDED = ("false_alarm", "closed")
_TOLD = (Tier.ORANGE, Tier.RED)


@dataclass(frozen=True)
class EventDraft:
    """What is entered of an event that no table of the system shows."""

    kind: str
    happened_on: date
    document: str
    note: str = ""


def watch_institutions(*, division: str, actor: Actor, at: datetime) -> int:
    """Look at every institution with an account; returns how many warnings were added.

    A row is added where tier or reasons changed since the latest one. Safe to run twice a day.
    """
    require(actor, Action.WARNING_HANDLE, Target(division=division))
    used = warning_limits(division, day_of(at))
    keys = list(watched_institutions(division).values_list("pk", flat=True))
    added = 0
    for first in range(0, len(keys), BATCH_INSTITUTIONS):
        batch = list(Institution.objects.filter(pk__in=keys[first : first + BATCH_INSTITUTIONS]))
        added += _watch(batch, used, actor, at)
    return added


def _watch(
    batch: Sequence[Institution], used: Mapping[str, DatedLimits], actor: Actor, at: datetime
) -> int:
    on, limits = day_of(at), {code: one.limits for code, one in used.items()}
    facts, latest = dated_facts(batch, on), latest_warnings(batch)
    added = 0
    for institution in batch:
        sheet = sheet_of(facts[institution.pk], on, workday_table(institution.division_id))
        readings = readings_of(sheet, limits)
        if _is_news(latest.get(institution.pk), readings, on):
            _raise(institution, sheet, [(one, used[one.code]) for one in readings], actor, at)
            added += 1
    return added


def _is_news(latest: RiskWarning | None, readings: tuple[Reading, ...], on: date) -> bool:
    """Whether tier or reasons differ from the warning that holds; nothing is news for nobody."""
    spoken = sorted(f"{one.code}:{one.tier.code}" for one in reasons_of(readings))
    if latest is None:
        return bool(spoken)
    if latest.as_of >= on:
        return False
    return spoken != sorted(
        f"{one['code']}:{one['tier']}" for one in latest.readings if one["tier"] != "none"
    )


def _raise(
    institution: Institution,
    sheet: Sheet,
    judged: Sequence[tuple[Reading, DatedLimits]],
    actor: Actor,
    at: datetime,
) -> None:
    readings = tuple(reading for reading, _used in judged)
    tier, reasons = tier_of(readings), reasons_of(readings)
    with transaction.atomic():
        warning = RiskWarning.objects.create(
            institution=institution,
            as_of=sheet.on,
            tier=tier.code,
            readings=[_frozen(reading, used) for reading, used in judged],
            facts=asdict(sheet) | {"on": sheet.on.isoformat()},
            raised_at=at,
        )
        if tier in _TOLD:
            _tell(warning, len(reasons), actor, at)
        kind = "raised" if tier else "lowered"
        new = {"risk_tier": tier.code, "reasons": [one.code for one in reasons]}
        _record(warning, kind, actor=actor, at=at, new=new)


def _frozen(reading: Reading, used: DatedLimits) -> dict[str, Any]:
    """A reading with the version of the limits that it was held against."""
    return {
        "code": reading.code,
        "figure": reading.figure,
        "limit": reading.limit,
        "tier": reading.tier.code,
        "basis": reading.basis.cite(),
        "limits": list(used.tiers),
        "limits_from": "" if used.starts_on is None else used.starts_on.isoformat(),
    }


def _tell(warning: RiskWarning, reasons: int, actor: Actor, at: datetime) -> None:
    institution = warning.institution
    notify_desk(
        division=institution.division_id,
        role=Role.FEE_SUPERVISOR,
        kind="risk_warning",
        params={"name": institution.name, "risk_tier": warning.tier, "reasons": reasons},
        cause=f"warning:{warning.public_id}",
        institution=institution,
        page=f"/desk/warnings/{warning.public_id}/",
        about=warning_subject(warning),
        actor=actor,
        at=at,
    )


def answer_warning(
    warning: RiskWarning, *, kind: str, text: str, actor: Actor, at: datetime
) -> WarningAnswer:
    """Acknowledge, say what was done, or end it as a false alarm or as over. Raises Refused."""
    institution = warning.institution
    require(actor, Action.WARNING_HANDLE, Target(division=institution.division_id))
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        last = warning.answers.order_by("-pk").first()
        faults = []
        if warning.tier == Tier.NONE.code:
            faults.append(Refusal("warning.nothing_to_answer"))
        if last is not None and last.kind in _ENDED:
            faults.append(Refusal("warning.answered_out", {"warning_answer": last.kind}))
        if kind != "acknowledged" and not text.strip():
            faults.append(Refusal("warning.text_missing"))
        if faults:
            raise Refused(faults)
        answer = WarningAnswer.objects.create(
            warning=warning,
            kind=kind,
            text=text.strip(),
            answered_by_user=actor.user_id,
            answered_by=actor.name,
            answered_at=at,
        )
        _record(warning, kind, actor=actor, at=at, reason=answer.text)
    return answer


def record_provider_event(
    *, institution: Institution, draft: EventDraft, actor: Actor, at: datetime
) -> ProviderEvent:
    """Enter an upheld complaint, arrears, a lost lease, licence trouble. Raises Refused."""
    require(actor, Action.WARNING_HANDLE, Target(division=institution.division_id))
    faults = []
    if not draft.document.strip():
        faults.append(Refusal("provider_event.document_missing"))
    if draft.happened_on > day_of(at):
        params = {"day": draft.happened_on.isoformat()}
        faults.append(Refusal("provider_event.in_future", params))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        event = ProviderEvent.objects.create(
            institution=institution,
            kind=draft.kind,
            happened_on=draft.happened_on,
            document=draft.document.strip(),
            note=draft.note.strip(),
            recorded_by=actor.name,
            recorded_at=at,
        )
        _record_event(event, "recorded", actor=actor, at=at)
    return event


def withdraw_provider_event(
    event: ProviderEvent, *, reason: str, actor: Actor, at: datetime
) -> ProviderEvent:
    """Take back what was entered by mistake: a further row that names the first. Raises Refused."""
    institution = event.institution
    require(actor, Action.WARNING_HANDLE, Target(division=institution.division_id))
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        faults = []
        if not reason.strip():
            faults.append(Refusal("warning.text_missing"))
        if ProviderEvent.objects.filter(withdraws=event).exists():
            faults.append(Refusal("provider_event.withdrawn_already"))
        if faults:
            raise Refused(faults)
        back = ProviderEvent.objects.create(
            institution=institution,
            kind=event.kind,
            happened_on=event.happened_on,
            document=event.document,
            note=reason.strip(),
            withdraws=event,
            recorded_by=actor.name,
            recorded_at=at,
        )
        _record_event(back, "withdrawn", actor=actor, at=at)
    return back


def warning_subject(warning: RiskWarning) -> Subject:
    """How the chain names a warning: by its institution."""
    return Subject(WARNING_SUBJECT, str(warning.public_id), warning.institution.name)


def _record(
    warning: RiskWarning,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    append_event(
        division=warning.institution.division_id,
        actor=actor,
        kind=f"warning.{kind}",
        subject=warning_subject(warning),
        new={"as_of": warning.as_of.isoformat(), **(new or {})},
        reason=reason,
        occurred_at=at,
    )


def _record_event(event: ProviderEvent, kind: str, *, actor: Actor, at: datetime) -> None:
    institution = event.institution
    append_event(
        division=institution.division_id,
        actor=actor,
        kind=f"provider_event.{kind}",
        subject=Subject("institution", str(institution.public_id), institution.name),
        new={"kind": event.kind, "happened_on": event.happened_on.isoformat()},
        reason=event.note if kind == "withdrawn" else "",
        occurred_at=at,
    )
