"""Printed checklists, sealed key copies, and paper that comes back."""

from __future__ import annotations

from django.urls import path

from inspections.views import checklists, key_copies, returns

urlpatterns = [
    path("desk/draws/<str:number>/key-copies/new/", key_copies.new_key_copy, name="new_key_copy"),
    path(
        "desk/draws/<str:number>/key-copies/<uuid:public_id>/sheet.pdf",
        key_copies.key_sheet,
        name="key_sheet",
    ),
    path("desk/checklists/", checklists.checklists_home, name="checklists"),
    path("desk/checklists/blank/<str:category>.pdf", checklists.blank_form, name="blank_form"),
    path("desk/checklists/<str:number>/", checklists.source_papers, name="source_papers"),
    path("desk/checklists/<str:number>/print/", checklists.print_source, name="print_source"),
    path(
        "desk/checklists/<str:number>/<str:name>.pdf", checklists.source_paper, name="source_paper"
    ),
    path(
        "desk/checklists/<str:number>/<str:name>/reissue/",
        checklists.reissue_paper,
        name="reissue_paper",
    ),
    path("desk/returns/", returns.returns_home, name="returns"),
    path("desk/returns/scans/", returns.upload_scan, name="upload_scan"),
    path("desk/returns/workbooks/", returns.upload_workbook, name="upload_results"),
    path(
        "desk/returns/workbooks/<str:number>.xlsx",
        returns.workbook_template,
        name="result_template",
    ),
    path("desk/returns/tray/", returns.returns_tray, name="returns_tray"),
    path("desk/returns/files/<uuid:public_id>/", returns.file_detail, name="returned_file"),
    path(
        "desk/returns/files/<uuid:public_id>/original/",
        returns.file_original,
        name="returned_original",
    ),
    path(
        "desk/returns/pages/<uuid:public_id>/picture.jpg",
        returns.page_picture,
        name="returned_picture",
    ),
    path(
        "desk/returns/pages/<uuid:public_id>/file/",
        returns.file_returned_page,
        name="file_returned_page",
    ),
    path(
        "desk/returns/pages/<uuid:public_id>/visits/<uuid:visit_id>/",
        returns.file_page_by_visit,
        name="file_page_by_visit",
    ),
    path("desk/returns/visits/<uuid:public_id>/", returns.typed_visit, name="typed_visit"),
]
