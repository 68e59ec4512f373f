"""Pages of escrow accounts."""

from __future__ import annotations

from django.urls import path

from fees.urls import bank, contracts, refunds
from fees.views import desk, ledger, portal, steps

app_name = "fees"

urlpatterns = [
    path("desk/escrow/", desk.escrow_accounts, name="escrow_accounts"),
    path("desk/escrow/missing/", desk.escrow_missing, name="escrow_missing"),
    path("desk/escrow/new/<uuid:institution_id>/", steps.escrow_new, name="escrow_new"),
    path("desk/escrow/<uuid:public_id>/", desk.escrow_account, name="escrow_account"),
    path("desk/escrow/<uuid:public_id>/ledger/", ledger.escrow_ledger, name="escrow_ledger"),
    path("desk/contracts/<uuid:public_id>/", ledger.contract, name="contract"),
    path("desk/escrow/<uuid:public_id>/correct/", steps.escrow_correct, name="escrow_correct"),
    path("desk/escrow/<uuid:public_id>/agree/", steps.escrow_agree, name="escrow_agree"),
    path("desk/escrow/<uuid:public_id>/activate/", steps.escrow_activate, name="escrow_activate"),
    path("desk/escrow/<uuid:public_id>/publish/", steps.escrow_publish, name="escrow_publish"),
    path(
        "desk/escrow/<uuid:public_id>/unpublish/", steps.escrow_unpublish, name="escrow_unpublish"
    ),
    path("desk/escrow/<uuid:public_id>/close/", steps.escrow_close, name="escrow_close"),
    path("desk/escrow/<uuid:public_id>/number/", steps.escrow_number, name="escrow_number"),
    path("portal/escrow/", portal.portal_account, name="portal_account"),
    *bank.urlpatterns,
    *contracts.urlpatterns,
    *refunds.urlpatterns,
]
