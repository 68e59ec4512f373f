"""A setting is changed or confirmed from a day on; what held before stays in force for its days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import append_event
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.core.settings import SettingJSON, parse_value
from regulator.calendars.models import DivisionSetting
from regulator.calendars.selectors.settings import setting_specs
from regulator.calendars.services.dated_rows import place_from, row_holding
from regulator.calendars.services.locks import lock_calendar
from regulator.calendars.services.snapshots import setting_snapshot, setting_subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused


def set_setting(
    *,
    division: str,
    code: str,
    text: str,
    starts_on: date,
    basis: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> DivisionSetting:
    """Let a value hold from `starts_on` until the next entered change.

    Carried out by a second person's signature (`changes.sign_change`), never by a page alone.
    `text` is the value as typed; entering the shipped default confirms it. Facts of earlier days
    keep being judged by what held then. Raises Refused with every reason.
    """
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        lock_calendar(division)
        value = _checked_value(division, code, text, basis=basis, reason=reason)
        rows = list(
            DivisionSetting.objects.filter(division=division, code=code).order_by("starts_on")
        )
        covering = row_holding(rows, starts_on)
        old = setting_snapshot(covering)
        if old and (old["value"], old["basis"]) == (value, basis.strip()):
            raise Refused(Refusal("setting.no_change"))
        row = place_from(rows, starts_on, DivisionSetting)
        row.division, row.code = division, code
        row.value, row.basis = value, basis.strip()
        row.save()
        append_event(
            division=division,
            actor=actor,
            kind="setting.changed",
            subject=setting_subject(division, code),
            old=old,
            new=setting_snapshot(row),
            reason=reason.strip(),
            occurred_at=at,
        )
    return row


def _checked_value(division: str, code: str, text: str, *, basis: str, reason: str) -> SettingJSON:
    specs = setting_specs(division)
    if code not in specs:
        raise InvariantError(f"没有名为 {code} 的设置。")
    value = parse_value(specs[code], text)
    refusals = [value] if isinstance(value, Refusal) else []
    if not basis.strip():
        refusals.append(Refusal("setting.basis_missing"))
    if not reason.strip():
        refusals.append(Refusal("setting.reason_missing"))
    if isinstance(value, Refusal) or refusals:
        raise Refused(refusals)
    return value
