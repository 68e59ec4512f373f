"""Who may open the pages of plans, orders, leads and credit tiers, and what they name."""

from __future__ import annotations

from typing import Any

from inspections.models import AnnualPlan, CreditEvent, InspectionOrder, Lead, TierProposal
from regulator.accounts.models import Appointment
from tests.access.review import EVERYONE, EXPERT, MANAGER, READERS

COORDINATOR = frozenset({"inspection_coordinator"})
PREPARING = COORDINATOR | {"enforcement_officer"}
APPROVING = COORDINATOR | {"district_leader"}
CLERK = frozenset({"complaints_clerk"})

PLANS_WHO: dict[str, frozenset[str]] = {
    "inspections:public_plans": EVERYONE,
    "inspections:public_plan": EVERYONE,
    "inspections:plans": READERS,
    "inspections:plan": READERS,
    "inspections:new_plan": COORDINATOR,
    "inspections:edit_plan": COORDINATOR,
    "inspections:new_plan_line": COORDINATOR,
    "inspections:edit_plan_line": COORDINATOR,
    "inspections:remove_plan_line": COORDINATOR,
    "inspections:send_back_plan": APPROVING,
    "inspections:move_plan": COORDINATOR,
    "inspections:orders": READERS,
    "inspections:order": READERS,
    "inspections:move_order": APPROVING,
    "inspections:new_order": PREPARING,
    "inspections:edit_order": PREPARING,
    "inspections:withdraw_order": PREPARING,
    "inspections:replace_order_member": PREPARING,
    "inspections:approve_order_member": APPROVING,
    "inspections:decline_order_member": APPROVING,
    # leads are open to every officer, experts too
    "inspections:leads": READERS | EXPERT,
    "inspections:new_lead": READERS | EXPERT,
    "inspections:answer_lead": PREPARING,
    "inspections:tiers": READERS,
    "inspections:tier": READERS,
    "inspections:approve_tier": APPROVING,
    "inspections:answer_tier": COORDINATOR,
    "inspections:withdraw_tier": COORDINATOR,
    "pages:tier_by_hand": COORDINATOR,
    "inspections:upheld_complaints": READERS,
    "inspections:new_upheld_complaint": CLERK,
    "inspections:revoke_upheld_complaint": CLERK,
    "inspections:upheld_complaint_document": READERS,
    "inspections:own_tier": MANAGER,
    "inspections:object_to_tier": MANAGER,
}


def plans_kwargs() -> dict[str, dict[str, Any]]:
    """The parts of each address: the seeded plan, an order, a lead, a proposal, a complaint."""
    plan = AnnualPlan.objects.get(state="published")
    order, manager = InspectionOrder.objects.earliest("id"), _shown()
    proposal = TierProposal.objects.filter(institution__public_id=manager.institution).first()
    by_id = {
        "plan": plan,
        "new_plan_line": plan,
        "edit_plan": plan,
        "send_back_plan": plan,
        "edit_plan_line": plan.lines.earliest("id"),
        "remove_plan_line": plan.lines.earliest("id"),
        "answer_lead": Lead.objects.filter(state="open").earliest("id"),
        "tier": proposal,
        "approve_tier": proposal,
        "answer_tier": proposal,
        "withdraw_tier": proposal,
        "object_to_tier": proposal,
        "revoke_upheld_complaint": CreditEvent.objects.earliest("id"),
        "upheld_complaint_document": CreditEvent.objects.earliest("id"),
    }
    named = {
        "public_plan": {"year": plan.year},
        "move_plan": {"public_id": plan.public_id, "move": "submit"},
        "move_order": {"number": order.number, "move": "approve"},
        **{
            name: {"number": order.number, "public_id": order.public_id}
            for name in ("replace_order_member", "approve_order_member", "decline_order_member")
        },
        **{name: {"number": order.number} for name in ("order", "edit_order", "withdraw_order")},
        **{name: {"public_id": row.public_id} for name, row in by_id.items() if row},
    }
    return {f"inspections:{name}": parts for name, parts in named.items()}


def _shown() -> Appointment:
    return Appointment.objects.get(role="institution_manager", user__username="institution_manager")
