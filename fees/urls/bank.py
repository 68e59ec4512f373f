"""Attendance, release runs, bank statements and what differs."""

from __future__ import annotations

from django.urls import path

from fees.views import attendance, bank, bank_lines, releases

urlpatterns = [
    path("desk/releases/", releases.releases, name="releases"),
    path("desk/releases/new/", releases.release_new, name="release_new"),
    path("desk/releases/<uuid:public_id>/", releases.release, name="release"),
    path("desk/bank/", bank.differences, name="differences"),
    path("desk/bank/differences/<uuid:public_id>/", bank.difference, name="difference"),
    path("desk/bank/statements/", bank.statements, name="statements"),
    path("desk/bank/statements/upload/", bank.statement_upload, name="statement_upload"),
    path("desk/bank/statements/mapping/", bank.statement_mapping, name="statement_mapping"),
    path("desk/bank/statements/<uuid:public_id>/", bank.statement, name="statement"),
    path("desk/bank/lines/<uuid:public_id>/", bank_lines.bank_line, name="bank_line"),
    path("desk/bank/lines/<uuid:public_id>/match/", bank_lines.bank_match, name="bank_match"),
    path("portal/attendance/", attendance.attendance, name="attendance"),
    path("portal/attendance/upload/", attendance.attendance_upload, name="attendance_upload"),
    path(
        "portal/attendance/template.xlsx",
        attendance.attendance_template_file,
        name="attendance_template",
    ),
    path(
        "portal/attendance/uploads/<uuid:public_id>/",
        attendance.attendance_uploaded,
        name="attendance_uploaded",
    ),
    path(
        "portal/attendance/sheets/<uuid:public_id>/",
        attendance.attendance_sheet,
        name="attendance_sheet",
    ),
    path(
        "portal/attendance/sheets/<uuid:public_id>/again/",
        attendance.attendance_again,
        name="attendance_again",
    ),
    path(
        "portal/attendance/<uuid:public_id>/",
        attendance.attendance_class,
        name="attendance_class",
    ),
    path("portal/receipts/", bank_lines.receipts, name="receipts"),
]
