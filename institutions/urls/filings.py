"""Addresses of course filings: the portal's, the desk's and the public ones."""

from __future__ import annotations

from django.urls import path

from institutions.views import (
    filings_case,
    filings_compare,
    filings_desk,
    filings_drafts,
    filings_mapping,
    filings_portal,
    filings_public,
    filings_rows,
)

app_name = "filings"

_UPLOAD = "portal/filings/uploads/<uuid:public_id>/"
_OWN = "portal/filings/<uuid:public_id>/"
_DRAFT = "portal/filings/drafts/<uuid:public_id>/"
_CASE = "desk/filings/<uuid:public_id>/"

urlpatterns = [
    path("portal/filings/", filings_portal.portal_filings, name="portal"),
    path("portal/filings/template.xlsx", filings_portal.template_file, name="template"),
    path("portal/filings/upload/", filings_portal.upload_form, name="upload_form"),
    path(_UPLOAD, filings_portal.upload_page, name="upload"),
    path(f"{_UPLOAD}progress/", filings_portal.upload_progress, name="upload_progress"),
    path(f"{_UPLOAD}submit/", filings_portal.submit_ready, name="submit_ready"),
    path(f"{_UPLOAD}returned.xlsx", filings_portal.returned_file, name="returned_file"),
    path(f"{_UPLOAD}rows/<int:number>/", filings_rows.row_page, name="row"),
    path(f"{_UPLOAD}rows/<int:number>/check/", filings_rows.row_check, name="row_check"),
    path(f"{_UPLOAD}rows/<int:number>/submit/", filings_rows.row_submit, name="row_submit"),
    path(_OWN, filings_rows.filing_page, name="own"),
    path(f"{_OWN}correct/", filings_rows.correct_page, name="correct"),
    path(f"{_OWN}correct/check/", filings_rows.correct_check, name="correct_check"),
    path(f"{_OWN}withdraw/", filings_rows.withdraw_page, name="withdraw"),
    path(f"{_OWN}copy/", filings_drafts.copy, name="copy"),
    path(f"{_OWN}change/", filings_drafts.change, name="change"),
    path(f"{_OWN}compare/", filings_compare.own_compare, name="own_compare"),
    path("portal/filings/columns/", filings_mapping.columns, name="columns"),
    path("portal/filings/mappings/", filings_mapping.mappings, name="mappings"),
    path("desk/filings/mappings/", filings_mapping.desk_mappings, name="desk_mappings"),
    path("desk/filings/mappings/columns/", filings_mapping.desk_columns, name="desk_columns"),
    path("portal/filings/drafts/", filings_drafts.drafts, name="drafts"),
    path("portal/filings/drafts/new/", filings_drafts.new_draft, name="draft_new"),
    path(
        "portal/filings/drafts/new/check/", filings_drafts.new_draft_check, name="draft_new_check"
    ),
    path(_DRAFT, filings_drafts.draft_page, name="draft"),
    path(f"{_DRAFT}check/", filings_drafts.draft_check, name="draft_check"),
    path(f"{_DRAFT}discard/", filings_drafts.discard, name="draft_discard"),
    path(f"{_DRAFT}restore/", filings_drafts.restore, name="draft_restore"),
    path(f"{_CASE}compare/", filings_compare.desk_compare, name="desk_compare"),
    path("desk/filings/", filings_desk.queue, name="queue"),
    path("desk/filings/approve/", filings_desk.bulk_approve, name="bulk_approve"),
    path("desk/filings/all/", filings_desk.filing_list, name="list"),
    path(_CASE, filings_case.review_page, name="review"),
    path(f"{_CASE}approve/", filings_case.approve, name="approve"),
    path(f"{_CASE}return/", filings_case.send_back, name="return"),
    path(f"{_CASE}decide/", filings_case.decide, name="decide"),
    path(f"{_CASE}appraise/", filings_case.appraise, name="appraise"),
    path(f"{_CASE}waive/", filings_case.waive, name="waive"),
    path("classes/<uuid:public_id>/", filings_public.public_class, name="public_class"),
]
