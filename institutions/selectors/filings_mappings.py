"""Saved mappings of an institution's lists: its own, and the bureau's for everybody.

Lists of classes where no other `target` is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from institutions.choices.exchange import FILING_TARGET
from institutions.core.exchange.filings import fits
from institutions.models import ColumnMapping, Institution


def filing_mappings(
    institution: Institution, target: str = FILING_TARGET
) -> QuerySet[ColumnMapping]:
    """The versions in use that an institution may use, its own before the bureau's."""
    rows = ColumnMapping.objects.filter(
        Q(institution=institution) | Q(institution__isnull=True),
        division=institution.division_id,
        target=target,
        is_current=True,
    )
    return rows.order_by("institution", "name", "pk")


def filing_mapping(institution: Institution, public_id: UUID) -> ColumnMapping | None:
    """One of them."""
    return filing_mappings(institution).filter(public_id=public_id).first()


def bureau_mappings(division: str) -> QuerySet[ColumnMapping]:
    """The bureau's own, which every institution of the division may use."""
    rows = ColumnMapping.objects.filter(
        division=division, institution__isnull=True, target=FILING_TARGET, is_current=True
    )
    return rows.order_by("name")


def recognised_mapping(
    institution: Institution, headers: Sequence[str], target: str = FILING_TARGET
) -> ColumnMapping | None:
    """The saved mapping that reads most of these headers, own before the bureau's; or none."""
    scored = [(fits(one.pairs, headers), one) for one in filing_mappings(institution, target)]
    fitting = [(score, one) for score, one in scored if score]
    if not fitting:
        return None
    return max(fitting, key=lambda pair: (pair[0], pair[1].institution_id is not None))[1]


def known_headers(institution: Institution, target: str = FILING_TARGET) -> tuple[str, ...]:
    """Every header that a saved mapping names: they find the header row of a file."""
    return tuple(
        {
            header
            for one in filing_mappings(institution, target)
            for header, field in one.pairs
            if field
        }
    )
