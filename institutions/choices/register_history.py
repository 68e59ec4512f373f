"""The values of the register's events in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.choices.places_events import PLACES_VALUE_WORDS
from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    DOCUMENT_TYPE_LABELS,
    LEGAL_FORM_LABELS,
    LICENCE_STATE_LABELS,
    STATUS_LABELS,
    VERIFICATION_LABELS,
    Words,
)
from regulator.accounts.choices.texts import DEPARTMENT_CHOICES

_WORDS: Mapping[str, Words] = {
    "category": CATEGORY_LABELS,
    "activity": ACTIVITY_LABELS,
    "legal_form": LEGAL_FORM_LABELS,
    "document_type": DOCUMENT_TYPE_LABELS,
    "state": LICENCE_STATE_LABELS,
    "status": STATUS_LABELS,
    "verification": VERIFICATION_LABELS,
    "competent_department": dict(DEPARTMENT_CHOICES),
    "issuing_department": dict(DEPARTMENT_CHOICES),
    **PLACES_VALUE_WORDS,
}
_PERSONAL = frozenset(("legal_representative", "principal", "sponsors"))
_WITHHELD = _("（姓名，留痕只存摘要）")
_YES, _NO = _("是"), _("否")


def value_words(name: str, value: Any) -> str:
    """A value as a person reads it; people's names stand in the chain as digests only."""
    if value is None or value == "":
        return ""
    if name in _PERSONAL:
        return str(_WITHHELD)
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    return str(_WORDS.get(name, {}).get(str(value), value))
