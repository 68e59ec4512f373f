"""Addresses of journeys: the desk's and the portal's."""

from __future__ import annotations

from django.urls import path

from institutions.views import journeys_desk, journeys_portal

app_name = "journeys"

_JOURNEY = "desk/journeys/<uuid:public_id>/"
_PROPOSAL = f"{_JOURNEY}proposals/<uuid:proposal_id>/"
_OWN = "portal/journeys/<uuid:public_id>/"
_OF = "desk/register/<uuid:public_id>/journeys/"

urlpatterns = [
    path("desk/journeys/", journeys_desk.journey_list, name="list"),
    path("desk/journeys/new/<slug:kind>/", journeys_desk.start_new, name="start_new"),
    path(_JOURNEY, journeys_desk.journey_page, name="journey"),
    path(f"{_JOURNEY}moves/<slug:move>/", journeys_desk.journey_move, name="move"),
    path(f"{_JOURNEY}documents/<slug:kind>/", journeys_desk.journey_upload, name="upload"),
    path(f"{_JOURNEY}files/<uuid:document_id>/", journeys_desk.journey_file, name="file"),
    path(
        f"{_JOURNEY}files/<uuid:document_id>/accept/",
        journeys_desk.document_accept,
        name="document_accept",
    ),
    path(
        f"{_JOURNEY}files/<uuid:document_id>/return/",
        journeys_desk.document_return,
        name="document_return",
    ),
    path(f"{_PROPOSAL}confirm/", journeys_desk.proposal_confirm, name="confirm"),
    path(f"{_PROPOSAL}return/", journeys_desk.proposal_return, name="proposal_return"),
    path(f"{_PROPOSAL}take-back/", journeys_desk.proposal_take_back, name="take_back"),
    path(f"{_JOURNEY}clock/stop/", journeys_desk.clock_stop, name="clock_stop"),
    path(f"{_JOURNEY}clock/resume/", journeys_desk.clock_resume, name="clock_resume"),
    path(_OF, journeys_desk.start_choice, name="start_choice"),
    path(f"{_OF}<slug:kind>/", journeys_desk.start, name="start"),
    path("portal/journeys/", journeys_portal.own_list, name="own_list"),
    path("portal/journeys/new/<slug:kind>/", journeys_portal.own_start, name="own_start"),
    path(_OWN, journeys_portal.own_journey, name="own"),
    path(f"{_OWN}moves/<slug:move>/", journeys_portal.own_move, name="own_move"),
    path(f"{_OWN}documents/<slug:kind>/", journeys_portal.own_upload, name="own_upload"),
    path(f"{_OWN}files/<uuid:document_id>/", journeys_portal.own_file, name="own_file"),
]
