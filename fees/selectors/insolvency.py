"""Whether a court accepted a bankruptcy petition against an institution."""

from __future__ import annotations

from fees.core.insolvency import Acceptance
from fees.models import InsolvencyCase


def acceptance_of(institution_id: int) -> Acceptance | None:
    """The court's acceptance, or None. One query."""
    row = InsolvencyCase.objects.filter(institution=institution_id).first()
    if row is None:
        return None
    return Acceptance(row.court, row.document_number, row.accepted_on)


def case_of(institution_id: int) -> InsolvencyCase | None:
    """The row itself, for its page."""
    return InsolvencyCase.objects.filter(institution=institution_id).first()
