"""The roles of the house, and the entrance at which each comes in."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role; with a division and a department or an institution it makes a desk."""

    LICENSING_OFFICER = "licensing_officer"
    FILING_REVIEWER = "filing_reviewer"
    EXPERT = "expert"
    FEE_SUPERVISOR = "fee_supervisor"
    INSPECTION_COORDINATOR = "inspection_coordinator"
    INSPECTOR = "inspector"
    ENFORCEMENT_OFFICER = "enforcement_officer"
    LEGAL_REVIEWER = "legal_reviewer"
    COMPLAINTS_CLERK = "complaints_clerk"
    DISTRICT_LEADER = "district_leader"
    CITY_SUPERVISOR = "city_supervisor"
    INSTITUTION_MANAGER = "institution_manager"
    PARENT = "parent"
    ADMINISTRATOR = "administrator"
    VISITOR = "visitor"
    SYSTEM = "system"


class Entrance(StrEnum):
    """The four doors of the system; each has its own density and mood."""

    PUBLIC = "public"
    DESK = "desk"
    PORTAL = "portal"
    FIELD = "field"


OFFICERS: frozenset[Role] = frozenset(
    {
        Role.LICENSING_OFFICER,
        Role.FILING_REVIEWER,
        Role.EXPERT,
        Role.FEE_SUPERVISOR,
        Role.INSPECTION_COORDINATOR,
        Role.INSPECTOR,
        Role.ENFORCEMENT_OFFICER,
        Role.LEGAL_REVIEWER,
        Role.COMPLAINTS_CLERK,
        Role.DISTRICT_LEADER,
        Role.CITY_SUPERVISOR,
        Role.ADMINISTRATOR,
    }
)


def entrance_of(role: str) -> Entrance:
    """Where a role lands after it has logged in."""
    if role == Role.INSPECTOR:
        return Entrance.FIELD
    if role == Role.INSTITUTION_MANAGER:
        return Entrance.PORTAL
    if role in OFFICERS:
        return Entrance.DESK
    return Entrance.PUBLIC
