"""The register at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import (
    premises,
    register,
    register_changes,
    register_import,
    register_licences,
)

app_name = "register"

_ENTRY = "desk/register/<uuid:public_id>/"
_PAPER = f"{_ENTRY}licences/<uuid:paper_id>/"
_PLACE = f"{_ENTRY}premises/<uuid:place_id>/"

urlpatterns = [
    path("desk/register/", register.register_list, name="list"),
    path("desk/register/new/", register.register_new, name="new"),
    path("desk/register/verify/", register.verify_selected, name="verify_selected"),
    path("desk/register/import/", register_import.import_page, name="import"),
    path("desk/register/import/template/", register_import.import_template, name="template"),
    path(
        "desk/register/imports/<uuid:public_id>/",
        register_import.import_detail,
        name="import_detail",
    ),
    path(_ENTRY, register.register_detail, name="detail"),
    path(f"{_ENTRY}correct/", register_changes.correct_page, name="correct"),
    path(f"{_ENTRY}verify/", register_changes.verify_entry, name="verify"),
    path(f"{_ENTRY}change/<slug:what>/", register_changes.change_page, name="change"),
    path(f"{_ENTRY}licences/new/", register_licences.licence_new, name="licence_new"),
    path(f"{_PAPER}correct/", register_licences.licence_edit, name="licence_edit"),
    path(f"{_PAPER}<slug:move>/", register_licences.licence_move, name="licence_move"),
    path(f"{_ENTRY}premises/new/", premises.premises_new, name="premises_new"),
    path(f"{_PLACE}correct/", premises.premises_edit, name="premises_edit"),
    path(f"{_PLACE}close/", premises.premises_close, name="premises_close"),
]
