"""The night's erasing of personal data whose day has come."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.services.contract_uploads import erase_due_uploads
from fees.services.retention import erase_due_contracts


@shared_task(name="fees.erase_due")
def erase_due() -> None:
    """Erase what is due of contracts, and lists of contracts; safe to run twice."""
    at = timezone.now()
    erase_due_contracts(at=at)
    erase_due_uploads(at=at)
