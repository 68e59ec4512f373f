"""Rows as the audit chain shows them: what an officer would want to compare."""

from __future__ import annotations

from typing import Any

from regulator.audit.services import Subject
from regulator.calendars.models import CalendarYear, HolidaySpan, SchoolPeriod


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
