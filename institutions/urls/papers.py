"""Papers: at the desk, at the portal, and verification for anyone."""

from __future__ import annotations

from django.urls import path

from institutions.views import papers_desk, papers_offices, papers_portal, papers_public

app_name = "papers"

_PAPER = "desk/papers/<uuid:public_id>/"
_OWN = "portal/papers/<uuid:public_id>/"

urlpatterns = [
    path("desk/papers/", papers_desk.paper_list, name="list"),
    path("desk/papers/offices/", papers_offices.offices, name="offices"),
    path("desk/papers/offices/<slug:department>/", papers_offices.office, name="office"),
    path(_PAPER, papers_desk.paper_page, name="paper"),
    path(f"{_PAPER}paper.pdf", papers_desk.paper_file, name="file"),
    path(f"{_PAPER}scan/", papers_desk.paper_scan, name="scan"),
    path(f"{_PAPER}serve/", papers_desk.serve, name="serve"),
    path(f"{_PAPER}file-scan/", papers_desk.scan, name="file_scan"),
    path(f"{_PAPER}void/", papers_desk.void, name="void"),
    path(f"{_PAPER}receipt/", papers_desk.receipt, name="receipt"),
    path(
        "desk/register/<uuid:public_id>/papers/<uuid:licence_id>/",
        papers_desk.licence,
        name="licence",
    ),
    path("portal/papers/", papers_portal.own_papers, name="portal"),
    path(f"{_OWN}paper.pdf", papers_portal.own_file, name="own_file"),
    path(f"{_OWN}confirm/", papers_portal.confirm, name="confirm"),
    path("verify/", papers_public.verify_form, name="verify"),
    path("verify/<uuid:public_id>/", papers_public.verified, name="verified"),
]
