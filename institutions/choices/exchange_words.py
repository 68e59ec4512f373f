"""Values of fields as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    DOCUMENT_TYPE_LABELS,
    LEGAL_FORM_LABELS,
    Words,
)
from institutions.choices.staff import (
    BACKGROUND_LABELS,
    CERTIFICATE_KIND_LABELS,
    EMPLOYMENT_LABELS,
    STAFF_KIND_LABELS,
)

_LABELS: Mapping[str, Words] = {
    "category": CATEGORY_LABELS,
    "activity": ACTIVITY_LABELS,
    "legal_form": LEGAL_FORM_LABELS,
    "document_type": DOCUMENT_TYPE_LABELS,
    "kind": STAFF_KIND_LABELS,
    "employment": EMPLOYMENT_LABELS,
    "background": BACKGROUND_LABELS,
    "certificate_kind": CERTIFICATE_KIND_LABELS,
}


def spoken(field: str, value: str) -> str:
    """A code in words; anything else as it is."""
    return str(_LABELS.get(field, {}).get(value, value))
