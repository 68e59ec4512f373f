"""Filing numbers: a division's year and a running number, given out once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from institutions.models.filing import FilingCounter


def take_numbers(*, division: str, count: int, at: datetime) -> list[str]:
    """`count` fresh numbers such as `BA510116-2026-00001`, under the counter's lock."""
    year = timezone.localtime(at).year
    FilingCounter.objects.get_or_create(division_id=division, year=year)
    counter = FilingCounter.objects.select_for_update().get(division_id=division, year=year)
    first = counter.last_number + 1
    counter.last_number += count
    counter.save(update_fields=["last_number"])
    return [f"BA{division}-{year}-{number:05d}" for number in range(first, first + count)]
