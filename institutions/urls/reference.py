"""Addresses of the reference tables at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import reference_moves, reference_pages, reference_versions
from institutions.views.reference_returns import version_returned

app_name = "reference"

_VERSION = "desk/reference/versions/<uuid:public_id>/"

urlpatterns = [
    path("desk/reference/", reference_pages.table_list, name="list"),
    path(_VERSION, reference_versions.version_page, name="version"),
    path(f"{_VERSION}rows/", reference_versions.version_rows_page, name="rows"),
    path(f"{_VERSION}rows/new/", reference_versions.row_new, name="row_new"),
    path(f"{_VERSION}rows/<int:row_id>/", reference_versions.row_edit, name="row"),
    path(f"{_VERSION}rows/<int:row_id>/remove/", reference_versions.row_remove, name="row_remove"),
    path(f"{_VERSION}restore/", reference_versions.version_restore, name="restore"),
    path(f"{_VERSION}import/", reference_moves.version_import, name="import"),
    path(f"{_VERSION}returned/", version_returned, name="returned"),
    path(f"{_VERSION}move/<slug:move>/", reference_moves.version_move, name="move"),
    path("desk/reference/<slug:kind>/", reference_pages.table_page, name="table"),
    path("desk/reference/<slug:kind>/history/", reference_pages.table_history, name="history"),
    path("desk/reference/<slug:kind>/open/", reference_pages.draft_open, name="open"),
]
