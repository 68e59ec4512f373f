"""Agreements, contracts, refused sales, month statements and the parent's pages."""

from __future__ import annotations

from django.urls import path

from fees.views import (
    agreement_steps,
    contract_columns,
    contract_uploads,
    desk_sales,
    month_statements,
    parents,
    portal_contracts,
    retention,
)

_ESCROW = "desk/escrow/<uuid:public_id>/"
_OWN = "portal/contracts/<uuid:public_id>/"
_UPLOAD = "portal/contracts/uploads/<uuid:public_id>/"
_PARENT = "parent/contracts/<uuid:public_id>/"

urlpatterns = [
    # the desk: what the agreement brings
    path(f"{_ESCROW}hold/", agreement_steps.escrow_hold, name="escrow_hold"),
    path(f"{_ESCROW}lift/", agreement_steps.escrow_lift, name="escrow_lift"),
    path(
        f"{_ESCROW}documents/new/",
        agreement_steps.escrow_document_new,
        name="escrow_document_new",
    ),
    path(f"{_ESCROW}freeze/", agreement_steps.escrow_freeze, name="escrow_freeze"),
    path(f"{_ESCROW}change/", agreement_steps.escrow_change, name="escrow_change"),
    path(
        f"{_ESCROW}change/complete/",
        agreement_steps.escrow_change_complete,
        name="escrow_change_complete",
    ),
    path(
        "desk/escrow/documents/<uuid:document_id>/",
        agreement_steps.escrow_document,
        name="escrow_document",
    ),
    path(
        "desk/escrow/freezes/<uuid:freeze_id>/end/",
        agreement_steps.escrow_freeze_end,
        name="escrow_freeze_end",
    ),
    # the desk: payments, and sales that were refused
    path(
        "desk/contracts/<uuid:public_id>/payment/",
        desk_sales.contract_payment,
        name="contract_payment",
    ),
    path("desk/contracts/retention/", retention.retention, name="retention"),
    path("desk/sales/refused/", desk_sales.refused_sale_list, name="refused_sales"),
    path("desk/sales/refused/<uuid:public_id>/", desk_sales.refused_sale_page, name="refused_sale"),
    path(
        "desk/sales/refused/<uuid:public_id>/receive/",
        desk_sales.refused_sale_receive,
        name="refused_sale_receive",
    ),
    path(
        "desk/sales/refused/<uuid:public_id>/return/",
        desk_sales.refused_sale_return,
        name="refused_sale_return",
    ),
    # the institution
    path("portal/contracts/", portal_contracts.own_contracts, name="own_contracts"),
    path("portal/contracts/new/", portal_contracts.own_contract_new, name="own_contract_new"),
    path(
        "portal/contracts/uploads/",
        contract_uploads.contract_upload_form,
        name="contract_upload_form",
    ),
    path(
        "portal/contracts/uploads/template/",
        contract_uploads.contract_upload_template,
        name="contract_upload_template",
    ),
    path(_UPLOAD, contract_uploads.contract_upload, name="contract_upload"),
    path(
        f"{_UPLOAD}columns/",
        contract_columns.contract_upload_columns,
        name="contract_upload_columns",
    ),
    path(f"{_UPLOAD}again/", contract_uploads.contract_upload_again, name="contract_upload_again"),
    path(
        f"{_UPLOAD}returned/",
        contract_uploads.contract_upload_returned,
        name="contract_upload_returned",
    ),
    path(_OWN, portal_contracts.own_contract, name="own_contract"),
    path(f"{_OWN}link/", portal_contracts.own_contract_link, name="own_contract_link"),
    path(
        f"{_OWN}link/revoke/",
        portal_contracts.own_contract_link_revoke,
        name="own_contract_link_revoke",
    ),
    path(f"{_OWN}people/", portal_contracts.own_contract_people, name="own_contract_people"),
    path(
        "portal/contracts/corrections/<uuid:request_id>/",
        portal_contracts.own_request_decide,
        name="own_request_decide",
    ),
    path(
        "portal/escrow/<uuid:public_id>/statements/",
        month_statements.month_statement_issue,
        name="month_statement_issue",
    ),
    path(
        "portal/escrow/statements/<uuid:statement_id>/pdf/",
        month_statements.month_statement_pdf,
        name="month_statement_pdf",
    ),
    path(
        "portal/escrow/statements/<uuid:statement_id>/xlsx/",
        month_statements.month_statement_workbook,
        name="month_statement_workbook",
    ),
    # parents
    path(_PARENT, parents.parent_contract, name="parent_contract"),
    path(f"{_PARENT}data/", parents.parent_data, name="parent_data"),
    path(f"{_PARENT}correct/", parents.parent_correct, name="parent_correct"),
    path(f"{_PARENT}erase/", parents.parent_erase, name="parent_erase"),
    path(f"{_PARENT}refund/", parents.parent_refund, name="parent_refund"),
    path(
        "parent/refunds/<uuid:request_id>/withdraw/",
        parents.parent_refund_withdraw,
        name="parent_refund_withdraw",
    ),
    path("parent/lessons/<uuid:lesson_id>/answer/", parents.parent_answer, name="parent_answer"),
    path("parent/lessons/<uuid:lesson_id>/undo/", parents.parent_undo, name="parent_undo"),
]
