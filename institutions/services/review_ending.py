"""What ends with a review: its clock, and whatever the expert group was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from institutions.models import Filing
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import cancel_appraisals
from institutions.services.review_clocks import close_review_clocks, hold_review_clocks
from regulator.kernel.actors import Actor


def end_reviews(filings: Sequence[Filing], *, reason: str, actor: Actor, at: datetime) -> None:
    """End the reviews of filings of one division that were decided or taken back.

    Inside the command that moves them, before its first event.
    """
    if not filings:
        return
    division = filings[0].division_id
    hold_review_clocks(division)
    close_review_clocks(filings=filings, division=division, on=local_day(at))
    for filing in filings:
        cancel_appraisals(filing=filing, reason=reason, actor=actor, at=at)
