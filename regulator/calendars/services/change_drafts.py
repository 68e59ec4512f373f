"""What a person asks for, as a change that another can sign: its content, and what people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from regulator.audit.services import Subject
from regulator.calendars.choices.texts import SETTING_LABELS, YEAR_KIND_LABELS
from regulator.calendars.core.changes import ChangeKind
from regulator.calendars.core.school import Stage
from regulator.calendars.core.settings import parse_value
from regulator.calendars.models import CalendarYear, HolidaySpan, SchoolPeriod
from regulator.calendars.selectors.settings import division_settings, setting_specs
from regulator.calendars.services.holidays import HolidayDraft
from regulator.calendars.services.periods import PeriodDraft
from regulator.calendars.services.shipped import missing_shipped_years
from regulator.calendars.services.snapshots import (
    holiday_snapshot,
    period_snapshot,
    setting_subject,
    year_subject,
)
from regulator.kernel.outcomes import InvariantError, Refusal

_SHIPPED = _("系统自带的年度")


@dataclass(frozen=True)
class ChangeDraft:
    """A change before anybody proposed it; the fields are those of `CalendarChange`."""

    division: str
    kind: ChangeKind
    subject: Subject
    title: str
    content: Mapping[str, Any]
    starts_on: date | None = None
    open_key: str = ""
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)


def setting_change(
    *, division: str, code: str, text: str, starts_on: date, basis: str
) -> ChangeDraft:
    """Another value of a setting, or the same one confirmed, from a day on."""
    specs = setting_specs(division)
    if code not in specs:
        raise InvariantError(f"没有名为 {code} 的设置。")
    standing = division_settings(division, starts_on)[code]
    value = parse_value(specs[code], text)
    return ChangeDraft(
        division=division,
        kind=ChangeKind.SETTING,
        subject=setting_subject(division, code),
        title=_in_chinese(SETTING_LABELS[code]),
        content={"code": code, "text": text, "starts_on": starts_on, "basis": basis},
        starts_on=starts_on,
        open_key=f"setting:{code}",
        old={"value": standing.value, "basis": standing.basis, "starts_on": standing.starts_on},
        new={
            "value": text if isinstance(value, Refusal) else value,
            "basis": basis.strip(),
            "starts_on": starts_on,
        },
    )


def period_entry(entry: CalendarYear, draft: PeriodDraft) -> ChangeDraft:
    """A further term or break of a school year."""
    return ChangeDraft(
        division=entry.calendar.division,
        kind=ChangeKind.PERIOD_ENTERED,
        subject=year_subject(entry),
        title=draft.title.strip(),
        content={"entry": entry.public_id, "values": draft.columns()},
        starts_on=draft.starts_on,
        new=_shown(draft),
    )


def period_correction(period: SchoolPeriod, draft: PeriodDraft) -> ChangeDraft:
    """A term or break with other values."""
    return ChangeDraft(
        division=period.entry.calendar.division,
        kind=ChangeKind.PERIOD_CHANGED,
        subject=year_subject(period.entry),
        title=period.title,
        content={"period": period.public_id, "values": draft.columns()},
        starts_on=min(period.starts_on, draft.starts_on),
        open_key=f"period:{period.public_id}",
        old=period_snapshot(period),
        new=_shown(draft),
    )


def period_removal(period: SchoolPeriod) -> ChangeDraft:
    """A term or break taken out: its days are unknown from then on."""
    return ChangeDraft(
        division=period.entry.calendar.division,
        kind=ChangeKind.PERIOD_REMOVED,
        subject=year_subject(period.entry),
        title=period.title,
        content={"period": period.public_id},
        starts_on=period.starts_on,
        open_key=f"period:{period.public_id}",
        old=period_snapshot(period),
    )


def holiday_entry(entry: CalendarYear, drafts: Sequence[HolidayDraft]) -> ChangeDraft:
    """Further holidays of a year that is known."""
    blocks = [block for one in drafts for block in one.blocks(year=entry.year, source=entry.source)]
    return ChangeDraft(
        division=entry.calendar.division,
        kind=ChangeKind.HOLIDAY_ENTERED,
        subject=year_subject(entry),
        title="、".join(one.title.strip() for one in drafts)[:120],
        content={
            "entry": entry.public_id,
            "holidays": [
                {
                    "title": one.title,
                    "starts_on": one.starts_on,
                    "ends_before": one.ends_before,
                    "makeup_days": list(one.makeup_days),
                }
                for one in drafts
            ],
        },
        starts_on=min(block.starts_on for block in blocks),
        new={
            "holidays": [
                {
                    "title": block.title,
                    "kind": block.kind,
                    "starts_on": block.starts_on,
                    "ends_on": block.ends_before - timedelta(days=1),
                }
                for block in blocks
            ]
        },
    )


def holiday_removal(span: HolidaySpan) -> ChangeDraft:
    """A holiday or a make-up day taken out of a year that is known."""
    return ChangeDraft(
        division=span.entry.calendar.division,
        kind=ChangeKind.HOLIDAY_REMOVED,
        subject=year_subject(span.entry),
        title=span.title,
        content={"holiday": span.public_id},
        starts_on=span.starts_on,
        open_key=f"holiday:{span.public_id}",
        old=holiday_snapshot(span),
    )


def year_completion(entry: CalendarYear) -> ChangeDraft:
    """A holiday year declared wholly entered."""
    spans = list(entry.holidays.order_by("starts_on", "id"))
    return ChangeDraft(
        division=entry.calendar.division,
        kind=ChangeKind.YEAR_COMPLETED,
        subject=year_subject(entry),
        title=f"{entry.label} {_in_chinese(YEAR_KIND_LABELS[entry.kind])}",
        content={"entry": entry.public_id},
        # Until now any day of the year counted as unknown; a notice may reach into the year before.
        starts_on=min([date(entry.year, 1, 1), *(span.starts_on for span in spans)]),
        open_key=f"year:{entry.public_id}",
        new={"holidays": [holiday_snapshot(span) for span in spans]},
    )


def shipped_years(division: str) -> ChangeDraft:
    """The shipped years that the division does not have."""
    years = missing_shipped_years(division)
    labels = [f"{year} {_in_chinese(YEAR_KIND_LABELS[kind])}" for kind, year in years]
    return ChangeDraft(
        division=division,
        kind=ChangeKind.SHIPPED_LOADED,
        subject=Subject("division_calendar", division, division),
        title=_in_chinese(_SHIPPED),
        content={"years": [list(one) for one in years]},
        open_key="shipped",
        new={"years": labels},
    )


def period_draft(values: Mapping[str, Any]) -> PeriodDraft:
    """The draft again from the values kept with a change."""
    read = {
        "starts_on": date.fromisoformat(values["starts_on"]),
        "ends_before": date.fromisoformat(values["ends_before"]),
        "stages": frozenset(Stage(one) for one in values["stages"]),
        "grades": frozenset(values["grades"]),
    }
    return PeriodDraft(**{**values, **read})


def holiday_drafts(rows: Sequence[Mapping[str, Any]]) -> list[HolidayDraft]:
    """The drafts again from what was kept with a change."""
    return [
        HolidayDraft(
            title=row["title"],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_before=date.fromisoformat(row["ends_before"]),
            makeup_days=tuple(date.fromisoformat(day) for day in row["makeup_days"]),
        )
        for row in rows
    ]


def _shown(draft: PeriodDraft) -> dict[str, Any]:
    """A draft as the history shows a period."""
    return period_snapshot(SchoolPeriod(**draft.columns()))


def _in_chinese(label: Any) -> str:
    """A label as it is kept, whoever acts and in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(label)
