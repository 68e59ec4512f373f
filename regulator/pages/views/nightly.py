"""What the nightly check found."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.pages.choices.nightly import (
    REMEDIES,
    THING_LABELS,
    violation_subject,
    violation_text,
)
from regulator.pages.selectors.nightly import latest_report, violations_for

_ROWS = 50
_OVERDUE = timedelta(days=2)


@page_for(Action.AUDIT_READ)
def nightly(request: HttpRequest) -> HttpResponse:
    """The last run: when, how much was looked at, and each thing that should never be."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    report = latest_report()
    found = violations_for(actor, report)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    rows = [
        {
            "thing": THING_LABELS[one.thing],
            "subject": violation_subject(one),
            "text": violation_text(one),
            "remedy": REMEDIES[one.kind],
        }
        for one in page
    ]
    checked_at = datetime.fromisoformat(report.checked_at) if report else None
    context = {
        "page": page,
        "rows": rows,
        "checked_at": checked_at,
        "is_overdue": checked_at is not None and timezone.now() - checked_at > _OVERDUE,
        "total": sum(report.counts.values()) if report else 0,
    }
    return render(request, "desk/nightly.html", context)
