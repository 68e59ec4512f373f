"""The daily export of the heads."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from regulator.audit.services.heads import export_heads


@shared_task(name="audit.export_heads")
def export_heads_daily() -> None:
    """Export today's heads; safe to run twice."""
    export_heads(on=timezone.localdate())
