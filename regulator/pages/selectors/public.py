"""What a provider's page gathers from every app, and the front page's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fees.selectors.accounts import PublishedAccount, published_account
from inspections.selectors.results import LastInspection, last_inspection
from institutions.models import Filing, Institution
from institutions.selectors.filings import approved_filings
from institutions.selectors.public_register import Provider, provider
from institutions.selectors.staff import PublicStaff, public_staff


@dataclass(frozen=True)
class ProviderPage:
    """A provider's page as of a day; `classes` are its approved ones, latest start first."""

    on: date
    provider: Provider
    account: PublishedAccount | None
    inspection: LastInspection | None
    classes: QuerySet[Filing]
    current_count: int
    staff: list[PublicStaff]


def provider_page(institution: Institution, *, on: date) -> ProviderPage:
    """The page of one institution on a day."""
    classes = approved_filings(institution)
    return ProviderPage(
        on=on,
        provider=provider(institution, on=on),
        account=published_account(institution),
        inspection=last_inspection(institution),
        classes=classes,
        current_count=classes.filter(ends_on__gte=on).count(),
        staff=public_staff(institution, on),
    )
