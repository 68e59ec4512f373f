"""The sender of notices: called after a commit, and every minute for what waits."""

from __future__ import annotations

from celery import shared_task

from institutions.services.notice_sending import send_waiting
from institutions.services.notices import SENDING_TASK


@shared_task(name=SENDING_TASK)
def send_notices() -> None:
    """Send what is due; safe to run twice and at once."""
    send_waiting()
