"""The fictional parent's own contracts, and a sale by loan that was refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from fees.models import Contract
from fees.services.contract_entry import ContractDraft
from fees.services.parent_links import grant_contract
from fees.services.sales import enter_contract
from regulator.accounts.core.roles import Role
from regulator.accounts.selectors.people import user_by_id
from regulator.kernel.outcomes import Refused
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment


def seed_contracts_pages(*, staff: Staff, today: date) -> int:
    """Open some contracts to the parent's login; one more is refused. Returns how many open."""
    parent, supervisor = staff.actor(Role.PARENT, ""), staff.actor(Role.FEE_SUPERVISOR)
    user = user_by_id(parent.user_id or 0)
    taught = Contract.objects.filter(lessons__isnull=False, closed_on=None).order_by("pk")
    shown = list({one.institution_id: one for one in taught.distinct()}.values())[:2]
    if user is None or not shown:
        return 0
    for contract in shown:
        grant_contract(contract, user, actor=supervisor, at=moment(today))
    sold = shown[0]
    draft = ContractDraft(
        number=f"{sold.number}-A",
        filing=sold.filing,
        pupil_name="学员",
        guardian_name="监护人",
        guardian_phone="13900000000",
        consent_version=sold.consent_version,
        consented_on=today,
        lesson_count=sold.lesson_count,
        price_fen=sold.price_fen,
        signed_on=today,
        means="loan",
    )
    with suppress(Refused):  # as it must be: it stays as a lead
        enter_contract(escrow=sold.escrow, draft=draft, actor=supervisor, at=moment(today))
    return len(shown)
