"""Who may do what: one table of action, role and how far it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.roles import OFFICERS, Role


class Reach(StrEnum):
    """How far a grant reaches from the desk it is held at."""

    DEPARTMENT = "department"  # own division, and own department where the target names one
    DIVISION = "division"  # own division, every department
    CITY = "city"  # own division and those below it
    INSTITUTION = "institution"  # own institution only


Grants = Mapping[Role, Reach]


def _each(roles: frozenset[Role] | set[Role], reach: Reach) -> dict[Role, Reach]:
    """The same reach for several roles; the city supervisor always reaches the city."""
    return {
        role: Reach.CITY if role == Role.CITY_SUPERVISOR and reach is Reach.DIVISION else reach
        for role in roles
    }


_LEADERS = {Role.DISTRICT_LEADER, Role.CITY_SUPERVISOR}

GRANTS: Mapping[Action, Grants] = {
    Action.DESK_ENTER: _each(OFFICERS, Reach.DIVISION),
    Action.PORTAL_ENTER: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.FIELD_ENTER: {
        Role.INSPECTOR: Reach.DIVISION,
        Role.ENFORCEMENT_OFFICER: Reach.DIVISION,
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
    },
    Action.PARENT_ENTER: {Role.PARENT: Reach.DIVISION},
    Action.ACCOUNT_READ: _each({Role.ADMINISTRATOR} | _LEADERS, Reach.DIVISION),
    Action.ACCOUNT_MANAGE: {Role.ADMINISTRATOR: Reach.DIVISION},
    Action.STAND_IN_APPOINT: _each(OFFICERS, Reach.DIVISION),
    Action.HAND_OVER: _each(OFFICERS, Reach.DIVISION),
    Action.AUDIT_READ: _each({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER} | _LEADERS, Reach.DIVISION),
    Action.CALENDAR_READ: _each(OFFICERS, Reach.DIVISION),
    Action.CALENDAR_EDIT: {
        Role.ADMINISTRATOR: Reach.DIVISION,
        Role.FILING_REVIEWER: Reach.DIVISION,
    },
    Action.SETTING_EDIT: {Role.ADMINISTRATOR: Reach.DIVISION},
    # Calendars and settings take effect when a second person signs, as reference tables do.
    Action.CALENDAR_APPROVE: {
        Role.FILING_REVIEWER: Reach.DEPARTMENT,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.REFERENCE_READ: _each(OFFICERS, Reach.DIVISION),
    # The tables are the education department's; another one's reviewer reads them.
    Action.REFERENCE_EDIT: {
        Role.FILING_REVIEWER: Reach.DEPARTMENT,
        Role.ADMINISTRATOR: Reach.DIVISION,
    },
    Action.REFERENCE_APPROVE: {
        Role.FILING_REVIEWER: Reach.DEPARTMENT,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.JOB_READ: _each(OFFICERS, Reach.DIVISION)
    | {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.JOB_STEER: _each(OFFICERS - _LEADERS, Reach.DIVISION)
    | {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.REGISTER_READ: _each(OFFICERS, Reach.DIVISION),
    Action.REGISTER_EDIT: {Role.LICENSING_OFFICER: Reach.DEPARTMENT},
    Action.REGISTER_IMPORT: {
        Role.LICENSING_OFFICER: Reach.DIVISION,
        Role.ADMINISTRATOR: Reach.DIVISION,
    },
    Action.LICENCE_DECIDE: {Role.LICENSING_OFFICER: Reach.DEPARTMENT},
    Action.PAPER_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.PAPER_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    # A leader's countersignature issues what it decides, whichever department prepared it.
    Action.PAPER_ISSUE: {
        Role.LICENSING_OFFICER: Reach.DEPARTMENT,
        Role.ENFORCEMENT_OFFICER: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.PAPER_SERVE: {
        Role.LICENSING_OFFICER: Reach.DEPARTMENT,
        Role.ENFORCEMENT_OFFICER: Reach.DIVISION,
    },
    Action.JOURNEY_APPLY: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.JOURNEY_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.JOURNEY_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.JOURNEY_HANDLE: {Role.LICENSING_OFFICER: Reach.DEPARTMENT},
    Action.JOURNEY_COUNTERSIGN: {Role.DISTRICT_LEADER: Reach.DIVISION},
    Action.PENALTY_HANDLE: {Role.ENFORCEMENT_OFFICER: Reach.DEPARTMENT},
    Action.PENALTY_REVIEW: {Role.LEGAL_REVIEWER: Reach.DIVISION},
    Action.WAVE_MANAGE: {Role.LICENSING_OFFICER: Reach.DIVISION},
    # Staff records hold more than the public may see: who decides or checks on them reads them.
    Action.STAFF_READ: _each(
        OFFICERS - {Role.EXPERT, Role.FEE_SUPERVISOR, Role.ADMINISTRATOR}, Reach.DIVISION
    ),
    Action.STAFF_EDIT: {Role.LICENSING_OFFICER: Reach.DEPARTMENT},
    Action.STAFF_KEEP_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.NOTICE_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.NOTICE_READ: _each(OFFICERS, Reach.DIVISION),
    Action.CONTACT_EDIT: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.CONTACT_REVEAL: {
        Role.LICENSING_OFFICER: Reach.DIVISION,
        Role.FILING_REVIEWER: Reach.DIVISION,
    },
    Action.FILING_FILE: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.FILING_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.FILING_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.FILING_REVIEW: {Role.FILING_REVIEWER: Reach.DEPARTMENT},
    # A trial writes nothing but itself: whoever proposes or signs a table may look first.
    Action.FILING_TRY: {
        Role.FILING_REVIEWER: Reach.DIVISION,
        Role.ADMINISTRATOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    # The secretary of the expert group alone knows who its members are.
    Action.PANEL_MANAGE: {Role.ADMINISTRATOR: Reach.DIVISION},
    Action.APPRAISAL_VOTE: {Role.EXPERT: Reach.DIVISION},
    Action.APPRAISAL_ANSWER: {Role.CITY_SUPERVISOR: Reach.CITY},
    Action.WAIVER_APPROVE: {
        Role.FILING_REVIEWER: Reach.DEPARTMENT,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.MATERIAL_KEEP: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.MATERIAL_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.MATERIAL_CHECK: {Role.FILING_REVIEWER: Reach.DEPARTMENT},
    Action.DRAW_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    # The leader reads everything but unrevealed draws: who is drawn must not travel upwards.
    Action.DRAW_READ_SEALED: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.DRAW_PREPARE: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.DRAW_APPROVE: {
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.DRAW_RUN: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.DRAW_REVEAL: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.DRAW_VOID: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.PLAN_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.PLAN_PREPARE: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.PLAN_APPROVE: {
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.ORDER_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    # An order is its lead department's; the leader may approve that of any.
    Action.ORDER_PREPARE: {
        Role.INSPECTION_COORDINATOR: Reach.DEPARTMENT,
        Role.ENFORCEMENT_OFFICER: Reach.DEPARTMENT,
    },
    Action.ORDER_APPROVE: {
        Role.INSPECTION_COORDINATOR: Reach.DEPARTMENT,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    # Whoever may not inspect may still say what they saw.
    Action.LEAD_REPORT: _each(OFFICERS, Reach.DIVISION),
    Action.TIER_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.TIER_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.TIER_OBJECT: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.TIER_HANDLE: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.TIER_APPROVE: {
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.CREDIT_RECORD: {Role.COMPLAINTS_CLERK: Reach.DIVISION},
    Action.INSPECTOR_MANAGE: {
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
        Role.ADMINISTRATOR: Reach.DIVISION,
    },
    Action.ITEM_PUBLISH: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.CHECKLIST_PRINT: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.VISIT: {Role.INSPECTOR: Reach.DIVISION, Role.ENFORCEMENT_OFFICER: Reach.DIVISION},
    Action.VISIT_PLAN: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    # The leader approves the visits of a draw by their number, without the sealed names.
    Action.VISIT_APPROVE: {
        Role.INSPECTION_COORDINATOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.VISIT_KEEP: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    Action.FINDING_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    # A finding is its item's department's; another one refers it.
    Action.FINDING_HANDLE: {
        Role.INSPECTOR: Reach.DEPARTMENT,
        Role.ENFORCEMENT_OFFICER: Reach.DEPARTMENT,
    },
    Action.RECTIFICATION_HANDLE: {Role.ENFORCEMENT_OFFICER: Reach.DEPARTMENT},
    Action.RECTIFICATION_ANSWER: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.RESULT_PUBLISH: {Role.INSPECTION_COORDINATOR: Reach.DIVISION},
    # Whoever publishes does not decide what is withheld.
    Action.RESULT_WITHHOLD: {
        Role.LEGAL_REVIEWER: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.SAFETY_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    Action.SAFETY_KEEP: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.ESCROW_READ: _each(OFFICERS - {Role.EXPERT, Role.INSPECTOR}, Reach.DIVISION),
    Action.ESCROW_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.ESCROW_EDIT: {Role.FEE_SUPERVISOR: Reach.DIVISION},
    # A refused sale, a training loan above all, is a lead for inspectors too; it names nobody.
    Action.SALE_READ: _each(OFFICERS - {Role.EXPERT}, Reach.DIVISION),
    # Contracts and lessons are the institution's to enter; the supervisor stands in for it.
    Action.CONTRACT_KEEP: {
        Role.INSTITUTION_MANAGER: Reach.INSTITUTION,
        Role.FEE_SUPERVISOR: Reach.DIVISION,
    },
    # A refund is the parent's to ask for and to take back; the others write down what was said.
    Action.REFUND_ASK: {
        Role.PARENT: Reach.DIVISION,
        Role.INSTITUTION_MANAGER: Reach.INSTITUTION,
        Role.FEE_SUPERVISOR: Reach.DIVISION,
    },
    Action.REFUND_WITHDRAW: {Role.PARENT: Reach.DIVISION, Role.FEE_SUPERVISOR: Reach.DIVISION},
    Action.REFUND_READ: _each(OFFICERS - {Role.EXPERT, Role.INSPECTOR}, Reach.DIVISION),
    Action.REFUND_READ_OWN: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.REFUND_ANSWER: {Role.INSTITUTION_MANAGER: Reach.INSTITUTION},
    Action.REFUND_HANDLE: {Role.FEE_SUPERVISOR: Reach.DIVISION},
    Action.CLOSURE_PREPARE: {Role.FEE_SUPERVISOR: Reach.DIVISION},
    # Another person signs: the leader, or a second fee supervisor.
    Action.CLOSURE_SIGN: {
        Role.FEE_SUPERVISOR: Reach.DIVISION,
        Role.DISTRICT_LEADER: Reach.DIVISION,
    },
    Action.WARNING_READ: _each(
        {Role.FEE_SUPERVISOR, Role.ENFORCEMENT_OFFICER, Role.LICENSING_OFFICER} | _LEADERS,
        Reach.DIVISION,
    ),
    Action.WARNING_HANDLE: {Role.FEE_SUPERVISOR: Reach.DIVISION},
}
