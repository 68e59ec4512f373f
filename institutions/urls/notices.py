"""Addresses of notices: the portal's, the desk's, and what was sent to one institution."""

from __future__ import annotations

from django.urls import path

from institutions.views import notices_desk, notices_portal

app_name = "notices"

_OF = "desk/register/<uuid:public_id>/notices/"

urlpatterns = [
    path("portal/notices/", notices_portal.notice_list, name="portal"),
    path("portal/notices/read/", notices_portal.read_every, name="portal_read_all"),
    path("portal/notices/contact/", notices_portal.contact_page, name="contact"),
    path("portal/notices/<uuid:public_id>/", notices_portal.notice_page, name="portal_notice"),
    path("desk/notices/", notices_desk.notice_list, name="desk"),
    path("desk/notices/read/", notices_desk.read_every, name="desk_read_all"),
    path("desk/notices/<uuid:public_id>/", notices_desk.notice_page, name="desk_notice"),
    path(_OF, notices_desk.sent_page, name="of_institution"),
    path(f"{_OF}contact/", notices_desk.reveal_page, name="reveal_contact"),
]
