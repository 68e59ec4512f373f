"""Addresses of trials and rechecks: the desk's and the portal's."""

from __future__ import annotations

from django.urls import path

from institutions.views import rechecks_desk, rechecks_portal, trials

app_name = "rechecks"

_CASE = "desk/rechecks/<uuid:public_id>/"
_OWN = "portal/rechecks/<uuid:public_id>/"

urlpatterns = [
    path("desk/rechecks/", rechecks_desk.recheck_list, name="list"),
    path(_CASE, rechecks_desk.recheck_page, name="recheck"),
    path(f"{_CASE}notify/", rechecks_desk.notify, name="notify"),
    path(f"{_CASE}serve/", rechecks_desk.serve, name="serve"),
    path(f"{_CASE}keep/", rechecks_desk.keep, name="keep"),
    path(f"{_CASE}take-back/", rechecks_desk.take_back, name="take_back"),
    path(f"{_CASE}file/", rechecks_desk.file, name="file"),
    path("desk/trials/", trials.trial_list, name="trials"),
    path("desk/trials/new/", trials.trial_new, name="trial_new"),
    path("desk/trials/<uuid:public_id>/", trials.trial_page, name="trial"),
    path("desk/trials/<uuid:public_id>/progress/", trials.trial_progress, name="trial_progress"),
    path("portal/rechecks/", rechecks_portal.recheck_list, name="own_list"),
    path(_OWN, rechecks_portal.recheck_page, name="own"),
    path(f"{_OWN}file/", rechecks_portal.own_file, name="own_file"),
]
