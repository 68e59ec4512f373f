"""The daily look at waivers: what has ended, what ends soon."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from institutions.services.waivers import end_waivers
from regulator.kernel.actors import SYSTEM


@shared_task(name="institutions.end_waivers")
def end_waivers_daily() -> None:
    """End what is over and list what ends soon; safe to run twice."""
    end_waivers(actor=SYSTEM, at=timezone.now())
