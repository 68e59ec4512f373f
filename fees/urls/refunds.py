"""Pages of refunds, closures, warnings and totals."""

from __future__ import annotations

from django.urls import path

from fees.views import (
    closures,
    refund_steps,
    refunds,
    refunds_portal,
    totals,
    warnings,
)

urlpatterns = [
    path("desk/refunds/", refunds.refund_list, name="refunds"),
    path("desk/refunds/<uuid:public_id>/", refunds.refund, name="refund"),
    path("desk/refunds/<uuid:public_id>/words/", refunds.refund_words, name="refund_words"),
    path("desk/refunds/new/<uuid:contract_id>/", refund_steps.refund_new, name="refund_new"),
    path("desk/refunds/<uuid:public_id>/decide/", refund_steps.decide, name="refund_decide"),
    path("desk/refunds/<uuid:public_id>/appeal/", refund_steps.appeal, name="refund_appeal"),
    path("desk/refunds/<uuid:public_id>/pay/", refund_steps.pay, name="refund_pay"),
    path("desk/refunds/<uuid:public_id>/close/", refund_steps.close, name="refund_close"),
    path("desk/refunds/<uuid:public_id>/withdraw/", refund_steps.withdraw, name="refund_withdraw"),
    path("portal/refunds/", refunds_portal.own_refunds, name="portal_refunds"),
    path("portal/refunds/<uuid:public_id>/", refunds_portal.own_refund, name="portal_refund"),
    path(
        "portal/refunds/<uuid:public_id>/agree/",
        refunds_portal.own_agree,
        name="portal_refund_agree",
    ),
    path(
        "portal/refunds/<uuid:public_id>/dispute/",
        refunds_portal.own_dispute,
        name="portal_refund_dispute",
    ),
    path(
        "portal/refunds/<uuid:public_id>/appeal/",
        refunds_portal.own_appeal,
        name="portal_refund_appeal",
    ),
    path("desk/closures/", closures.closures, name="closures"),
    path("desk/closures/<uuid:public_id>/", closures.closure, name="closure"),
    path("desk/closures/new/<uuid:public_id>/", closures.closure_new, name="closure_new"),
    path("desk/closures/<uuid:public_id>/sign/", closures.closure_sign, name="closure_sign"),
    path(
        "desk/closures/<uuid:public_id>/discard/", closures.closure_discard, name="closure_discard"
    ),
    path(
        "desk/escrow/<uuid:public_id>/insolvency/", closures.insolvency_new, name="insolvency_new"
    ),
    path("desk/warnings/", warnings.warning_list, name="warnings"),
    path("desk/warnings/<uuid:public_id>/", warnings.warning, name="warning"),
    path("desk/warnings/<uuid:public_id>/answer/", warnings.warning_answer, name="warning_answer"),
    path(
        "desk/warnings/events/<uuid:institution_id>/new/",
        warnings.event_new,
        name="provider_event_new",
    ),
    path(
        "desk/warnings/events/<uuid:public_id>/withdraw/",
        warnings.event_withdraw,
        name="provider_event_withdraw",
    ),
    path("desk/fee-totals/", totals.fee_totals, name="fee_totals"),
    path("prepaid-fees/", totals.public_totals, name="public_totals"),
]
