"""Addresses of the expert group: the desk's, the secretary's, the expert's, the institution's."""

from __future__ import annotations

from django.urls import path

from institutions.views import (
    appraisals_desk,
    appraisals_expert,
    appraisals_portal,
    appraisals_secretary,
)

app_name = "appraisals"

_CASE = "desk/appraisals/<uuid:public_id>/"
_MINE = "desk/appraisals/mine/"
_OWN = "portal/appraisals/<uuid:public_id>/"

urlpatterns = [
    path("desk/appraisals/", appraisals_desk.appraisal_list, name="list"),
    path(_MINE, appraisals_expert.mine, name="mine"),
    path(f"{_MINE}<uuid:public_id>/", appraisals_expert.vote, name="vote"),
    path(f"{_MINE}<uuid:public_id>/leave/", appraisals_expert.leave, name="leave"),
    path("desk/appraisals/experts/", appraisals_secretary.experts, name="experts"),
    path(
        "desk/appraisals/experts/shown/", appraisals_secretary.experts_shown, name="experts_shown"
    ),
    path("desk/appraisals/experts/add/", appraisals_secretary.expert_add, name="expert_add"),
    path(
        "desk/appraisals/experts/<uuid:public_id>/end/",
        appraisals_secretary.expert_end,
        name="expert_end",
    ),
    path(_CASE, appraisals_desk.case, name="case"),
    path(f"{_CASE}names/", appraisals_secretary.names, name="names"),
    path(f"{_CASE}draw/", appraisals_secretary.draw, name="draw"),
    path(f"{_CASE}seat/", appraisals_secretary.seat, name="seat"),
    path(f"{_CASE}replace/", appraisals_secretary.replace, name="replace"),
    path(
        f"{_CASE}challenges/<uuid:challenge_id>/",
        appraisals_secretary.answer_challenge,
        name="answer_challenge",
    ),
    path(f"{_CASE}adopt/", appraisals_desk.adopt, name="adopt"),
    path(f"{_CASE}cancel/", appraisals_desk.cancel, name="cancel"),
    path(f"{_CASE}escalate/", appraisals_desk.escalate, name="escalate"),
    path(f"{_CASE}answer/", appraisals_desk.answer, name="answer"),
    path(_OWN, appraisals_portal.own, name="own"),
    path(f"{_OWN}challenge/", appraisals_portal.challenge, name="challenge"),
    path(f"{_OWN}dispute/", appraisals_portal.dispute, name="dispute"),
    path(f"{_OWN}accept/", appraisals_portal.accept, name="accept"),
]
