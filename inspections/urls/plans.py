"""Orders outside the draw and leads, the annual plan, credit tiers."""

from __future__ import annotations

from django.urls import path

from inspections.views import credit, order_members, orders, plans

urlpatterns = [
    path("plans/", plans.public_plan_list, name="public_plans"),
    path("plans/<int:year>/", plans.public_plan_page, name="public_plan"),
    path("desk/inspection-plans/", plans.plan_list, name="plans"),
    path("desk/inspection-plans/new/", plans.new_plan, name="new_plan"),
    path("desk/inspection-plans/<uuid:public_id>/", plans.plan_page, name="plan"),
    path("desk/inspection-plans/<uuid:public_id>/edit/", plans.edit_plan, name="edit_plan"),
    path("desk/inspection-plans/<uuid:public_id>/lines/new/", plans.new_line, name="new_plan_line"),
    path(
        "desk/inspection-plans/<uuid:public_id>/send-back/",
        plans.send_back_page,
        name="send_back_plan",
    ),
    path("desk/inspection-plans/<uuid:public_id>/<str:move>/", plans.move_plan, name="move_plan"),
    path("desk/plan-lines/<uuid:public_id>/", plans.edit_line, name="edit_plan_line"),
    path(
        "desk/plan-lines/<uuid:public_id>/remove/", plans.remove_line_now, name="remove_plan_line"
    ),
    path("desk/inspection-orders/", orders.order_list, name="orders"),
    path("desk/inspection-orders/new/", orders.new_order, name="new_order"),
    path("desk/inspection-orders/<str:number>/", orders.order_page, name="order"),
    path("desk/inspection-orders/<str:number>/edit/", orders.edit_order, name="edit_order"),
    path(
        "desk/inspection-orders/<str:number>/withdraw/",
        orders.withdraw_page,
        name="withdraw_order",
    ),
    path(
        "desk/inspection-orders/<str:number>/move/<str:move>/",
        orders.move_order,
        name="move_order",
    ),
    path(
        "desk/inspection-orders/<str:number>/members/<uuid:public_id>/replace/",
        order_members.replace_order_member,
        name="replace_order_member",
    ),
    path(
        "desk/inspection-orders/<str:number>/replacements/<uuid:public_id>/approve/",
        order_members.approve_member,
        name="approve_order_member",
    ),
    path(
        "desk/inspection-orders/<str:number>/replacements/<uuid:public_id>/decline/",
        order_members.decline_member,
        name="decline_order_member",
    ),
    path("desk/inspection-leads/", orders.lead_list, name="leads"),
    path("desk/inspection-leads/new/", orders.new_lead, name="new_lead"),
    path("desk/inspection-leads/<uuid:public_id>/", orders.answer_lead_page, name="answer_lead"),
    path("desk/credit-tiers/", credit.tier_list, name="tiers"),
    path("desk/credit-tiers/<uuid:public_id>/", credit.tier_page, name="tier"),
    path("desk/credit-tiers/<uuid:public_id>/approve/", credit.approve_tier, name="approve_tier"),
    path("desk/credit-tiers/<uuid:public_id>/answer/", credit.answer_tier, name="answer_tier"),
    path(
        "desk/credit-tiers/<uuid:public_id>/withdraw/",
        credit.withdraw_tier_page,
        name="withdraw_tier",
    ),
    path("desk/upheld-complaints/", credit.complaint_list, name="upheld_complaints"),
    path("desk/upheld-complaints/new/", credit.new_complaint, name="new_upheld_complaint"),
    path(
        "desk/upheld-complaints/<uuid:public_id>/revoke/",
        credit.revoke_complaint_page,
        name="revoke_upheld_complaint",
    ),
    path(
        "desk/upheld-complaints/<uuid:public_id>/document/",
        credit.complaint_document,
        name="upheld_complaint_document",
    ),
    path("portal/credit-tier/", credit.own_tier, name="own_tier"),
    path("portal/credit-tier/<uuid:public_id>/object/", credit.object_page, name="object_to_tier"),
]
