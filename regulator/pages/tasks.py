"""Work of the night that looks at more than one app."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from regulator.pages.services.nightly import check_invariants, keep_report


@shared_task(name="pages.check_invariants")
def check_invariants_nightly() -> None:
    """Check what should never be and keep the result; safe to run twice."""
    keep_report(check_invariants(at=timezone.now()))
