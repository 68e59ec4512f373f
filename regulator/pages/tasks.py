"""Work of the night that looks at more than one app."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from institutions.selectors.register import registering_divisions
from regulator.kernel.actors import SYSTEM
from regulator.pages.services.nightly import check_invariants, keep_report
from regulator.processes.credit_points import run_credit_tiers

log = structlog.get_logger(__name__)


@shared_task(name="pages.check_invariants")
def check_invariants_nightly() -> None:
    """Check what should never be and keep the result; safe to run twice."""
    keep_report(check_invariants(at=timezone.now()))


@shared_task(name="pages.propose_credit_tiers")
def propose_credit_tiers_nightly() -> None:
    """Let due credit tiers take effect and propose new ones; safe to run twice."""
    at = timezone.now()
    for division in registering_divisions():
        run = run_credit_tiers(division=division, actor=SYSTEM, at=at)
        log.info("credit.tiers", division=division, proposed=run.proposed, in_effect=run.in_effect)
