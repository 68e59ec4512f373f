"""The institution of the filings' tests, with its manager and the reviewer."""

from __future__ import annotations

from tests.institutions.filings.conftest import calendar, institution, manager, reviewer

__all__ = ["calendar", "institution", "manager", "reviewer"]
