"""Who may open the pages after the visit: written by hand, and never derived from the policy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.access.roles import EVERYONE, OFFICES

READERS = OFFICES
HANDLERS = frozenset({"inspector", "enforcement_officer"})
ENFORCER = frozenset({"enforcement_officer"})
COORDINATOR = frozenset({"inspection_coordinator"})
WITHHOLDING = frozenset({"legal_reviewer", "district_leader"})
MANAGER = frozenset({"institution_manager"})
_NOBODYS = UUID("00000000-0000-7000-8000-000000000000")

FINDINGS_WHO: dict[str, frozenset[str]] = {
    "inspections:public_statistics": EVERYONE,
    "inspections:findings": READERS,
    "inspections:finding": READERS,
    "inspections:finding_photo": READERS,
    "inspections:confirm_finding": HANDLERS,
    "inspections:move_finding": HANDLERS,
    "inspections:cases": READERS,
    "inspections:case": READERS,
    "inspections:conclude_case": ENFORCER,
    "inspections:rectifications": READERS,
    "inspections:rectification": READERS,
    "inspections:move_rectification": ENFORCER,
    "inspections:proof_file": READERS,
    "inspections:results": READERS,
    "inspections:publish_result": COORDINATOR,
    "inspections:withhold_result": WITHHOLDING,
    "inspections:ask_withholding": COORDINATOR,
    "inspections:decline_withholding": WITHHOLDING,
    "inspections:correct_result": COORDINATOR,
    "inspections:answer_objection": COORDINATOR,
    "inspections:statistics": READERS,
    "inspections:statistics_file": READERS,
    "inspections:own_rectifications": MANAGER,
    "inspections:own_rectification": MANAGER,
    "inspections:receive_rectification": MANAGER,
    "inspections:own_proof": MANAGER,
    "inspections:object_result": MANAGER,
    "inspections:rate_visit": MANAGER,
    "inspections:own_safety": MANAGER,
    "inspections:own_safety_new": MANAGER,
}

# Which thing an address names does not matter here: what may not be read is hidden from whoever
# may open the page, and closed to everybody else. Rows of the things are in tests/inspections.
_THINGS = (
    "finding",
    "finding_photo",
    "case",
    "conclude_case",
    "rectification",
    "publish_result",
    "withhold_result",
    "ask_withholding",
    "decline_withholding",
    "correct_result",
    "answer_objection",
    "own_rectification",
    "receive_rectification",
    "object_result",
    "rate_visit",
)


def findings_kwargs() -> dict[str, dict[str, Any]]:
    """The parts of the addresses: things that nobody has."""
    return {
        **{f"inspections:{name}": {"public_id": _NOBODYS} for name in _THINGS},
        "inspections:confirm_finding": {"client_id": _NOBODYS},
        "inspections:move_finding": {"public_id": _NOBODYS, "move": "refer"},
        "inspections:move_rectification": {"public_id": _NOBODYS, "move": "close"},
        "inspections:proof_file": {"public_id": _NOBODYS, "proof_id": _NOBODYS, "place": 1},
        "inspections:own_proof": {"public_id": _NOBODYS, "proof_id": _NOBODYS, "place": 1},
        "inspections:own_safety_new": {"kind": "patrol"},
    }
