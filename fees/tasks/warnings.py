"""The night's look at every institution with an account under supervision."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.selectors.warnings import watched_divisions
from fees.services.warnings import watch_institutions
from regulator.kernel.actors import SYSTEM


@shared_task(name="fees.watch_institutions")
def watch_all_institutions() -> None:
    """Raise and lower warnings, division by division; safe to run twice."""
    for division in watched_divisions():
        watch_institutions(division=division, actor=SYSTEM, at=timezone.now())
