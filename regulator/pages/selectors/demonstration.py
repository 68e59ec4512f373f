"""Whether this database is a fictional district, which production must never serve."""

from __future__ import annotations

from django.conf import settings

from regulator.audit.selectors.chain import history_of

SEEDED_KIND = "demonstration.seeded"
SUBJECT_KIND, SUBJECT_KEY = "demonstration", "district"


def is_misplaced_demonstration() -> bool:
    """True where the settings are a real bureau's and the data a fictional district's."""
    if settings.DEMONSTRATION:
        return False
    return history_of(kind=SUBJECT_KIND, key=SUBJECT_KEY).exists()
