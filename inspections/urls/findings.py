"""After the visit: findings, orders, cases, results, figures, and the institution's own pages."""

from __future__ import annotations

from django.urls import path

from inspections.views import after_portal, findings, rectifications, results, statistics

_FINDING = "desk/findings/<uuid:public_id>/"
_ORDER = "desk/rectifications/<uuid:public_id>/"
_OWN = "portal/rectifications/<uuid:public_id>/"

urlpatterns = [
    path("inspections/statistics/", statistics.public_statistics, name="public_statistics"),
    path("desk/findings/", findings.finding_list, name="findings"),
    path("desk/findings/confirm/<uuid:client_id>/", findings.confirm, name="confirm_finding"),
    path("desk/findings/photos/<uuid:public_id>/", findings.photo, name="finding_photo"),
    path(_FINDING, findings.finding_page, name="finding"),
    path(f"{_FINDING}<slug:move>/", findings.move_finding, name="move_finding"),
    path("desk/cases/", findings.case_list, name="cases"),
    path("desk/cases/<uuid:public_id>/", findings.case_page, name="case"),
    path("desk/cases/<uuid:public_id>/conclude/", findings.conclude_case, name="conclude_case"),
    path("desk/rectifications/", rectifications.rectification_list, name="rectifications"),
    path(_ORDER, rectifications.rectification_page, name="rectification"),
    path(f"{_ORDER}<slug:move>/", rectifications.move_rectification, name="move_rectification"),
    path(
        f"{_ORDER}proofs/<uuid:proof_id>/<int:place>/",
        rectifications.proof_file,
        name="proof_file",
    ),
    path("desk/results/", results.result_desk, name="results"),
    path("desk/results/visits/<uuid:public_id>/publish/", results.publish, name="publish_result"),
    path(
        "desk/results/visits/<uuid:public_id>/withhold/", results.withhold, name="withhold_result"
    ),
    path("desk/results/visits/<uuid:public_id>/ask/", results.ask, name="ask_withholding"),
    path(
        "desk/results/requests/<uuid:public_id>/decline/",
        results.decline,
        name="decline_withholding",
    ),
    path("desk/results/<uuid:public_id>/correct/", results.correct, name="correct_result"),
    path("desk/results/objections/<uuid:public_id>/", results.answer, name="answer_objection"),
    path("desk/inspection-statistics/", statistics.desk_statistics, name="statistics"),
    path(
        "desk/inspection-statistics.xlsx",
        statistics.desk_statistics_file,
        name="statistics_file",
    ),
    path("portal/rectifications/", after_portal.own_list, name="own_rectifications"),
    path(_OWN, after_portal.own_page, name="own_rectification"),
    path(f"{_OWN}receive/", after_portal.receive, name="receive_rectification"),
    path(f"{_OWN}proofs/<uuid:proof_id>/<int:place>/", after_portal.own_proof, name="own_proof"),
    path("portal/results/<uuid:public_id>/object/", after_portal.object_to, name="object_result"),
    path("portal/visits/<uuid:public_id>/rate/", after_portal.rate, name="rate_visit"),
    path("portal/safety/", after_portal.safety, name="own_safety"),
    path("portal/safety/new/<slug:kind>/", after_portal.safety_new, name="own_safety_new"),
]
