"""Addresses of the hand-over of many at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import transfers

app_name = "transfers"

urlpatterns = [
    path("desk/transfers/", transfers.choose_page, name="choose"),
    path("desk/transfers/<uuid:job_id>/", transfers.run_page, name="run"),
]
