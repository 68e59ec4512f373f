"""Visits: the offline page and what phones send, and the desk's pages."""

from __future__ import annotations

from django.urls import path

from inspections.views import field_page, field_sync, visits

urlpatterns = [
    path("field/day/", field_page.field_day_page, name="field_day"),
    path("field/sw.js", field_page.field_worker, name="field_worker"),
    path("field/sync/v1/day/", field_sync.sync_day, name="sync_day"),
    path("field/sync/v1/records/", field_sync.sync_record, name="sync_record"),
    path("field/sync/v1/pictures/", field_sync.sync_picture, name="sync_picture"),
    path("desk/visits/", visits.visit_list, name="visits"),
    path("desk/visits/plan/<str:number>/", visits.plan_draw, name="plan_visits"),
    path("desk/visits/plan-order/<str:number>/", visits.plan_order, name="plan_order_visits"),
    path("desk/visits/approve/<str:number>/", visits.approve, name="approve_visits"),
    path("desk/visits/<uuid:public_id>/", visits.visit_page, name="visit"),
    path("desk/visits/<uuid:public_id>/photos/<uuid:photo_id>/", visits.photo, name="visit_photo"),
    path(
        "desk/visits/<uuid:public_id>/signatures/<uuid:signature_id>/",
        visits.signature,
        name="visit_signature",
    ),
    path("desk/visits/<uuid:public_id>/kept/<uuid:kept_id>/", visits.settle, name="settle_kept"),
]
