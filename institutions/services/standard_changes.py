"""A setting standard changed by two persons, in the way of calendars and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from institutions.choices.standards import STANDARD_LABELS, value_words
from institutions.core.standards.limits import StandardKey, read_value, written_value
from institutions.models import SettingStandard
from institutions.selectors.standards import SUBJECT_KIND, standard_for
from institutions.selectors.standards_page import who_words
from institutions.services.standards import (
    StandardDraft,
    alike,
    end_standard,
    enter_standard,
    standard_snapshot,
)
from regulator.audit.services import Subject
from regulator.calendars.core.changes import ChangeKind
from regulator.calendars.services.change_applying import Carrier, Carriers, Order
from regulator.calendars.services.change_drafts import ChangeDraft
from regulator.calendars.services.dated_rows import row_holding
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused


def standard_entry(*, division: str, draft: StandardDraft) -> ChangeDraft:
    """A figure that binds from a day on, for another person to sign."""
    held = row_holding(list(alike(division, draft)), draft.starts_on)
    return ChangeDraft(
        division=division,
        kind=ChangeKind.STANDARD_ENTERED,
        subject=_subject(division, draft.standard),
        title=_title(draft.standard),
        content={"standard": draft.standard, "values": asdict(draft)},
        starts_on=draft.starts_on,
        open_key=_open_key(draft),
        old=_shown(held),
        new=_shown(SettingStandard(**asdict(draft))),
    )


def standard_ending(standard: SettingStandard, *, on: date) -> ChangeDraft:
    """A figure that no longer binds from a day on, for another person to sign."""
    return ChangeDraft(
        division=standard.division_id,
        kind=ChangeKind.STANDARD_ENDED,
        subject=_subject(standard.division_id, standard.standard),
        title=_title(standard.standard),
        content={"standard": standard.standard, "row": standard.public_id, "on": on},
        starts_on=on,
        open_key=_open_key(standard),
        old=_shown(standard),
        new=_shown(standard) | {"ends_before": on},
    )


def _subject(division: str, standard: str) -> Subject:
    return Subject(SUBJECT_KIND, division, _title(standard))


def _title(standard: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(STANDARD_LABELS[standard])


def _open_key(row: StandardDraft | SettingStandard) -> str:
    return f"standard:{row.standard}:{row.kind}:{row.stage}:{row.room_use}"


def _shown(row: SettingStandard | None) -> dict[str, Any]:
    """A standard as people read it before they sign, in Chinese as it is kept."""
    if row is None:
        return {}
    value = read_value(StandardKey(row.standard), row.value)
    with translation.override(settings.LANGUAGE_CODE):
        written = row.value if isinstance(value, Refusal) else written_value(value)
        return {
            "value": value_words(row.standard, written),
            "who": who_words(row.kind, row.stage, row.room_use),
            "is_soft": row.is_soft,
            "basis": LegalBasis(row.instrument, row.document_number, row.article).cite(),
            "starts_on": row.starts_on,
            "ends_before": row.ends_before,
        }


def _draft(order: Order) -> StandardDraft:
    values = order.content["values"]
    return StandardDraft(**{**values, "starts_on": date.fromisoformat(values["starts_on"])})


def _row(order: Order) -> SettingStandard | None:
    return standard_for(order.division, order.content["row"])


def _enter(order: Order, actor: Actor, at: datetime) -> int:
    draft = _draft(order)
    enter_standard(division=order.division, draft=draft, reason=order.reason, actor=actor, at=at)
    return 0


def _end(order: Order, actor: Actor, at: datetime) -> int:
    row = _row(order)
    if row is None:
        raise Refused(Refusal("change.base_moved", remedy="change.remedy_again"))
    on = date.fromisoformat(order.content["on"])
    end_standard(standard=row, on=on, reason=order.reason, actor=actor, at=at)
    return 0


def _entry_base(order: Order) -> Mapping[str, Any] | None:
    draft = _draft(order)
    return standard_snapshot(row_holding(list(alike(order.division, draft)), draft.starts_on))


def _ending_base(order: Order) -> Mapping[str, Any] | None:
    return standard_snapshot(_row(order))


STANDARD_CARRIERS: Carriers = {
    ChangeKind.STANDARD_ENTERED: Carrier(_enter, _entry_base),
    ChangeKind.STANDARD_ENDED: Carrier(_end, _ending_base),
}
