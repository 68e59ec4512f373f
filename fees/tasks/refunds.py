"""The night at the refund desk: silence is agreement."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.services.refund_requests import lapse_silent_requests
from regulator.kernel.actors import SYSTEM


@shared_task(name="fees.watch_refunds")
def watch_refunds() -> None:
    """Record the silence of institutions whose term has passed; safe to run twice."""
    lapse_silent_requests(actor=SYSTEM, at=timezone.now())
