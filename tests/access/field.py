"""Who may open the pages of visits and what phones ask, and what their addresses name."""

from __future__ import annotations

from typing import Any

from inspections.models import Visit
from tests.access.roles import EVERYONE, OFFICES

COORDINATOR = frozenset({"inspection_coordinator"})
FIELD = COORDINATOR | {"inspector", "enforcement_officer"}
READERS = OFFICES

FIELD_WHO: dict[str, frozenset[str]] = {
    "inspections:field_day": FIELD,
    # The worker is program and names of files alone.
    "inspections:field_worker": EVERYONE,
    "inspections:sync_day": FIELD,
    "inspections:sync_record": FIELD,
    "inspections:sync_picture": FIELD,
    "inspections:visits": READERS,
    "inspections:plan_visits": COORDINATOR,
    "inspections:plan_order_visits": COORDINATOR,
    "inspections:approve_visits": COORDINATOR | {"district_leader"},
    "inspections:visit": READERS,
    "inspections:visit_photo": READERS,
    "inspections:visit_signature": READERS,
    "inspections:settle_kept": COORDINATOR,
}


def field_kwargs() -> dict[str, dict[str, Any]]:
    """A visit of the revealed round, which every reader may know; a photo nobody took."""
    visit = Visit.objects.filter(assignment__draw_of__state="revealed").first()
    assert visit
    one = {"public_id": visit.public_id}
    return {
        "inspections:visit": one,
        "inspections:visit_photo": {**one, "photo_id": visit.public_id},
        "inspections:visit_signature": {**one, "signature_id": visit.public_id},
        "inspections:settle_kept": {**one, "kept_id": visit.public_id},
        "inspections:plan_order_visits": {"number": "none"},
    }
