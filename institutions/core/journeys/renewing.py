"""When an application for renewal is in time, and what it protects. Pure.

Source: 行政许可法 art. 50: applied for 30 days before the licence runs out, it is decided before
that day, or counts as renewed. The number of days is the division's setting.
"""

from __future__ import annotations

from datetime import date, timedelta

from regulator.kernel.workdays import add_months

LEAD_SETTING = "renewal_lead_days"
LEAD_DAYS = 30


def apply_by(valid_before: date, lead_days: int) -> date:
    """The last day on which an application is in time; `valid_before` is half-open."""
    return valid_before - timedelta(days=1 + lead_days)


def is_timely(applied_on: date, valid_before: date, lead_days: int) -> bool:
    """Whether an application of that day protects until it is decided."""
    return applied_on <= apply_by(valid_before, lead_days)


def renewed_before(valid_from: date | None, valid_before: date) -> date:
    """Until when (half-open) silence renews: for as long as the licence ran, else for one year.

    The act does not say for how long; the bureau may state another term when it issues the paper.
    """
    if valid_from is None or valid_from >= valid_before:
        return add_months(valid_before, 12)
    months = (valid_before.year - valid_from.year) * 12 + valid_before.month - valid_from.month
    return add_months(valid_before, max(months, 1))
