"""Rows of tables, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regulator.audit.models import Event
from regulator.calendars.choices.texts import (
    CHOICE_LABELS,
    CONFIDENCE_LABELS,
    COVERAGE_BADGES,
    EVENT_LABELS,
    FIELD_LABELS,
    GRADE_LABELS,
    HOLIDAY_KIND_LABELS,
    PERIOD_KIND_LABELS,
    STAGE_LABELS,
    VALUE_LABELS,
    YEAR_KIND_LABELS,
)
from regulator.calendars.core.coverage import StageCoverage
from regulator.calendars.core.school import school_year_label
from regulator.calendars.models import HolidaySpan, SchoolPeriod
from regulator.calendars.selectors.calendars import SCHOOL, YearRow
from regulator.web.choices import ATTENTION, NEUTRAL, OK, Badge

_CONFIDENCE_TONES = {"high": OK, "medium": NEUTRAL, "low": ATTENTION, "none": ATTENTION}
_BETWEEN = "、"
_HOLIDAY_ICONS = {"statutory_holiday": "flag", "makeup_workday": "building"}


@dataclass(frozen=True)
class ListedYear:
    """A year in the overview."""

    year: int
    label: str
    badge: Badge
    source: str
    is_entered: bool


def listed_years(rows: Iterable[YearRow]) -> list[ListedYear]:
    """Years with their badge and source."""
    return [
        ListedYear(
            year=row.year,
            label=school_year_label(row.year) if row.kind == SCHOOL else str(row.year),
            badge=COVERAGE_BADGES[row.state],
            source=row.entry.source if row.entry else "",
            is_entered=row.entry is not None,
        )
        for row in rows
    ]


def covered_stages(coverage: Iterable[StageCoverage]) -> list[dict[str, Any]]:
    """Each stage with its badge and the days nobody entered."""
    return [
        {
            "label": STAGE_LABELS[one.stage],
            "badge": COVERAGE_BADGES[one.state],
            "spans": one.spans,
            "unknown_days": one.unknown_days,
        }
        for one in coverage
    ]


def listed_periods(periods: Iterable[SchoolPeriod]) -> list[dict[str, Any]]:
    """Terms and breaks in words."""
    return [
        {
            "period": period,
            "kind": PERIOD_KIND_LABELS[period.kind],
            "pupils": pupils_of(period),
            "weeks": ((period.ends_before - period.starts_on).days + 6) // 7,
            "days": (period.ends_before - period.starts_on).days,
            "confidence": Badge(
                _CONFIDENCE_TONES[period.confidence], CONFIDENCE_LABELS[period.confidence]
            ),
        }
        for period in periods
    ]


def pupils_of(period: SchoolPeriod) -> str:
    """Whom a period concerns: its grades where it names some, else its stages."""
    if period.grades:
        return _BETWEEN.join(str(GRADE_LABELS[grade]) for grade in period.grades)
    words = (str(word) for code, word in STAGE_LABELS.items() if code in period.stages)
    return _BETWEEN.join(words)


def year_title(kind: str, year: int) -> str:
    """`2025-26 学年校历` or `2026 年度放假安排`."""
    label = school_year_label(year) if kind == SCHOOL else str(year)
    return _("%(year)s %(kind)s") % {"year": label, "kind": YEAR_KIND_LABELS[kind]}


def told_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events with their name and what changed, value by value."""
    return [
        {
            "event": event,
            "label": EVENT_LABELS.get(event.kind, event.kind),
            "changes": told_difference(event.old or {}, event.new or {}),
        }
        for event in events
    ]


def told_difference(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Every value that differs, by its name in words."""
    names = [*new, *(name for name in old if name not in new)]
    return [
        {
            "name": FIELD_LABELS.get(name, name),
            "old": spoken(name, old.get(name)),
            "new": spoken(name, new.get(name)),
        }
        for name in names
        if old.get(name) != new.get(name)
    ]


def spoken(name: str, value: Any) -> str:
    """A stored value in words, by the name of its field."""
    if isinstance(value, list):
        return _BETWEEN.join(spoken(name, one) for one in value)
    if isinstance(value, dict):
        return " ".join(spoken(key, one) for key, one in value.items() if key != "source")
    if isinstance(value, bool):
        return str(CHOICE_LABELS["yes" if value else "no"])
    if value is None:
        return ""
    return str(VALUE_LABELS.get(name, {}).get(value, value))


def listed_holidays(spans: Iterable[HolidaySpan]) -> list[dict[str, Any]]:
    """Holidays and make-up days in words."""
    return [
        {
            "span": span,
            "badge": Badge(NEUTRAL, HOLIDAY_KIND_LABELS[span.kind], _HOLIDAY_ICONS[span.kind]),
            "days": (span.ends_before - span.starts_on).days,
        }
        for span in spans
    ]
