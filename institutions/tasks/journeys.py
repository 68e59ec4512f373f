"""The daily job of journeys and licences: what silence means, what lapses, who is reminded."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from institutions.services.journey_daily import run_daily

log = structlog.get_logger(__name__)


@shared_task(name="institutions.run_journeys_daily")
def run_journeys_daily() -> None:
    """Do what is due today in every division; safe to run twice."""
    report = run_daily(at=timezone.now())
    for refused in report.refused:
        log.warning("journeys.daily_refused", what=refused)
