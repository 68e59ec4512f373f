"""Who may open the pages of agreements, contracts, refused sales and parents."""

from __future__ import annotations

from typing import Any

from fees.models import (
    AccountDocument,
    AccountFreeze,
    Contract,
    ContractUpload,
    Lesson,
    MonthStatement,
    PersonalRequest,
    RefundRequest,
    RefusedSale,
)
from tests.access.roles import OFFICES

SUPERVISOR = frozenset({"fee_supervisor"})
MANAGER = frozenset({"institution_manager"})
PARENT = frozenset({"parent"})
READERS = OFFICES - {"inspector"}
SALE_READERS = READERS | {"inspector"}

CONTRACTS_WHO: dict[str, frozenset[str]] = {
    # what an agreement brings: the fee supervisor's, and a document is read at every fee desk
    "fees:escrow_hold": SUPERVISOR,
    "fees:escrow_lift": SUPERVISOR,
    "fees:escrow_document_new": SUPERVISOR,
    "fees:escrow_document": READERS,
    "fees:escrow_freeze": SUPERVISOR,
    "fees:escrow_freeze_end": SUPERVISOR,
    "fees:escrow_change": SUPERVISOR,
    "fees:escrow_change_complete": SUPERVISOR,
    # money that came in; a refused sale is a lead for inspectors too
    "fees:contract_payment": SUPERVISOR,
    "fees:retention": SUPERVISOR,
    "fees:refused_sales": SALE_READERS,
    "fees:refused_sale": SALE_READERS,
    "fees:refused_sale_receive": SUPERVISOR,
    "fees:refused_sale_return": SUPERVISOR,
    # the institution's own contracts and statements
    "fees:own_contracts": MANAGER,
    "fees:own_contract_new": MANAGER,
    "fees:own_contract": MANAGER,
    "fees:contract_upload_form": MANAGER,
    "fees:contract_upload_template": MANAGER,
    "fees:contract_upload": MANAGER,
    "fees:contract_upload_columns": MANAGER,
    "fees:contract_upload_again": MANAGER,
    "fees:contract_upload_returned": MANAGER,
    "fees:own_contract_link": MANAGER,
    "fees:own_contract_link_revoke": MANAGER,
    "fees:own_contract_people": MANAGER,
    "fees:own_request_decide": MANAGER,
    "fees:month_statement_issue": MANAGER,
    "fees:month_statement_pdf": MANAGER,
    "fees:month_statement_workbook": MANAGER,
    # a parent's own
    "fees:parent_contract": PARENT,
    "fees:parent_data": PARENT,
    "fees:parent_correct": PARENT,
    "fees:parent_erase": PARENT,
    "fees:parent_refund": PARENT,
    "fees:parent_refund_withdraw": PARENT,
    "fees:parent_answer": PARENT,
    "fees:parent_undo": PARENT,
}


def contracts_kwargs(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of the addresses; what a small district has none of is hidden from everybody."""
    contract = Contract.objects.first() or objects["account"]
    stand_in = objects["account"].public_id
    sale = RefusedSale.objects.first()
    lesson, asked = Lesson.objects.first(), PersonalRequest.objects.first()
    refund, statement = RefundRequest.objects.first(), MonthStatement.objects.first()
    document, freeze = AccountDocument.objects.first(), AccountFreeze.objects.first()
    ids = {
        "document_id": stand_in if document is None else document.public_id,
        "freeze_id": stand_in if freeze is None else freeze.public_id,
        "lesson_id": stand_in if lesson is None else lesson.public_id,
        "statement_id": stand_in if statement is None else statement.public_id,
    }
    asks = stand_in if asked is None else asked.public_id
    refunds = stand_in if refund is None else refund.public_id
    named = {name: ids | {"public_id": contract.public_id} for name in CONTRACTS_WHO}
    for name in named:
        if name.startswith("fees:escrow_") or name == "fees:month_statement_issue":
            named[name] = ids | {"public_id": stand_in}
        if name.startswith("fees:refused_sale"):
            named[name] = {"public_id": stand_in if sale is None else sale.public_id}
    uploaded = ContractUpload.objects.first()
    for name in ("fees:contract_upload_form", "fees:contract_upload_template", "fees:retention"):
        del named[name]
    for name in named:
        if name.startswith("fees:contract_upload"):
            named[name] = {"public_id": stand_in if uploaded is None else uploaded.public_id}
    named["fees:own_request_decide"] = {"request_id": asks}
    named["fees:parent_refund_withdraw"] = {"request_id": refunds}
    return named
