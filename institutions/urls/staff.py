"""Addresses of staff: the division's list, an institution's, a person's; the portal's own."""

from __future__ import annotations

from django.urls import path

from institutions.views import staff, staff_papers, staff_steps

app_name = "staff"

_OF = "desk/register/<uuid:public_id>/staff/"
_DESK = "desk/staff/<uuid:staff_id>/"
_PORTAL = "portal/staff/<uuid:staff_id>/"
_PAPER = "certificates/<uuid:paper_id>/"
_EXCLUSIONS = "desk/staff/exclusions/"
_EXCLUSION = f"{_EXCLUSIONS}<uuid:exclusion_id>/"

urlpatterns = [
    path("desk/staff/", staff.watch, name="watch"),
    path(_EXCLUSIONS, staff_papers.exclusions, name="exclusions"),
    path(f"{_EXCLUSIONS}new/", staff_papers.exclusion_new, name="exclusion_new"),
    path(
        f"{_EXCLUSIONS}<uuid:exclusion_id>/lift/",
        staff_papers.exclusion_lift,
        name="exclusion_lift",
    ),
    path(_OF, staff.desk_list, name="desk_list"),
    path(f"{_OF}new/", staff_steps.desk_new, name="desk_new"),
    path(_DESK, staff.desk_member, name="desk_member"),
    path(f"{_DESK}photo.jpg", staff_papers.desk_photo, name="desk_photo"),
    path(f"{_DESK}{_PAPER}number/", staff_papers.desk_number, name="desk_number"),
    path(f"{_DESK}{_PAPER}strike/", staff_papers.desk_strike, name="desk_strike"),
    path(f"{_DESK}<slug:step>/", staff_steps.desk_step, name="desk_step"),
    path("portal/staff/", staff.portal_list, name="portal_list"),
    path("portal/staff/new/", staff_steps.portal_new, name="portal_new"),
    path("portal/staff/declare/", staff_papers.portal_declare, name="portal_declare"),
    path(_PORTAL, staff.portal_member, name="portal_member"),
    path(f"{_PORTAL}photo.jpg", staff_papers.portal_photo, name="portal_photo"),
    path(f"{_PORTAL}{_PAPER}strike/", staff_papers.portal_strike, name="portal_strike"),
    path(f"{_PORTAL}<slug:step>/", staff_steps.portal_step, name="portal_step"),
    path("staff/<uuid:staff_id>/photo.jpg", staff_papers.photo, name="photo"),
]
