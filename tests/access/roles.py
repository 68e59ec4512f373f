"""The roles, and the sets of them that the tables of several rooms name."""

from __future__ import annotations

OFFICES = frozenset(
    {
        "licensing_officer",
        "filing_reviewer",
        "fee_supervisor",
        "inspection_coordinator",
        "inspector",
        "enforcement_officer",
        "legal_reviewer",
        "complaints_clerk",
        "district_leader",
        "city_supervisor",
        "administrator",
    }
)
EVERYONE = OFFICES | {"expert", "institution_manager", "parent", "visitor"}
