"""Rows as the audit chain shows them: what an officer would want to compare."""

from __future__ import annotations

from typing import Any

from regulator.audit.services import Subject
from regulator.calendars.models import CalendarYear, DivisionSetting, HolidaySpan, SchoolPeriod


def setting_subject(division: str, code: str) -> Subject:
    """The subject under which a setting's whole history stands."""
    return Subject("division_setting", f"{division}:{code}", code)


def year_subject(entry: CalendarYear) -> Subject:
    """The subject under which a year's whole history stands. Reads `calendar`."""
    label = f"{entry.calendar.division} {entry.kind} {entry.label}"
    return Subject("calendar_year", str(entry.public_id), label)


def period_snapshot(period: SchoolPeriod) -> dict[str, Any]:
    """A period's own values."""
    return {
        "title": period.title,
        "kind": period.kind,
        "term": period.term,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "stages": list(period.stages),
        "grades": list(period.grades),
        "overrides": period.overrides,
        "confidence": period.confidence,
        "source": period.source,
        "note": period.note,
    }


def holiday_snapshot(span: HolidaySpan) -> dict[str, Any]:
    """A holiday's own values."""
    return {
        "title": span.title,
        "kind": span.kind,
        "starts_on": span.starts_on,
        "ends_on": span.ends_on,
        "source": span.source,
    }


def setting_snapshot(row: DivisionSetting | None) -> dict[str, Any] | None:
    """An entered value with its days and basis; None for the shipped default."""
    if row is None:
        return None
    return {
        "value": row.value,
        "basis": row.basis,
        "starts_on": row.starts_on,
        "ends_before": row.ends_before,
    }
