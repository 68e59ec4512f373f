"""What an institution is told of its filings."""

from __future__ import annotations

from datetime import datetime

from institutions.core.filing_states import FilingState
from institutions.models import Filing
from institutions.services.filings_submission import filing_subject
from institutions.services.notices import notify_institution
from regulator.kernel.actors import Actor


def notify_of_review(*, filing: Filing, reasons: str, actor: Actor, at: datetime) -> None:
    """Tell the institution that a filing was approved or returned, once per version decided."""
    params = {"number": filing.number, "class_name": filing.class_name}
    kind = "filing_approved" if filing.amends_id is None else "filing_change_approved"
    if filing.state == FilingState.RETURNED.value:
        kind = "filing_returned"
        params["reason"] = reasons.strip()
    notify_institution(
        institution=filing.institution,
        kind=kind,
        params=params,
        cause=f"filing:{filing.public_id}:{filing.version}:{filing.state}",
        page=f"/portal/filings/{filing.public_id}/",
        about=filing_subject(filing),
        actor=actor,
        at=at,
    )
