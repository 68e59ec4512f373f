"""Addresses of training material: the portal's and the desk's."""

from __future__ import annotations

from django.urls import path

from institutions.views import materials_desk, materials_portal

app_name = "materials"

_OWN = "portal/materials/<uuid:public_id>/"
_CASE = "desk/materials/<uuid:public_id>/"

urlpatterns = [
    path("portal/materials/", materials_portal.material_list, name="portal"),
    path("portal/materials/new/", materials_portal.new_material, name="new"),
    path(_OWN, materials_portal.own_page, name="own"),
    path(f"{_OWN}edit/", materials_portal.edit_material, name="edit"),
    path(f"{_OWN}files/", materials_portal.upload_file, name="upload_file"),
    path(f"{_OWN}files/<uuid:part_id>/", materials_portal.own_file, name="own_file"),
    path(f"{_OWN}files/<uuid:part_id>/remove/", materials_portal.drop_file, name="drop_file"),
    path(f"{_OWN}authors/", materials_portal.new_author, name="new_author"),
    path(f"{_OWN}authors/<uuid:part_id>/remove/", materials_portal.drop_author, name="drop_author"),
    path(f"{_OWN}review/", materials_portal.internal_review, name="internal_review"),
    path(f"{_OWN}file/", materials_portal.file_it, name="file"),
    path(f"{_OWN}revise/", materials_portal.revise, name="revise"),
    path(f"{_OWN}stop/", materials_portal.stop, name="stop"),
    path("desk/materials/", materials_desk.material_list, name="list"),
    path(_CASE, materials_desk.material_page, name="material"),
    path(f"{_CASE}files/<uuid:part_id>/", materials_desk.desk_file, name="desk_file"),
    path(f"{_CASE}authors/<uuid:part_id>/", materials_desk.reveal, name="reveal"),
    path(f"{_CASE}review/", materials_desk.review, name="review"),
    path(f"{_CASE}return/", materials_desk.send_back, name="return"),
]
