"""Jobs: `jobs:job` is the address to link to; it leads to the page at the person's own entrance."""

from __future__ import annotations

from django.urls import path

from regulator.jobs.views import jobs

app_name = "jobs"

DESK = {"entrance": "desk"}
PORTAL = {"entrance": "portal"}

urlpatterns = [
    path("jobs/<uuid:public_id>/", jobs.open_job, name="job"),
    path("jobs/<uuid:public_id>/progress/", jobs.job_progress, name="progress"),
    path("jobs/<uuid:public_id>/cancel/", jobs.job_cancel, name="cancel"),
    path("jobs/<uuid:public_id>/retry/", jobs.job_retry, name="retry"),
    path("jobs/<uuid:public_id>/files/<int:file_id>/", jobs.job_file, name="file"),
    path("desk/jobs/", jobs.job_list, DESK, name="list"),
    path("desk/jobs/<uuid:public_id>/", jobs.job_page, DESK, name="desk_job"),
    path("portal/jobs/", jobs.job_list, PORTAL, name="portal_list"),
    path("portal/jobs/<uuid:public_id>/", jobs.job_page, PORTAL, name="portal_job"),
]
