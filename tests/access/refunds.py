"""Who may open the pages of refunds, closures, warnings and totals."""

from __future__ import annotations

from typing import Any

from fees.models import ClosurePlan, ProviderEvent, RefundRequest, RiskWarning
from tests.access.roles import EVERYONE, OFFICES

SUPERVISOR = frozenset({"fee_supervisor"})
MANAGER = frozenset({"institution_manager"})
SIGNERS = frozenset({"fee_supervisor", "district_leader"})
WARNED = frozenset(
    {
        "fee_supervisor",
        "enforcement_officer",
        "licensing_officer",
        "district_leader",
        "city_supervisor",
    }
)
READERS = OFFICES - {"inspector"}

REFUNDS_WHO: dict[str, frozenset[str]] = {
    "fees:refunds": READERS,
    "fees:refund": READERS,
    "fees:refund_words": SUPERVISOR,
    "fees:refund_new": SUPERVISOR,
    "fees:refund_decide": SUPERVISOR,
    "fees:refund_appeal": SUPERVISOR,
    "fees:refund_pay": SUPERVISOR,
    "fees:refund_close": SUPERVISOR,
    "fees:refund_withdraw": SUPERVISOR,
    "fees:portal_refunds": MANAGER,
    "fees:portal_refund": MANAGER,
    "fees:portal_refund_agree": MANAGER,
    "fees:portal_refund_dispute": MANAGER,
    "fees:portal_refund_appeal": MANAGER,
    # two persons: one prepares, another signs
    "fees:closures": READERS,
    "fees:closure": READERS,
    "fees:closure_new": SUPERVISOR,
    "fees:closure_sign": SIGNERS,
    "fees:closure_discard": SUPERVISOR,
    "fees:insolvency_new": SUPERVISOR,
    "fees:warnings": WARNED,
    "fees:warning": WARNED,
    "fees:warning_answer": SUPERVISOR,
    "fees:provider_event_new": SUPERVISOR,
    "fees:provider_event_withdraw": SUPERVISOR,
    "fees:fee_totals": READERS,
    "fees:public_totals": EVERYONE,
}


def refunds_kwargs(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of the addresses; what a small district has none of is hidden from everybody."""
    account, institution = objects["account"].public_id, objects["institution"]
    request = RefundRequest.objects.first()
    own = RefundRequest.objects.filter(contract__institution=objects["shown"]).first()
    plan, warning = ClosurePlan.objects.first(), RiskWarning.objects.first()
    event = ProviderEvent.objects.first()
    named = {}
    for name in REFUNDS_WHO:
        row = request
        if "portal_refund" in name:
            row = own
        elif "closure" in name:
            row = plan
        elif "warning" in name:
            row = warning
        elif "event" in name:
            row = event
        named[name] = {"public_id": account if row is None else row.public_id}
    for name in ("fees:closure_new", "fees:insolvency_new"):
        named[name] = {"public_id": account}
    named["fees:refund_new"] = {"contract_id": objects["contract"].public_id}
    named["fees:provider_event_new"] = {"institution_id": institution.public_id}
    for name in ("refunds", "portal_refunds", "closures", "warnings", "fee_totals"):
        named[f"fees:{name}"] = {}
    named["fees:public_totals"] = {}
    return named
