"""What is still open between a department and an institution: cases, orders to put right."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from inspections.core.findings.rectification_states import RUNNING, RectificationState
from inspections.models import RectificationOrder
from institutions.models import Journey

_RUNNING = [state.value for state in (RectificationState.ISSUED, *RUNNING)]


def open_matters(identities: Collection[UUID]) -> dict[UUID, list[str]]:
    """Numbers of open penalty cases and orders to put right, by institution. Two queries."""
    cases = Journey.objects.filter(
        institution__public_id__in=identities, kind="penalty", ended_on__isnull=True
    ).values_list("institution__public_id", "number")
    orders = RectificationOrder.objects.filter(
        institution__public_id__in=identities, state__in=_RUNNING
    ).values_list("institution__public_id", "number")
    found: dict[UUID, list[str]] = {}
    for identity, number in (*cases, *orders):
        if identity is not None:
            found.setdefault(identity, []).append(number)
    return found
