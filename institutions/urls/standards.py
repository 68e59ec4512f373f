"""Addresses of the setting standards at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import standards

app_name = "standards"

urlpatterns = [
    path("desk/standards/", standards.standards_page, name="list"),
    path("desk/standards/new/", standards.standard_new, name="new"),
    path("desk/standards/<uuid:public_id>/end/", standards.standard_end, name="end"),
]
