"""Every address of the system, room by room."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

# Rooms carry their full paths. There is no Django admin: reference tables and accounts are edited
# on desk pages, with their history.
_ROOMS = (
    "regulator.pages.urls",
    "inspections.urls",
    "fees.urls",
    "institutions.urls.register",
    "institutions.urls.exchange",
    "institutions.urls.staff",
    "institutions.urls.filings",
    "institutions.urls.materials",
    "institutions.urls.appraisals",
    "institutions.urls.waivers",
    "institutions.urls.rules",
    "institutions.urls.rechecks",
    "institutions.urls.papers",
    "institutions.urls.standards",
    "institutions.urls.reference",
    "institutions.urls.places",
    "institutions.urls.journeys",
    "institutions.urls.transfer",
    "institutions.urls.waves",
    "institutions.urls.notices",
    "regulator.jobs.urls",
    "regulator.calendars.urls",
    "regulator.accounts.urls",
)

urlpatterns = [
    path("language/", set_language, name="set_language"),
    *[path("", include(room)) for room in _ROOMS],
]
