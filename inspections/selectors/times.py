"""Moments as a bundle states them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def time_text(moment: datetime | None) -> str:
    """A moment as a bundle states it: local, with its offset; empty where it is not known."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
