"""Addresses of waivers."""

from __future__ import annotations

from django.urls import path

from institutions.views import waivers

app_name = "waivers"

_ONE = "desk/waivers/<uuid:public_id>/"

urlpatterns = [
    path("desk/waivers/", waivers.waiver_list, name="list"),
    path(_ONE, waivers.waiver, name="waiver"),
    path(f"{_ONE}approve/", waivers.approve, name="approve"),
    path(f"{_ONE}refuse/", waivers.refuse, name="refuse"),
    path(f"{_ONE}revoke/", waivers.revoke, name="revoke"),
]
