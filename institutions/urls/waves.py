"""Addresses of waves at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import wave_decisions, waves

app_name = "waves"

_WAVE = "desk/waves/<uuid:public_id>/"

urlpatterns = [
    path("desk/waves/", waves.wave_list, name="list"),
    path("desk/waves/new/", waves.wave_new, name="new"),
    path(_WAVE, waves.wave_page, name="wave"),
    path(f"{_WAVE}open/", waves.wave_open, name="open"),
    path(f"{_WAVE}add/", waves.member_add, name="add"),
    path(f"{_WAVE}excuse/<uuid:institution_id>/", waves.member_excuse, name="excuse"),
    path(f"{_WAVE}propose/", wave_decisions.propose, name="propose"),
    path(f"{_WAVE}decisions/", wave_decisions.decision_list, name="decisions"),
    path(f"{_WAVE}countersign/", wave_decisions.countersign, name="countersign"),
]
