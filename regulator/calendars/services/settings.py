"""A setting is changed or confirmed from a day on; what held before stays in force for its days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.core.settings import SettingJSON, parse_value
from regulator.calendars.models import DivisionSetting
from regulator.calendars.selectors.settings import setting_specs
from regulator.calendars.services.locks import lock_calendar
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

    `text` is the value as typed; entering the shipped default confirms it. Facts of earlier days
    keep being judged by what held then. Raises Refused with every reason.
    """
    require(actor, Action.SETTING_EDIT, Target(division=division))
    with transaction.atomic():
        lock_calendar(division)
        value = _checked_value(division, code, text, basis=basis, reason=reason)
        rows = list(
            DivisionSetting.objects.filter(division=division, code=code).order_by("starts_on")
        )
        covering = _covering(rows, starts_on)
        old = _snapshot(covering)
        if old and (old["value"], old["basis"]) == (value, basis.strip()):
            raise Refused(Refusal("setting.no_change"))
        row = _placed(rows, covering, starts_on)
        row.division, row.code = division, code
        row.value, row.basis = value, basis.strip()
        row.save()
        append_event(
            division=division,
            actor=actor,
            kind="setting.changed",
            subject=Subject("division_setting", f"{division}:{code}", code),
            old=old,
            new=_snapshot(row),
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


def _covering(rows: list[DivisionSetting], day: date) -> DivisionSetting | None:
    for row in rows:
        if row.starts_on <= day and (row.ends_before is None or day < row.ends_before):
            return row
    return None


def _placed(
    rows: list[DivisionSetting], covering: DivisionSetting | None, starts_on: date
) -> DivisionSetting:
    """The row to hold the new value: the one that begins that day, or one cut in between."""
    if covering is not None and covering.starts_on == starts_on:
        return covering
    if covering is not None:
        ends_before = covering.ends_before
        covering.ends_before = starts_on
        covering.save(update_fields=["ends_before"])
        return DivisionSetting(starts_on=starts_on, ends_before=ends_before)
    later = [row.starts_on for row in rows if row.starts_on > starts_on]
    return DivisionSetting(starts_on=starts_on, ends_before=min(later, default=None))


def _snapshot(row: DivisionSetting | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "value": row.value,
        "basis": row.basis,
        "starts_on": row.starts_on,
        "ends_before": row.ends_before,
    }
