"""The term of a review: it starts with a submission and stands still only for the expert group.

Source: the term is the division's setting (教基厅〔2018〕8号 says only 及时); what is not
counted is that of 行政许可法 art. 45: hearing, appraisal, expert review, told in writing
(`review_notices.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from institutions.models import Filing, FilingClock
from institutions.selectors.filings_screening import local_day
from regulator.audit.services import Subject
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.settings import division_settings
from regulator.calendars.services import (
    close_deadlines,
    resume_deadline,
    start_deadlines,
    stop_deadline,
)
from regulator.calendars.services.locks import lock_calendar
from regulator.kernel.outcomes import InvariantError

REVIEW_KIND = "filing.review"
_BATCH_ROWS = 500


def hold_review_clocks(division: str) -> None:
    """Lock what the clocks are counted by, before a number counter is locked."""
    lock_calendar(division)


def start_review_clocks(*, filings: Sequence[Filing], division: str, at: datetime) -> None:
    """Start the term of filings just submitted, inside the caller's command.

    A filing that was submitted before gets the clock of its new version; the old one stays closed.
    """
    if not filings:
        return
    on = local_day(at)
    deadlines = start_deadlines(
        division=division,
        kind=REVIEW_KIND,
        subjects=[Subject("filing", str(one.public_id), one.number) for one in filings],
        starts_on=on,
        amount=division_settings(division, on).review_workdays,
    )
    again = [filing for filing in filings if filing.version > 1]
    if again:
        close_review_clocks(filings=again, division=division, on=on)
        FilingClock.objects.filter(filing__in=again).delete()
    FilingClock.objects.bulk_create(
        [
            FilingClock(filing=filing, version=filing.version, deadline=deadline)
            for filing, deadline in zip(filings, deadlines, strict=True)
        ],
        batch_size=_BATCH_ROWS,
    )


def close_review_clocks(*, filings: Sequence[Filing], division: str, on: date) -> None:
    """Close the terms of filings that were decided or taken back, inside the caller's command."""
    clocks = FilingClock.objects.filter(filing__in=filings)
    ids = list(clocks.values_list("deadline_id", flat=True))
    if ids:
        close_deadlines(ids, division=division, closed_on=on)


def stop_review_clock(filing: Filing, *, on: date) -> Deadline | None:
    """Let the term stand still; None where the filing has no clock."""
    deadline = review_deadline(filing)
    if deadline is not None:
        stop_deadline(deadline, on=max(on, deadline.starts_on))
    return deadline


def resume_review_clock(filing: Filing, *, on: date) -> Deadline | None:
    """Let the term run again: the days it stood still are added."""
    deadline = review_deadline(filing)
    if deadline is not None:
        resume_deadline(deadline, on=max(on, deadline.starts_on))
    return deadline


def review_deadline(filing: Filing) -> Deadline | None:
    """The term of the filing's present version; None where it has none."""
    clock = FilingClock.objects.select_related("deadline").filter(filing=filing).first()
    if clock is None:
        return None
    if clock.version != filing.version:
        raise InvariantError(f"{filing}: 审核期限属于旧版。")
    return clock.deadline
